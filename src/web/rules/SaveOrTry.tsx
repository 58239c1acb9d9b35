import type { UseMutationResult } from '@tanstack/react-query';
import { ApiError } from '../api.ts';
import { useReader } from '../text/language.ts';
import { Refusals } from './Refusals.tsx';
import type { useTrial } from './useTrial.ts';

const tooMuch = ['rule.matchesTooMuch', 'wordList.matchesTooMuch'];

interface Props {
  /** Called with true to save in spite of how much it hits. */
  readonly save: UseMutationResult<unknown, Error, boolean>;
  readonly trial: ReturnType<typeof useTrial>;
  /** Whether there is enough to save, or to try. */
  readonly isReady?: boolean;
  readonly saved: string;
}

/** Saves or tries a rule or a word list; what hits too much is saved by a second press alone. */
export function SaveOrTry({ save, trial, isReady = true, saved }: Props) {
  const { t } = useReader();
  const refused = save.error instanceof ApiError && tooMuch.includes(save.error.code);
  return (
    <>
      <p className="row">
        <button
          type="button"
          className="press"
          disabled={save.isPending || !isReady}
          onClick={() => save.mutate(false)}
        >
          {t('rules.page.save')}
        </button>
        <button
          type="button"
          className="press press-plain"
          disabled={trial.isRunning || !isReady}
          onClick={trial.begin}
        >
          {trial.isRunning ? t('rules.page.trying') : t('rules.page.try')}
        </button>
        {refused ? (
          <button type="button" className="press press-plain" onClick={() => save.mutate(true)}>
            {t('rules.page.evenSo')}
          </button>
        ) : null}
      </p>
      {[save.error, trial.error].map((error) => (error ? <Refusals key={error.message} error={error} /> : null))}
      {save.isSuccess ? (
        <p className="notice" role="status">
          {saved}
        </p>
      ) : null}
    </>
  );
}
