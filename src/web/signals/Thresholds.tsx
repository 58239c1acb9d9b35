import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SignalsPage as Page, SignalView } from '../../insights/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { signalsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { changedThresholds } from './signalsView.ts';

/** The lines of a signal: to read, and to change for those who may. */
export function Thresholds({ signal, page }: { readonly signal: SignalView; readonly page: Page }) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const [wrong, setWrong] = useState(false);
  const save = useMutation({
    mutationFn: (values: Record<string, number | null>) =>
      send<null>('PUT', '/api/signals/thresholds', { values: { [signal.id]: values } }),
    onSuccess: () => client.invalidateQueries({ queryKey: signalsQuery(page.period).queryKey }),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = new Map(signal.thresholds.map(({ id }) => [id, String(form.get(id))]));
    const changed = changedThresholds(signal, typed);
    setWrong(changed === null);
    if (changed !== null && Object.keys(changed).length > 0) save.mutate(changed);
  }

  const unit = (threshold: SignalView['thresholds'][number]) =>
    threshold.unit === 'count' || threshold.unit === 'ratio' ? '' : t(`signals.unit.${threshold.unit}`);
  const range = ({ low, high }: SignalView['thresholds'][number]) => t('signals.range', { low, high });
  if (!page.mayChange) {
    return (
      <dl className="signals-lines">
        {signal.thresholds.map((threshold) => (
          <div key={threshold.id}>
            <dt>{say(threshold.name)}</dt>
            <dd className="figure">
              {threshold.value}
              {unit(threshold)}
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <details className="signals-change">
      <summary>{t('signals.change')}</summary>
      <form onSubmit={submit} key={signal.thresholds.map(({ value }) => value).join()}>
        {signal.thresholds.map((threshold) => (
          <label key={threshold.id} className="field">
            <span>
              {say(threshold.name)}
              {unit(threshold) === '' ? null : <span className="quiet"> · {unit(threshold).trim()}</span>}
            </span>
            <input
              name={threshold.id}
              inputMode="decimal"
              autoComplete="off"
              maxLength={12}
              defaultValue={threshold.value}
              required
            />
            <span className="quiet small">
              {t('signals.standard', { value: threshold.standard })} · {range(threshold)}
            </span>
          </label>
        ))}
        {wrong ? (
          <p className="notice notice-fault" role="alert">
            {t('signals.wrong')}
          </p>
        ) : null}
        {save.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(save.error, language) ?? t('state.broken')}
          </p>
        ) : null}
        {save.isSuccess ? (
          <p className="notice" role="status">
            {t('signals.saved')}
          </p>
        ) : null}
        <p>
          <button type="submit" className="press press-plain" disabled={save.isPending}>
            {t('state.save')}
          </button>
        </p>
      </form>
    </details>
  );
}
