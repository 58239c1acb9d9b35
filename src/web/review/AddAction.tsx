import { type FormEvent, useState } from 'react';
import type { CommitteeMeeting, AddAction as Entry, ReviewPage } from '../../review/schemas.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';
import { OccasionPick } from './OccasionPick.tsx';

interface AddActionProps {
  readonly meeting: CommitteeMeeting;
  readonly page: ReviewPage;
  readonly close: () => void;
}

/** What somebody will do until when. */
export function AddAction({ meeting, page, close }: AddActionProps) {
  const { t } = useReader();
  const [entry, setEntry] = useState<Entry>({
    ...{ meeting: meeting.id, occasion: null, department: meeting.departments[0] ?? '' },
    ...{ owner: '', what: '', dueOn: '' },
  });
  const act = useSave<Entry>({ path: '/api/committee-actions', anew: ['reviews'], done: close });
  const set = (change: Partial<Entry>) => setEntry((before) => ({ ...before, ...change }));
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate(entry);
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <label className="field">
        <span>{t('review.action')}</span>
        <input required maxLength={500} value={entry.what} onChange={({ target }) => set({ what: target.value })} />
      </label>
      <label className="field">
        <span>{t('review.department')}</span>
        <select value={entry.department} onChange={({ target }) => set({ department: target.value })}>
          {meeting.departments.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('review.owner')}</span>
        <input required maxLength={60} value={entry.owner} onChange={({ target }) => set({ owner: target.value })} />
      </label>
      <label className="field">
        <span>{t('review.dueOn')}</span>
        <input type="date" required value={entry.dueOn} onChange={({ target }) => set({ dueOn: target.value })} />
      </label>
      <OccasionPick page={page} value={entry.occasion} change={(occasion) => set({ occasion })} />
      <FormEnd act={act} word={t('review.save')} close={close} />
    </form>
  );
}
