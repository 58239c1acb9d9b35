import { type FormEvent, useState } from 'react';
import { type AddOccasion as Entry, occasionKinds, type ReviewPage } from '../../review/schemas.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';

interface FormProps {
  readonly page: ReviewPage;
  readonly close: () => void;
}

/** An occasion on the calendar, and the plans that are due from its day on. */
export function AddOccasion({ page, close }: FormProps) {
  const { t, say } = useReader();
  const [entry, setEntry] = useState<Entry>({ kind: 'product', title: '', day: '', note: '', plans: [] });
  const act = useSave<Entry>({ path: '/api/reviews', anew: ['reviews'], done: close });
  const set = (change: Partial<Entry>) => setEntry((before) => ({ ...before, ...change }));
  const { kind, title, day, note, plans } = entry;
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate(entry);
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <label className="field">
        <span>{t('review.occasionKind')}</span>
        <select value={kind} onChange={({ target }) => set({ kind: target.value as Entry['kind'] })}>
          {occasionKinds.map((each) => (
            <option key={each} value={each}>
              {t(`review.kinds.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('review.occasionTitle')}</span>
        <input required maxLength={100} value={title} onChange={({ target }) => set({ title: target.value })} />
      </label>
      <label className="field">
        <span>{t('review.day')}</span>
        <input type="date" required value={day} onChange={({ target }) => set({ day: target.value })} />
      </label>
      <fieldset className="review-choose review-many">
        <legend className="quiet">{t('review.plans')}</legend>
        {page.plans.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={plans.includes(id)}
              onChange={({ target }) =>
                set({ plans: target.checked ? [...plans, id] : plans.filter((each) => each !== id) })
              }
            />{' '}
            {say(name)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{t('review.note')}</span>
        <textarea rows={3} maxLength={1000} value={note} onChange={({ target }) => set({ note: target.value })} />
      </label>
      <FormEnd act={act} word={t('review.save')} close={close} />
    </form>
  );
}
