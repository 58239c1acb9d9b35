import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DecidePlan as Decision, Occasion, ReviewPage } from '../../review/schemas.ts';
import { dayInSentence, instantInTable } from '../format.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { since } from './reviewView.ts';

interface DecidePlanProps {
  readonly occasion: Occasion;
  readonly plan: string;
  readonly page: ReviewPage;
  readonly close: () => void;
}

/** What came of a plan's review: kept with a reason, or changed by a draft or a version. */
export function DecidePlan({ occasion, plan, page, close }: DecidePlanProps) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [outcome, setOutcome] = useState<Decision['outcome']>('kept');
  const [link, setLink] = useState('');
  const [reason, setReason] = useState('');
  const act = useSave<Decision>({ path: `/api/reviews/${occasion.id}/outcomes`, anew: ['reviews'], done: close });
  const offered = page.plans.find(({ id }) => id === plan);
  const drafts = offered?.drafts ?? [];
  const versions = since(offered?.versions ?? [], occasion.day);
  function submit(event: FormEvent) {
    event.preventDefault();
    const given = { plan, reason: reason.trim() };
    const [what, id = ''] = link.split(' ');
    if (outcome === 'kept') act.mutate({ outcome, ...given });
    else act.mutate({ outcome, ...given, ...(what === 'draft' ? { draft: id } : { version: Number(id) }) });
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <fieldset className="review-choose">
        <legend className="unseen">{t('review.decide')}</legend>
        {(['kept', 'changed'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`outcome of ${occasion.id} ${plan}`}
              checked={outcome === each}
              onChange={() => setOutcome(each)}
            />{' '}
            {t(`review.outcomes.${each}`)}
          </label>
        ))}
      </fieldset>
      {outcome === 'kept' ? null : (
        <label className="field">
          <span>{t('review.link')}</span>
          <select required value={link} onChange={(event) => setLink(event.target.value)}>
            <option value="" />
            {drafts.map(({ id, savedAt, savedBy }) => (
              <option key={id} value={`draft ${id}`}>
                {t('review.draftOf', {
                  name: savedBy,
                  at: instantInTable(savedAt, organisation.timeZone, language),
                })}
              </option>
            ))}
            {[...versions].reverse().map(({ version }) => (
              <option key={version} value={`version ${version}`}>
                {t('review.version', { version })}
              </option>
            ))}
          </select>
          {drafts.length + versions.length === 0 ? (
            <span className="quiet small">{t('review.linkNone', { day: dayInSentence(occasion.day, language) })}</span>
          ) : null}
        </label>
      )}
      <label className="field">
        <span>{t('review.reason')}</span>
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <FormEnd act={act} word={t('review.save')} close={close} />
    </form>
  );
}
