import { type FormEvent, useState } from 'react';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';

interface ReasonFormProps {
  readonly path: string;
  readonly word: string;
  readonly close: () => void;
}

/** Something that needs a reason and nothing else. */
export function ReasonForm({ path, word, close }: ReasonFormProps) {
  const { t } = useReader();
  const [reason, setReason] = useState('');
  const act = useSave<{ reason: string }>({ path: path, anew: ['reviews'], done: close });
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ reason: reason.trim() });
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <label className="field">
        <span>{t('review.reason')}</span>
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <FormEnd act={act} word={word} close={close} />
    </form>
  );
}
