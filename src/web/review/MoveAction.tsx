import { type FormEvent, useState } from 'react';
import type { Action, ActionMove, MoveAction as Move } from '../../review/schemas.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { useReader } from '../text/language.ts';

interface MoveActionProps {
  readonly action: Action;
  readonly move: ActionMove;
  readonly close: () => void;
}

/** A move of an action with its reason, and another day where it is put off. */
export function MoveAction({ action, move, close }: MoveActionProps) {
  const { t } = useReader();
  const [reason, setReason] = useState('');
  const [dueOn, setDueOn] = useState(action.dueOn);
  const act = useSave<Move>({ path: `/api/committee-actions/${action.id}/moves`, anew: ['reviews'], done: close });
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ move, reason: reason.trim(), ...(move === 'moved' ? { dueOn } : {}) });
  }
  return (
    <form className="review-form" onSubmit={submit}>
      {move === 'moved' ? (
        <label className="field">
          <span>{t('review.dueOn')}</span>
          <input type="date" required value={dueOn} onChange={({ target }) => setDueOn(target.value)} />
        </label>
      ) : null}
      <label className="field">
        <span>{t('review.reason')}</span>
        <input required maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      <FormEnd act={act} word={t(`review.moves.${move}`)} close={close} />
    </form>
  );
}
