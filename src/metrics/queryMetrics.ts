import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Cluster } from '../platform/cluster.ts';
import { catalogue, type MetricRequest, readMetricRequest } from './catalogue.ts';
import { type CompiledQuery, compileMetrics, type Filter } from './compileMetrics.ts';
import { exactQuotient } from './exactQuotient.ts';
import type { MetricDefinition } from './metricDefinition.ts';
import type { Dimension, Key, MetricRow, MetricValue } from './metricValue.ts';
import type { Period } from './period.ts';
import { volatilityOf } from './volatility.ts';

export interface MetricQuestion {
  readonly period: Period;
  /** Empty: one figure for all. */
  readonly by: readonly Dimension[];
  /** `id` or `id:option=value` as shipped, or a definition at hand; left out: the whole catalogue. What is in force: askMetrics.ts. */
  readonly metrics?: readonly (string | MetricRequest)[];
  readonly filter?: Filter;
  readonly timeZone: string;
  readonly now: number;
}

/** Digits of a quotient that does not end: of values, and of the sums they are made from. */
const valueDigits = 34;
const sumDigits = 40;

/**
 * The figures asked for: a row for every key met (by agent alone: for everybody employed in the period) and every metric, noData where
 * there is nothing to divide. A metric that cannot be split as asked (nps by agent) answers noData.
 */
export async function queryMetrics(clickhouse: ClickHouseTables, question: MetricQuestion): Promise<MetricRow[]> {
  const { requests, places, queries, dayQueries, params } = planQuestion(question, clickhouse.cluster);
  const { by } = question;
  const answers = new Map<string, Answer>();
  const ask = (query: CompiledQuery) => clickhouse.all.query<Record<string, string>>(query.sql, { params });
  // Answers are worked up as they come, while the engine still computes the others.
  const collected = [
    ...queries.map(async (query) => {
      for (const row of await ask(query)) collect(query, row, by, places, answers);
    }),
    ...dayQueries.map(async (query) => collectDays(query, await ask(query), by, places, answers)),
  ];
  const [roster] = await Promise.all([rosterOf(clickhouse, question), ...collected]);
  return answerRows(answers, requests, by, roster);
}

/** What a question comes to: its metrics, the queries that tell them, those whose days make one figure, and their parameters. */
export function planQuestion(question: MetricQuestion, cluster: Cluster | null) {
  const requests = (question.metrics ?? catalogue.map((metric) => metric.id)).map((metric) =>
    typeof metric === 'string' ? readMetricRequest(metric) : metric,
  );
  const { by, filter = {} } = question;
  const answerable = requests.filter((request) => canSplit(request.metric, by, filter));
  const overDays = answerable.filter(({ metric }) => metric.form === 'volatility');
  return {
    requests,
    places: new Map(requests.map((request, i) => [request, i])),
    queries: compileMetrics(
      answerable.filter((request) => !overDays.includes(request)),
      { by, filter, cluster },
    ),
    dayQueries: compileMetrics(overDays, { by: [...by, 'day'], filter, cluster }),
    params: questionParams(question),
  };
}

/** By agent alone: those employed in the period, who have a row whatever there is of them. Else nobody. */
export const rosterOf = (clickhouse: ClickHouseTables, question: MetricQuestion): Promise<string[]> =>
  question.by.length === 1 && question.by[0] === 'agent' ? agentsEmployed(clickhouse, question) : Promise.resolve([]);

/** A row for every key met and metric asked for, noData where nothing was found. */
export function answerRows(
  answers: Map<string, Answer>,
  requests: readonly MetricRequest[],
  by: readonly Dimension[],
  roster: readonly string[],
): MetricRow[] {
  for (const agent of roster) answerOf(answers, ['agent'], [agent]);
  if (by.length === 0) answerOf(answers, [], []);
  return [...answers.keys()].sort().flatMap((id) => {
    const { key, values } = answers.get(id) ?? { key: {}, values: [] };
    return requests.map((request, i) => ({ key, metric: request.text, ...(values[i] ?? noData) }));
  });
}

/** What is known of one key: a figure at the place of each request that has one. */
export interface Answer {
  readonly key: Key;
  readonly values: (MetricValue | undefined)[];
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

export function canSplit(metric: MetricDefinition, by: readonly Dimension[], filter: Filter): boolean {
  const asked = [...by, ...(Object.keys(filter) as (keyof Filter)[])];
  return asked.every((dimension) => metric.dimensions.includes(dimension));
}

export function collect(
  query: CompiledQuery,
  row: Record<string, string>,
  by: readonly Dimension[],
  places: ReadonlyMap<MetricRequest, number>,
  answers: Map<string, Answer>,
): void {
  let answer: Answer | undefined;
  query.requests.forEach((request, i) => {
    const value = metricValue(
      request,
      row[`num_${i}`] ?? '0',
      row[`den_${i}`] ?? '0',
      Number(row[`n_${i}`]),
      row[`stat_${i}`],
    );
    const place = places.get(request);
    if (value.status === 'noData' || place === undefined) return;
    answer ??= answerOf(
      answers,
      by,
      by.map((_, k) => row[`k${k}`] ?? ''),
    );
    answer.values[place] = value;
  });
}

/** The rows of a key's days make one figure. */
export function collectDays(
  query: CompiledQuery,
  rows: readonly Record<string, string>[],
  by: readonly Dimension[],
  places: ReadonlyMap<MetricRequest, number>,
  answers: Map<string, Answer>,
): void {
  const keys = new Map<string, { values: string[]; days: Record<string, string>[] }>();
  for (const row of rows) {
    const values = by.map((_, k) => row[`k${k}`] ?? '');
    const id = JSON.stringify(values);
    keys.set(id, { values, days: [...(keys.get(id)?.days ?? []), row] });
  }
  for (const { values, days } of keys.values()) {
    query.requests.forEach((request, i) => {
      const place = places.get(request);
      const sums = days.map((row) => ({ numerator: row[`num_${i}`] ?? '0', denominator: row[`den_${i}`] ?? '0' }));
      const value = volatilityOf(request.metric, sums);
      if (value.status !== 'noData' && place !== undefined) answerOf(answers, by, values).values[place] = value;
    });
  }
}

function answerOf(answers: Map<string, Answer>, by: readonly Dimension[], values: readonly string[]): Answer {
  const id = JSON.stringify(values);
  const known = answers.get(id);
  if (known) return known;
  const answer = { key: Object.fromEntries(by.map((dimension, i) => [dimension, values[i] ?? ''])), values: [] };
  answers.set(id, answer);
  return answer;
}

/** From sums of integers, or the percentile asked for, to the figure in the metric's unit. A denominator of 0 is no data. */
export function metricValue(
  { metric }: MetricRequest,
  numeratorSum: string,
  denominatorSum: string,
  rows: number,
  percentile?: string,
): MetricValue {
  const counted = BigInt(numeratorSum) * BigInt(metric.numeratorTimes);
  const amount = BigInt(denominatorSum);
  if (rows === 0 || amount === 0n) return noData;
  const n = metric.denominatorScale === 1 ? Number(denominatorSum) : rows;
  const numeratorScale = BigInt(metric.numeratorScale);
  const denominatorScale = BigInt(metric.denominatorScale);
  const numerator = exactQuotient(counted, numeratorScale, sumDigits);
  const isCount = metric.form === 'count';
  const told = percentile === undefined ? counted : BigInt(percentile) * BigInt(metric.numeratorTimes);
  return {
    status: n < metric.minN ? 'lowSample' : 'ok',
    value:
      isCount || percentile !== undefined
        ? exactQuotient(told, numeratorScale, valueDigits)
        : exactQuotient(
            counted * denominatorScale * (isShare(metric) ? 100n : 1n),
            amount * numeratorScale,
            valueDigits,
          ),
    numerator,
    denominator: isCount ? '1' : exactQuotient(amount, denominatorScale, sumDigits),
    n,
  };
}

/** Percent of like by like: counts by counts, money by money. Assessed percentages are means of percentages already. */
const isShare = (metric: MetricDefinition): boolean =>
  metric.numeratorScale === metric.denominatorScale && (metric.unit === 'percent' || metric.unit === 'nps');

async function agentsEmployed(
  clickhouse: ClickHouseTables,
  { period, filter = {}, timeZone }: MetricQuestion,
): Promise<string[]> {
  const wanted = (name: 'agent' | 'team' | 'shop', column: string) =>
    filter[name] ? `AND ${column} IN {f_${name}:Array(String)}` : '';
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
