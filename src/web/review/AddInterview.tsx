import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type AddInterview as Entry, interviewees, type ReviewPage } from '../../review/schemas.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { OccasionPick } from './OccasionPick.tsx';

interface FormProps {
  readonly page: ReviewPage;
  readonly close: () => void;
}

/** What somebody said, of a person by name, of a customer without one. */
export function AddInterview({ page, close }: FormProps) {
  const { t } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [entry, setEntry] = useState<Entry>({ occasion: null, whom: 'person', who: '', day: page.today, summary: '' });
  const act = useSave<Entry>({ path: '/api/review-interviews', anew: ['reviews'], done: close });
  const set = (change: Partial<Entry>) => setEntry((before) => ({ ...before, ...change }));
  const { occasion, whom, who, day, summary } = entry;
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate(entry);
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <fieldset className="review-choose">
        <legend className="quiet">{t('review.whom')}</legend>
        {interviewees.map((each) => (
          <label key={each}>
            <input type="radio" name="whom" checked={whom === each} onChange={() => set({ whom: each, who: '' })} />{' '}
            {t(`review.interviewees.${each}`)}
          </label>
        ))}
      </fieldset>
      {whom === 'person' ? (
        <label className="field">
          <span>{t('review.agent')}</span>
          <select required value={who} onChange={({ target }) => set({ who: target.value })}>
            <option value="" />
            {organisation.agents.map(({ agentId, name, team }) => (
              <option key={agentId} value={agentId}>
                {`${name} · ${team}`}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <label className="field">
          <span>{t('review.customer')}</span>
          <input required maxLength={100} value={who} onChange={({ target }) => set({ who: target.value })} />
        </label>
      )}
      <label className="field">
        <span>{t('review.day')}</span>
        <input
          type="date"
          required
          max={page.today}
          value={day}
          onChange={({ target }) => set({ day: target.value })}
        />
      </label>
      <label className="field">
        <span>{t('review.summary')}</span>
        <textarea
          required
          rows={4}
          maxLength={4000}
          value={summary}
          onChange={({ target }) => set({ summary: target.value })}
        />
      </label>
      <OccasionPick page={page} value={occasion} change={(next) => set({ occasion: next })} />
      <FormEnd act={act} word={t('review.save')} close={close} />
    </form>
  );
}
