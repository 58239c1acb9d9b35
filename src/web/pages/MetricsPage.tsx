import '../metrics/metrics.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { periodName } from '../format.ts';
import { inForceWords, optionWords } from '../metrics/definitionWords.ts';
import { searchMetrics, sourceWords } from '../metrics/metricsView.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { definitionsQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** The whole catalogue, readable and searchable, and the organisation's own metrics. */
export function MetricsPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const query = useQuery(definitionsQuery);
  const [text, setText] = useState('');
  return (
    <>
      <PageHead title={t('metrics.title')}>
        <span className="row">
          <Link to="/metrics/history">{t('metrics.history')}</Link>
          {me.permissions.includes('metric.try') ? (
            <Link to="/metrics/compose" className="press">
              {t('metrics.compose')}
            </Link>
          ) : null}
        </span>
      </PageHead>
      <p className="quiet metrics-lead">{t('metrics.lead')}</p>
      <Answer query={query}>
        {(definitions) => <Found metrics={[...definitions.values()]} text={text} setText={setText} />}
      </Answer>
    </>
  );
}

function Found({
  metrics,
  text,
  setText,
}: {
  readonly metrics: readonly MetricDefinitionView[];
  readonly text: string;
  readonly setText: (text: string) => void;
}) {
  const { t, language, say } = useReader();
  const navigate = useNavigate();
  const found = searchMetrics(metrics, text);
  const search = (
    <>
      <Input
        className="metrics-search"
        allowClear
        aria-label={t('metrics.search')}
        placeholder={t('metrics.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span className="quiet" role="status">
        {t('metrics.found', { count: found.length })}
      </span>
    </>
  );
  if (found.length === 0)
    return (
      <>
        <div className="row">{search}</div>
        <Empty title={t('metrics.none')} text={t('metrics.noneText')} />
      </>
    );
  const wrapped = (words: string) => <span className="metrics-wrapped">{words}</span>;
  const column = (
    id: string,
    title: string,
    width: number,
    words: (metric: MetricDefinitionView) => string,
    shown: 'first' | 'later' = 'first',
  ): TableColumn<MetricDefinitionView> => ({
    ...{ id, title, width, shown, cell: (metric) => wrapped(words(metric)), sort: words },
  });
  const columns: TableColumn<MetricDefinitionView>[] = [
    {
      ...{ id: 'name', title: t('metrics.name'), width: 230, shown: 'always', sort: (metric) => say(metric.name) },
      cell: (metric) => <Name metric={metric} />,
    },
    column('definition', t('metrics.definition'), 340, (metric) => say(metric.definition)),
    column('unit', t('metrics.unit'), 70, (metric) => t(`metrics.units.${metric.unit}`)),
    column('better', t('metrics.better'), 100, (metric) => t(`define.better.${metric.better}`)),
    column('numerator', t('define.numerator'), 220, (metric) => say(metric.numerator), 'later'),
    column('denominator', t('define.denominator'), 200, (metric) => say(metric.denominator), 'later'),
    column('attribution', t('define.attribution'), 170, (metric) => say(metric.attribution)),
    column('period', t('define.period'), 150, (metric) => say(metric.periodRule)),
    column('exclusion', t('define.exclusion'), 260, (metric) => say(metric.exclusion), 'later'),
    {
      ...{ id: 'minimum', title: t('define.minimum'), width: 80, end: true, cell: ({ minN }) => minN },
      sort: ({ minN }) => minN,
    },
    column('options', t('metrics.options'), 220, (metric) => optionWords(metric, language), 'later'),
    column('source', t('metrics.source'), 170, (metric) => sourceWords(metric.source, language)),
  ];
  return (
    <Table
      name="metrics"
      caption={t('metrics.title')}
      rows={found}
      columns={columns}
      rowKey={(metric) => metric.id}
      open={(metric) => navigate({ to: '/metrics/$metricId', params: { metricId: metric.id } })}
      tools={search}
      narrow={(metric) => (
        <div className="stack">
          <Name metric={metric} />
          <span>{say(metric.definition)}</span>
          <span className="quiet small">{sourceWords(metric.source, language)}</span>
        </div>
      )}
    />
  );
}

function Name({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t, say, language } = useReader();
  return (
    <span className="metrics-wrapped">
      <Link to="/metrics/$metricId" params={{ metricId: metric.id }}>
        <b>{say(metric.name)}</b>
      </Link>{' '}
      {metric.origin === 'own' ? <span className="metrics-mark">{t('metrics.own')}</span> : null}
      {metric.retiredFrom === null ? null : (
        <span className="metrics-mark">
          {t('metrics.retire.mark', { month: periodName(metric.retiredFrom, language) })}
        </span>
      )}
      {metric.origin === 'catalogue' && metric.inForce.versions > 0 ? (
        <span className="metrics-mark" title={inForceWords(metric, language)}>
          {t('metrics.changed')}
        </span>
      ) : null}
      <br />
      <code className="quiet">{metric.id}</code>
    </span>
  );
}
