import { Decimal } from 'decimal.js';
import type { ClickHouse } from '../platform/clickhouse.ts';
import { catalogue, type MetricRequest, readMetricRequest } from './catalogue.ts';
import { type CompiledQuery, compileMetrics, type Filter } from './compileMetrics.ts';
import type { MetricDefinition } from './metricDefinition.ts';
import type { Dimension, Key, MetricRow, MetricValue } from './metricValue.ts';
import type { Period } from './period.ts';

export interface MetricQuestion {
  readonly period: Period;
  /** Empty: one figure for all. */
  readonly by: readonly Dimension[];
  /** `id` or `id:option=value`; left out: the whole catalogue. */
  readonly metrics?: readonly string[];
  readonly filter?: Filter;
  readonly timeZone: string;
  readonly now: number;
}

/** Numbers of this many digits are exact for every sum of integers that a store can hold. */
const Exact = Decimal.clone({ precision: 40 });
const quotientDigits = 34;

/**
 * The figures asked for: a row for every key met (by agent alone: for everybody employed in the period) and every metric, noData where
 * there is nothing to divide. A metric that cannot be split as asked (nps by agent) answers noData.
 */
export async function queryMetrics(clickhouse: ClickHouse, question: MetricQuestion): Promise<MetricRow[]> {
  const requests = (question.metrics ?? catalogue.map((metric) => metric.id)).map(readMetricRequest);
  const { by, filter = {} } = question;
  const answerable = requests.filter((request) => canSplit(request.metric, by, filter));
  const queries = compileMetrics(answerable, { by, filter });
  const params = questionParams(question);
  const [answers, roster] = await Promise.all([
    Promise.all(queries.map((query) => clickhouse.all.query<Record<string, string>>(query.sql, { params }))),
    by.length === 1 && by[0] === 'agent' ? agentsEmployed(clickhouse, question) : Promise.resolve([]),
  ]);

  const keys = new Map<string, Key>();
  const found = new Map<string, MetricValue>();
  for (const agent of roster) keys.set(keyText([agent]), { agent });
  queries.forEach((query, i) => {
    for (const row of answers[i] ?? []) collect(query, row, by, keys, found);
  });
  if (by.length === 0) keys.set(keyText([]), {});
  const order = [...keys.keys()].sort();
  return order.flatMap((id) =>
    requests.map((request) => ({
      key: keys.get(id) ?? {},
      metric: request.text,
      ...(found.get(`${id}\n${request.text}`) ?? noData),
    })),
  );
}

const noData: MetricValue = { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };

/** Query parameters that every query about metrics takes. */
export function questionParams(
  question: Pick<MetricQuestion, 'period' | 'timeZone' | 'now' | 'filter'>,
): Record<string, unknown> {
  const filters = Object.entries(question.filter ?? {}).map(([name, values]) => [`f_${name}`, values]);
  return {
    from: String(question.period.fromMs),
    to: String(question.period.toMs),
    now: String(question.now),
    tz: question.timeZone,
    ...Object.fromEntries(filters),
  };
}

function canSplit(metric: MetricDefinition, by: readonly Dimension[], filter: Filter): boolean {
  const asked = [...by, ...(Object.keys(filter) as (keyof Filter)[])];
  return asked.every((dimension) => metric.dimensions.includes(dimension));
}

function collect(
  query: CompiledQuery,
  row: Record<string, string>,
  by: readonly Dimension[],
  keys: Map<string, Key>,
  found: Map<string, MetricValue>,
): void {
  const values = by.map((_, i) => row[`k${i}`] ?? '');
  const id = keyText(values);
  let seen = false;
  query.requests.forEach((request, i) => {
    const value = metricValue(request, row[`num_${i}`] ?? '0', row[`den_${i}`] ?? '0', Number(row[`n_${i}`]));
    if (value.status === 'noData') return;
    found.set(`${id}\n${request.text}`, value);
    seen = true;
  });
  if (seen) keys.set(id, Object.fromEntries(by.map((dimension, i) => [dimension, values[i] ?? ''])));
}

const keyText = (values: readonly string[]) => JSON.stringify(values);

/** From sums of integers to the figure in the metric's unit. A denominator of 0 is no data. */
export function metricValue(
  { metric }: MetricRequest,
  numeratorSum: string,
  denominatorSum: string,
  rows: number,
): MetricValue {
  const numerator = new Exact(numeratorSum).times(metric.numeratorTimes).div(metric.numeratorScale);
  const denominator = new Exact(denominatorSum).div(metric.denominatorScale);
  if (rows === 0 || denominator.isZero()) return noData;
  const n = metric.denominatorScale === 1 ? Number(denominatorSum) : rows;
  const quotient = metric.form === 'count' ? numerator : numerator.times(isShare(metric) ? 100 : 1).div(denominator);
  return {
    status: n < metric.minN ? 'lowSample' : 'ok',
    value: quotient.toSignificantDigits(quotientDigits).toFixed(),
    numerator: numerator.toFixed(),
    denominator: metric.form === 'count' ? '1' : denominator.toFixed(),
    n,
  };
}

/** A rate's numerator is a count and its value percent. Assessed percentages are means of percentages already. */
const isShare = (metric: MetricDefinition): boolean =>
  metric.numeratorScale === 1 && (metric.unit === 'percent' || metric.unit === 'nps');

async function agentsEmployed(
  clickhouse: ClickHouse,
  { period, filter = {}, timeZone }: MetricQuestion,
): Promise<string[]> {
  const wanted = (name: 'agent' | 'team' | 'shop', column: string) =>
    filter[name] ? `AND has({f_${name}:Array(String)}, ${column})` : '';
  const rows = await clickhouse.all.query<{ agent_id: string }>(
    `SELECT agent_id
     FROM (
       SELECT agent_id, argMax(team, valid_from) AS last_team, argMax(shop, valid_from) AS last_shop, argMax(hired_on, valid_from) AS hired, argMax(left_on, valid_from) AS left
       FROM agent_history
       WHERE valid_from < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
       GROUP BY agent_id
     )
     WHERE (hired IS NULL OR hired <= toDate32({lastDay:String})) AND (left IS NULL OR left >= toDate32({firstDay:String}))
       ${wanted('agent', 'agent_id')} ${wanted('team', 'last_team')} ${wanted('shop', 'last_shop')}
     ORDER BY agent_id`,
    {
      params: {
        ...questionParams({ period, timeZone, now: 0, filter }),
        firstDay: period.firstDay,
        lastDay: period.lastDay,
      },
    },
  );
  return rows.map((row) => row.agent_id);
}
