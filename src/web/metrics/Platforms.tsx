import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { useReader } from '../text/language.ts';
import { sourceWords } from './metricsView.ts';

/** How platforms count the same thing: the request that comes nearest, and what of theirs it cannot say. */
export function Platforms({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t, say, language } = useReader();
  if (metric.platforms.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('define.platforms')}</h2>
      <dl className="metrics-words">
        {metric.platforms.map(({ preset, name, request, why, source, lacks }) => (
          <div key={preset} style={{ display: 'contents' }}>
            <dt>{say(name)}</dt>
            <dd>
              {say(why)} <code>{request}</code>
              {lacks.map((lack) => (
                <p key={lack.en} className="quiet small">
                  {t('define.lacks', { what: say(lack) })}
                </p>
              ))}
              <p className="quiet small">{t('define.source', { source: sourceWords(source, language) })}</p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
