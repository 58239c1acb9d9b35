import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { CycleState } from '../../appraisal/cycle.ts';
import type { CyclePage } from '../../appraisal/schemas.ts';
import { missingText } from '../../appraisal/wording.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';

const verbs: Readonly<Record<Exclude<CycleState, 'draft'>, string>> = {
  open: 'open',
  closed: 'close',
  published: 'publish',
  final: 'finalise',
};

/** What the next step is, what it lacks, and taking it; while it is being taken, how far it has come. */
export function NextStep({ cycle, mayMove }: { readonly cycle: CyclePage; readonly mayMove: boolean }) {
  const { t, say, language } = useReader();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const field = useId();
  const { next, missing, work, period } = cycle;
  const move = useMutation({
    mutationFn: (to: Exclude<CycleState, 'draft'>) => send('POST', `/api/cycles/${period}/${verbs[to]}`, { reason }),
    onSettled: () => client.invalidateQueries(),
    onSuccess: () => setReason(''),
  });
  if (work && work.failure === null) return <Working work={work} />;
  if (next === null || next === 'draft') return null;
  const blocked = missing.some(({ weight }) => weight === 'blocks');
  const needsReason = missing.length > 0 && !blocked;
  return (
    <section className="cycle-next">
      <h2>{t('cycles.missing')}</h2>
      {work?.failure ? (
        <p className="notice notice-fault" role="alert">
          {t('cycles.failed')} {say(work.failure)}
        </p>
      ) : null}
      {missing.length === 0 ? (
        <p>{t('cycles.complete')}</p>
      ) : (
        <ul className="cycle-missing">
          {missing.map((each) => (
            <li key={each.kind}>
              <span className={each.weight}>{t(`cycles.${each.weight}`)}</span>
              <span>{say(missingText(each))}</span>
            </li>
          ))}
        </ul>
      )}
      {mayMove ? null : <p className="quiet">{t('cycles.whoMay')}</p>}
      {mayMove && !blocked ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            move.mutate(next);
          }}
        >
          <p className="quiet">{t(`cycles.goText.${next}`)}</p>
          {needsReason ? (
            <label className="field" htmlFor={field}>
              <span>{t('cycles.reason')}</span>
              <textarea
                id={field}
                rows={2}
                maxLength={2000}
                value={reason}
                placeholder={t('cycles.reasonHint')}
                onChange={(event) => setReason(event.target.value)}
              />
            </label>
          ) : null}
          <p>
            <button type="submit" className="press" disabled={move.isPending || (needsReason && reason.trim() === '')}>
              {t(`cycles.go.${next}`)}
            </button>
          </p>
        </form>
      ) : null}
      {move.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(move.error, language) ?? t('state.broken')}
        </p>
      ) : null}
    </section>
  );
}

function Working({ work }: { readonly work: NonNullable<CyclePage['work']> }) {
  const { t } = useReader();
  return (
    <section className="cycle-next cycle-work" aria-live="polite">
      <h2>{t(`cycles.working.${work.verb}`, { by: work.by })}</h2>
      <p>
        {t(`cycles.stage.${work.stage}`)}
        {work.total > 0 ? ` · ${t('cycles.progress', { done: work.done, total: work.total })}` : ''}
      </p>
      <progress {...(work.total > 0 ? { value: work.done, max: work.total } : {})} />
    </section>
  );
}
