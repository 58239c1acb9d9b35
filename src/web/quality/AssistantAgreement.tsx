import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AssistantPage, Measured } from '../../quality/assistant/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';
import { fixed, ranged } from './ranged.ts';

const atOnce = 10;

/** How far the model agrees with people, rubric by rubric, and what follows from it. */
export function AssistantAgreement({ page }: { readonly page: AssistantPage }) {
  const { t, say, language } = useReader();
  const client = useQueryClient();
  const { rubrics, settings, mayChange } = page;
  const measure = useMutation({
    mutationFn: (rubric: string) => send<Measured>('POST', '/api/assistant/measure', { rubric, count: atOnce }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <section className="section">
      <h2>{t('quality.assistant.agreement')}</h2>
      <p className="quiet reading">{t('quality.assistant.agreementText')}</p>
      <ul className="queue sample-list">
        {rubrics.map(({ id, name, unasked, agreement: { shared, alpha, kappa, difference, verdict } }) => (
          <li key={id}>
            <p className="row spread">
              <b>{say(name)}</b>
              <span className={verdict === 'earned' ? 'queue-go' : 'quiet'}>
                {t(`quality.assistant.verdict.${verdict}`, { threshold: settings.threshold })}
              </span>
            </p>
            <dl className="agreement">
              <Figure
                name={t('quality.assistant.shared')}
                value={t('quality.assistant.sharedOf', { shared, least: settings.sharedMin })}
              />
              <Figure name={t('quality.assistant.alpha')} value={ranged(alpha, 3)} />
              <Figure name={t('quality.assistant.kappa')} value={ranged(kappa, 3)} />
              <Figure
                name={t('quality.assistant.difference')}
                value={difference === null ? '—' : t('quality.assistant.points', { points: fixed(difference, 2) })}
              />
            </dl>
            {mayChange && settings.on && unasked > 0 ? (
              <p className="row">
                <button
                  type="button"
                  className="press press-plain"
                  disabled={measure.isPending}
                  onClick={() => measure.mutate(id)}
                >
                  {measure.isPending && measure.variables === id
                    ? t('quality.assistant.measuring')
                    : t('quality.assistant.measure', { count: Math.min(atOnce, unasked) })}
                </button>
                <span className="quiet small">{t('quality.assistant.unasked', { count: unasked })}</span>
              </p>
            ) : null}
            {measure.variables === id && measure.data ? (
              <p role="status">
                {t('quality.assistant.measured', { asked: measure.data.asked })}{' '}
                {measure.data.stopped ? say(measure.data.stopped) : ''}
              </p>
            ) : null}
            {measure.variables === id && measure.error ? (
              <p className="notice notice-fault" role="alert">
                {errorSentence(measure.error, language) ?? t('state.broken')}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}
