import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  type DevelopmentView,
  developmentResults,
  type EndInput,
  type NoteInput,
} from '../../outcomes/developmentSchemas.ts';
import { send } from '../api.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useReader } from '../text/language.ts';

interface FormProps {
  readonly plan: DevelopmentView;
  readonly close: () => void;
}

function useSend<Input>(path: string, close: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => send('POST', path, input),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['outcomes'] });
      close();
    },
  });
}

/** A talk, with the goals that were reached by then, and perhaps a later last day. */
export function NoteForm({ plan, close }: FormProps) {
  const { t, say } = useReader();
  const [day, setDay] = useState('');
  const [note, setNote] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const [reached, setReached] = useState<readonly string[]>([]);
  const act = useSend<NoteInput>(`/api/development-plans/${plan.id}/notes`, close);
  const left = plan.goals.filter((goal) => !goal.reached);
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ day, note: note.trim(), reached: [...reached], ...(endsOn === '' ? {} : { endsOn }) });
  }
  return (
    <form className="outcome-form" onSubmit={submit}>
      <label className="field">
        <span>{t('outcomes.improvement.day')}</span>
        <input type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('outcomes.improvement.note')}</span>
        <input required maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {left.length === 0 ? null : (
        <fieldset className="development-reach">
          <legend className="quiet">{t('outcomes.improvement.reachedNow')}</legend>
          {left.map(({ item, name }) => (
            <label key={item}>
              <input
                type="checkbox"
                checked={reached.includes(item)}
                onChange={(event) =>
                  setReached(event.target.checked ? [...reached, item] : reached.filter((each) => each !== item))
                }
              />{' '}
              {say(name)}
            </label>
          ))}
        </fieldset>
      )}
      <label className="field">
        <span>{t('outcomes.improvement.extend')}</span>
        <input type="date" value={endsOn} onChange={(event) => setEndsOn(event.target.value)} />
      </label>
      <FormEnd act={act} word={t('outcomes.improvement.keepNote')} close={close} />
    </form>
  );
}

/** How it ends: a person's decision with its reason. */
export function EndForm({ plan, close }: FormProps) {
  const { t } = useReader();
  const [result, setResult] = useState<EndInput['result'] | null>(null);
  const [reason, setReason] = useState('');
  const act = useSend<EndInput>(`/api/development-plans/${plan.id}/end`, close);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (result !== null) act.mutate({ result, reason: reason.trim() });
  }
  return (
    <form className="outcome-form" onSubmit={submit}>
      <fieldset className="development-reach">
        <legend className="quiet">{t('outcomes.improvement.endTitle')}</legend>
        {developmentResults.map((each) => (
          <label key={each}>
            <input type="radio" name="result" required checked={result === each} onChange={() => setResult(each)} />{' '}
            {t(`outcomes.improvement.results.${each}`)}
          </label>
        ))}
      </fieldset>
      <p className="quiet small">{t('outcomes.improvement.endHint')}</p>
      <label className="field">
        <span>{t('outcomes.improvement.endReason')}</span>
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <FormEnd act={act} word={t('outcomes.improvement.end')} close={close} />
    </form>
  );
}
