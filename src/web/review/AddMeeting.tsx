import { type FormEvent, useState } from 'react';
import type { AddMeeting as Entry, ReviewPage } from '../../review/schemas.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';

interface AddMeetingProps {
  readonly page: ReviewPage;
  readonly close: () => void;
}

/** A meeting of the committee: who came, and what was said. */
export function AddMeeting({ page, close }: AddMeetingProps) {
  const { t } = useReader();
  const [day, setDay] = useState(page.today);
  const [departments, setDepartments] = useState('');
  const [notes, setNotes] = useState('');
  const act = useSave<Entry>({ path: '/api/committee-meetings', anew: ['reviews'], done: close });
  function submit(event: FormEvent) {
    event.preventDefault();
    const named = departments
      .split(/[、,，]/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
    act.mutate({ day, departments: named, notes: notes.trim() });
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <label className="field">
        <span>{t('review.day')}</span>
        <input type="date" required value={day} onChange={({ target }) => setDay(target.value)} />
      </label>
      <label className="field">
        <span>{t('review.departments')}</span>
        <input required maxLength={400} value={departments} onChange={({ target }) => setDepartments(target.value)} />
      </label>
      <label className="field">
        <span>{t('review.notes')}</span>
        <textarea rows={4} maxLength={4000} value={notes} onChange={({ target }) => setNotes(target.value)} />
      </label>
      <FormEnd act={act} word={t('review.save')} close={close} />
    </form>
  );
}
