import '../metrics/metrics.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { ChangeDefinition, EditOwn } from '../metrics/ChangeDefinition.tsx';
import { inForceWords, optionWords } from '../metrics/definitionWords.ts';
import { Figures } from '../metrics/Figures.tsx';
import { Log } from '../metrics/Log.tsx';
import { sourceWords } from '../metrics/metricsView.ts';
import { Platforms } from '../metrics/Platforms.tsx';
import { RetireOwn } from '../metrics/RetireOwn.tsx';
import { Answer } from '../parts/Answer.tsx';
import { NotFound } from '../parts/NotFound.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const route = getRouteApi('/app/metrics/$metricId');

/** One metric: what it means, its figures, how its definition changed, and another definition to try. */
export function MetricPage() {
  const { t } = useReader();
  const { metricId } = route.useParams();
  const query = useQuery(definitionsQuery);
  return (
    <>
      <p className="page-back">
        <Link to="/metrics">← {t('metrics.title')}</Link>
      </p>
      <Answer query={query}>
        {(definitions) => {
          const metric = definitions.get(metricId);
          return metric ? <Readable key={metricId} metric={metric} /> : <NotFound />;
        }}
      </Answer>
    </>
  );
}

function Readable({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t, say, language } = useReader();
  const { me } = app.useRouteContext();
  const may = (permission: (typeof me.permissions)[number]) => me.permissions.includes(permission);
  const lines = [
    [t('metrics.id'), metric.id],
    [t('metrics.unit'), t(`metrics.units.${metric.unit}`)],
    [t('metrics.better'), t(`define.better.${metric.better}`)],
    [t('define.numerator'), say(metric.numerator)],
    [t('define.denominator'), say(metric.denominator)],
    [t('define.attribution'), say(metric.attribution)],
    [t('define.period'), say(metric.periodRule)],
    [t('define.exclusion'), say(metric.exclusion)],
    [t('define.minimum'), String(metric.minN)],
    [t('metrics.options'), optionWords(metric, language)],
    [t('metrics.inForce'), inForceWords(metric, language) || t('metrics.shipped')],
    [t('metrics.source'), sourceWords(metric.source, language)],
  ].filter(([, text]) => text !== '');
  return (
    <article>
      <PageHead title={say(metric.name)} />
      <p className="reading">{say(metric.definition)}</p>
      <div className="metrics-body">
        <div>
          <section className="section">
            <h2>{t('metrics.definition')}</h2>
            <dl className="metrics-words">
              {lines.map(([word, text]) => (
                <div key={word} style={{ display: 'contents' }}>
                  <dt>{word}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
          <Platforms metric={metric} />
        </div>
        <div className="metrics-figures">
          <Figures metric={metric} />
        </div>
        <div>
          {may('metric.try') && metric.origin === 'catalogue' ? (
            <ChangeDefinition
              key={JSON.stringify(metric.inForce)}
              metric={metric}
              may={may('metric.write') && me.scope.kind === 'all'}
            />
          ) : null}
          {may('metric.try') && metric.origin === 'own' && metric.retiredFrom === null ? (
            <EditOwn metric={metric} />
          ) : null}
          {may('metric.write') && me.scope.kind === 'all' && metric.origin === 'own' ? (
            <RetireOwn key={metric.retiredFrom} metric={metric} />
          ) : null}
          <section className="section">
            <h2>{t('metrics.log.title')}</h2>
            <Log metric={metric.id} />
          </section>
        </div>
      </div>
    </article>
  );
}
