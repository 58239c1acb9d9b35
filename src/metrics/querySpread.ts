import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { MetricRequest } from './catalogue.ts';
import { compileHistogram, compileMetrics, compileSpread, compileStrata, type Filter } from './compileMetrics.ts';
import { type Interval, intervalOf, percentileInterval, type Spread, volatilityInterval } from './interval.ts';
import type { Dimension, Key } from './metricValue.ts';
import type { Period } from './period.ts';
import { canSplit, questionParams } from './queryMetrics.ts';
import { seededDraws } from './seededDraws.ts';
import { type CaseMix, canStandardise, standardise } from './standardise.ts';

export interface SpreadQuestion {
  readonly period: Period;
  readonly by: readonly Dimension[];
  readonly filter?: Filter;
  readonly timeZone: string;
  readonly now: number;
}

export interface SpreadRow {
  readonly key: Key;
  readonly spread: Spread;
}

/** The exact sums from which intervals follow, one row for every key met; none for a metric that cannot be split as asked. */
export async function querySpread(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  question: SpreadQuestion,
): Promise<SpreadRow[]> {
  const { by, filter = {} } = question;
  // A mean's interval says nothing of a percentile.
  if (request.counting.percentile !== undefined || !canSplit(request.metric, by, filter)) return [];
  const { all, cluster } = clickhouse;
  const rows = await all.query<Record<string, string>>(compileSpread(request, { by, filter, cluster }), {
    params: questionParams(question),
  });
  const whole = (row: Record<string, string>, name: string) => BigInt(row[`sum_${name}`] ?? '0');
  return rows.map((row) => ({
    key: Object.fromEntries(by.map((dimension, i) => [dimension, row[`k${i}`] ?? ''])),
    spread: {
      n: Number(row.n),
      x: whole(row, 'x'),
      y: whole(row, 'y'),
      xx: whole(row, 'xx'),
      xy: whole(row, 'xy'),
      yy: whole(row, 'yy'),
    },
  }));
}

interface IntervalFound {
  readonly key: Key;
  readonly n: number;
  readonly interval: Interval;
}

/** How sure each figure of a metric is, by what its figures are: sums of observations, a percentile of them, or a swing between days. */
export async function queryIntervals(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  question: SpreadQuestion,
): Promise<IntervalFound[]> {
  const { by, filter = {} } = question;
  const { metric, counting } = request;
  if (!canSplit(metric, by, filter)) return [];
  if (metric.form === 'volatility') return intervalsOfDays(clickhouse, request, question);
  const { percentile } = counting;
  if (percentile === undefined)
    return (await querySpread(clickhouse, request, question)).map(({ key, spread }) => ({
      ...{ key, n: spread.n, interval: intervalOf(metric, spread) },
    }));
  const { all, cluster } = clickhouse;
  const rows = await all.query<{
    readonly buckets: string[];
    readonly counts: string[];
    readonly [key: `k${number}`]: string;
  }>(compileHistogram(request, { by, filter, cluster }), { params: questionParams(question) });
  return rows.map((row) => {
    const histogram = row.buckets.map((value, i) => ({ value: Number(value), count: Number(row.counts[i]) }));
    return {
      key: Object.fromEntries(by.map((dimension, i) => [dimension, row[`k${i}`] ?? ''])),
      n: histogram.reduce((sum, { count }) => sum + count, 0),
      interval: percentileInterval(metric, histogram, percentile),
    };
  });
}

async function intervalsOfDays(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  question: SpreadQuestion,
): Promise<IntervalFound[]> {
  const { by, filter = {}, period } = question;
  const [query] = compileMetrics([request], { by: [...by, 'day'], filter, cluster: clickhouse.cluster });
  if (!query) return [];
  const rows = await clickhouse.all.query<Record<string, string>>(query.sql, { params: questionParams(question) });
  const { numeratorScale, denominatorScale } = request.metric;
  const keys = new Map<string, { values: string[]; ratios: number[] }>();
  for (const row of rows) {
    const values = by.map((_, i) => row[`k${i}`] ?? '');
    const id = JSON.stringify(values);
    const known = keys.get(id) ?? { values, ratios: [] };
    keys.set(id, known);
    if (row.den_0 === undefined || row.den_0 === '0') continue;
    known.ratios.push((Number(row.num_0) * denominatorScale) / (Number(row.den_0) * numeratorScale));
  }
  return [...keys].map(([id, { values, ratios }]) => ({
    key: Object.fromEntries(by.map((dimension, i) => [dimension, values[i] ?? ''])),
    n: ratios.length,
    interval: volatilityInterval(ratios, seededDraws(`${request.text} ${period.text} ${id}`)),
  }));
}

interface StratumRow {
  readonly agent: string;
  readonly local_day: string;
  readonly queue: string;
  readonly shop: string;
  readonly part: string;
  readonly issue: string;
  readonly num: string;
  readonly den: string;
  readonly n: string;
}

type MixQuestion = Omit<SpreadQuestion, 'by' | 'filter'>;

/** Everybody's figures of a period under one case mix; null for a metric that cannot be standardised. */
export async function queryCaseMix(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  question: MixQuestion,
): Promise<CaseMix | null> {
  return mixOf(clickhouse, request, question, false);
}

/** The same, told of each agent's days: its keys are `2026-10-11 AGENT`. The strata are those of the whole period. */
export async function queryCaseMixByDay(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  question: MixQuestion,
): Promise<CaseMix | null> {
  return mixOf(clickhouse, request, question, true);
}

async function mixOf(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  question: MixQuestion,
  byDay: boolean,
): Promise<CaseMix | null> {
  if (request.counting.percentile !== undefined || !canStandardise(request.metric)) return null;
  const rows = await clickhouse.all.query<StratumRow>(compileStrata(request, clickhouse.cluster, byDay), {
    params: questionParams(question),
  });
  return standardise(
    rows.map((row) => ({
      agent: byDay ? `${row.local_day} ${row.agent}` : row.agent,
      strata: [row.queue, row.shop, row.part, row.issue],
      numerator: BigInt(row.num),
      denominator: BigInt(row.den),
      n: Number(row.n),
    })),
  );
}
