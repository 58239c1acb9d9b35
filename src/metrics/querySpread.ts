import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { MetricRequest } from './catalogue.ts';
import { compileSpread, compileStrata, type Filter } from './compileMetrics.ts';
import type { Spread } from './interval.ts';
import type { Dimension, Key } from './metricValue.ts';
import type { Period } from './period.ts';
import { canSplit, questionParams } from './queryMetrics.ts';
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
