import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { MetricRequest } from './catalogue.ts';
import { compileRecords } from './compileMetrics.ts';
import { exactQuotient } from './exactQuotient.ts';
import type { Period } from './period.ts';
import { canSplit, questionParams } from './queryMetrics.ts';

/** A record as evidence names it. */
export interface RecordName {
  readonly kind: string;
  readonly id: string;
}

/** What records counted in a figure on one day, in the figure's own terms: what is taken out of it exactly if they do not count. */
export interface RecordShare {
  readonly metric: string;
  readonly day: string;
  /** '' for what has no priority. */
  readonly priority: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly n: number;
}

interface Row {
  readonly local_day: string;
  readonly part: string;
  readonly num: string;
  readonly den: string;
  readonly n: string;
}

/** The shares of these records in one metric of one agent; none for a metric that is not told by agent. */
export async function recordShares(
  clickhouse: ClickHouseTables,
  request: MetricRequest,
  records: readonly RecordName[],
  question: { readonly period: Period; readonly agentId: string; readonly timeZone: string; readonly now: number },
): Promise<RecordShare[]> {
  if (records.length === 0 || !canSplit(request.metric, ['agent'], {})) return [];
  const asked = { ...question, filter: { agent: [question.agentId] } };
  const rows = await clickhouse.all.query<Row>(compileRecords(request), {
    params: { ...questionParams(asked), kinds: records.map(({ kind }) => kind), ids: records.map(({ id }) => id) },
  });
  return rows.map(({ local_day: day, part, num, den, n }) => ({
    ...{ metric: request.text, day, priority: part },
    ...shareOf(request, { num: BigInt(num), den: BigInt(den), n: Number(n) }),
  }));
}

/** As `metricValue` tells a figure, so that shares taken from it leave what the others counted. */
function shareOf({ metric }: MetricRequest, { num, den, n }: { num: bigint; den: bigint; n: number }) {
  return {
    numerator: exactQuotient(num * BigInt(metric.numeratorTimes), BigInt(metric.numeratorScale), 40),
    denominator: exactQuotient(den, BigInt(metric.denominatorScale), 40),
    n: metric.denominatorScale === 1 ? Number(den) : n,
  };
}
