import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { chosenWords } from '../../metrics/metricOptions.ts';
import type { Dimension } from '../../metrics/metricValue.ts';
import type { MetricDefinitionView, MetricsAnswer } from '../../metrics/schemas.ts';
import { absent, periodName, separated, withUnit } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { offeredPeriods } from '../parts/offeredPeriods.ts';
import { definitionsQuery, figuresQuery, organisationQuery } from '../queries.ts';
import { MeasuredBy } from '../rules/MeasuredBy.tsx';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { CountingPickers } from './CountingPickers.tsx';
import { Field } from './Field.tsx';
import {
  type CountedAs,
  countedAs,
  optionsThatCount,
  requestAs,
  type SplitRow,
  splitIn,
  splitRows,
  splitsOf,
} from './figuresView.ts';
import { useKeyName } from './useKeyName.ts';

const route = getRouteApi('/app/metrics/$metricId');

type Row = MetricsAnswer['rows'][number];

/** A metric's figures of one period, split and counted as the address says. */
export function Figures({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const period = asked.period ?? organisation.defaultPeriod;
  if (period === null) return <NoDataYet />;
  const by = splitIn(metric, asked.by);
  const as = countedAs(metric, asked.as);
  const change = (search: Partial<Record<'period' | 'by' | 'as', string | undefined>>) =>
    navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  return (
    <section className="section">
      <h2>{t('metrics.figures')}</h2>
      <div className="metrics-fields">
        <div className="metrics-options">
          <Field label={t('pick.period')}>
            <Select
              aria-label={t('pick.period')}
              value={period}
              onChange={(next) => change({ period: next })}
              options={offeredPeriods(organisation.periods, period).map((value) => ({
                ...{ value, label: periodName(value, language) },
              }))}
            />
          </Field>
          {splitsOf(metric).length > 0 ? (
            <Field label={t('metrics.split.title')}>
              <Select
                aria-label={t('metrics.split.title')}
                value={by ?? 'none'}
                onChange={(next) => change({ by: next })}
                options={(['none', ...splitsOf(metric)] as const).map((value) => ({
                  ...{ value, label: t(`metrics.split.${value}`) },
                }))}
              />
            </Field>
          ) : null}
        </div>
        <CountingPickers metric={metric} as={as} change={(next) => change({ as: next })} />
        <Caption metric={metric} as={as} period={period} />
      </div>
      <Ready metric={metric} as={as} period={period} by={null} />
      <MeasuredBy metric={metric.id} period={period} />
      {by === null ? null : <Ready metric={metric} as={as} period={period} by={by} />}
    </section>
  );
}

interface Counted {
  readonly metric: MetricDefinitionView;
  readonly as: CountedAs;
  readonly period: string;
}

/** Which options count, whose they are, and what a platform counts otherwise still. */
function Caption({ metric, as, period }: Counted) {
  const { t, say } = useReader();
  const words = chosenWords(
    Object.fromEntries(metric.options.map((option) => [option.id, option])),
    optionsThatCount(metric, as),
  );
  const how = {
    inForce: () => t('metrics.as.inForceText'),
    platform: (name: string) => t('metrics.as.platformText', { name }),
    own: () => t('metrics.as.ownText'),
  };
  return (
    <div className="quiet small metrics-caption">
      <p>
        {as.kind === 'platform' ? how.platform(say(as.platform.name)) : how[as.kind]()} {say(words)}
      </p>
      {as.kind === 'platform' ? (
        <>
          <p>{say(as.platform.why)}</p>
          {as.platform.lacks.map((lack) => (
            <p key={lack.en}>{t('define.lacks', { what: say(lack) })}</p>
          ))}
          <OthersOf metric={metric.id} preset={as.platform.preset} period={period} />
        </>
      ) : null}
    </div>
  );
}

/** The platform's other metrics, with the same choice: its set goes with the reader. */
function OthersOf({ metric, preset, period }: { metric: string; preset: string; period: string }) {
  const { t, say } = useReader();
  const { data } = useQuery(definitionsQuery);
  const others = [...(data?.values() ?? [])].filter(
    ({ id, platforms }) => id !== metric && platforms.some((platform) => platform.preset === preset),
  );
  if (others.length === 0) return null;
  return (
    <p>
      {t('metrics.as.others')}
      {others.map(({ id, name }, place) => (
        <span key={id}>
          {place > 0 ? t('mark.comma') : ''}
          <Link to="/metrics/$metricId" params={{ metricId: id }} search={{ period, as: preset }}>
            {say(name)}
          </Link>
        </span>
      ))}
    </p>
  );
}

function Ready({ metric, as, period, by }: Counted & { readonly by: Dimension | null }) {
  const request = requestAs(metric, as);
  const query = useQuery(figuresQuery(metric.id, request, period, by));
  return (
    <Answer query={query}>
      {(answer) => {
        const rows = splitRows(answer, by, metric.id, request);
        if (by === null) return <Whole row={rows[0]} unit={metric.unit} />;
        return rows.length === 0 ? null : <Split metric={metric} by={by} rows={rows} isOther={request !== null} />;
      }}
    </Answer>
  );
}

interface SplitProps {
  readonly metric: MetricDefinitionView;
  readonly by: Dimension;
  readonly rows: readonly SplitRow[];
  readonly isOther: boolean;
}

function Split({ metric, by, rows, isOther }: SplitProps) {
  const { t, say, language } = useReader();
  const nameOf = useKeyName(by);
  const shown = (row: Row | null) => withUnit(row?.value ?? null, metric.unit, language);
  const number = (row: Row | null) => (row?.value == null ? null : Number(row.value));
  const few = ({ status }: Row) =>
    status === 'lowSample' ? <span className="quiet small"> {t('metrics.few')}</span> : null;
  const title = t(`metrics.split.${by}`);
  const columns: TableColumn<SplitRow>[] = [
    {
      ...{ id: 'key', title, width: 140, shown: 'always' },
      ...{ cell: ({ key }) => nameOf(key), sort: ({ key }) => key },
    },
    {
      ...{
        id: 'value',
        title: t(isOther ? 'metrics.as.counted' : 'metrics.value'),
        width: 110,
        end: true,
        shown: 'always',
      },
      ...{ cell: ({ asked }) => shown(asked), sort: ({ asked }) => number(asked) },
    },
    ...(isOther
      ? [
          {
            ...{ id: 'inForce', title: t('metrics.inForce'), width: 100, end: true, shown: 'always' as const },
            ...{ cell: (row: SplitRow) => shown(row.inForce), sort: (row: SplitRow) => number(row.inForce) },
          },
        ]
      : []),
    {
      ...{ id: 'n', title: t('metrics.n'), width: 110, end: true, sort: ({ asked }) => asked.n },
      cell: ({ asked }) => (
        <>
          {separated(String(asked.n))}
          {few(asked)}
        </>
      ),
    },
  ];
  return (
    <Table
      key={by}
      name="figures"
      caption={`${say(metric.name)} · ${title}`}
      rows={rows}
      rowKey={({ key }) => key}
      columns={columns}
      narrow={({ key, asked, inForce }) => (
        <div className="row spread">
          <span>{nameOf(key)}</span>
          <span>
            <b className="figure">{shown(asked)}</b>{' '}
            <span className="quiet small">
              {isOther ? `${t('metrics.inForce')} ${shown(inForce)} · ` : ''}
              {t('metrics.n')} {separated(String(asked.n))}
              {few(asked)}
            </span>
          </span>
        </div>
      )}
    />
  );
}

function Whole({ row, unit }: { readonly row: SplitRow | undefined; readonly unit: MetricDefinitionView['unit'] }) {
  const { t, language } = useReader();
  if (!row) return <p className="quiet">{t('metrics.noFigures')}</p>;
  const { asked, inForce } = row;
  return (
    <p className="reading">
      {t('metrics.whole')} <b className="figure">{withUnit(asked.value, unit, language)}</b>{' '}
      <span className="quiet small">
        {t('metrics.n')} {asked.value === null ? absent : separated(String(asked.n))}
        {asked.status === 'lowSample' ? ` · ${t('metrics.few')}` : ''}
        {inForce ? ` · ${t('metrics.inForce')} ${withUnit(inForce.value, unit, language)}` : ''}
      </span>
    </p>
  );
}
