import { z } from 'zod';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import { byteOrder } from './byteOrder.ts';
import type { MetricRequest } from './catalogue.ts';
import { countedSql, denominatorOf } from './compileMetrics.ts';
import type { Period } from './period.ts';
import { questionParams } from './queryMetrics.ts';

/** The rows behind one figure: how many, and the sha256 over them in a fixed order. */
export interface EvidenceDigest {
  readonly rows: number;
  readonly sha256: string;
}

const row = z.object({ key: z.string(), rows: z.number(), sha256: z.string() });

/**
 * Of each of these agents or teams the digest of the rows behind a metric: the same FROM and WHERE as its figure. A row is
 * `kind TAB id TAB instant in ms TAB numerator TAB denominator`; the rows are sorted as text and joined by line feeds. Whoever has none
 * is left out, and so is everybody where the metric cannot be told apart like that.
 */
export async function evidenceDigests(
  facts: ClickHouseTables,
  { metric, counting }: MetricRequest,
  question: {
    readonly period: Period;
    readonly by: 'agent' | 'team';
    readonly among: readonly string[];
    readonly timeZone: string;
    readonly now: number;
  },
): Promise<ReadonlyMap<string, EvidenceDigest>> {
  const { by, among } = question;
  if (!metric.dimensions.includes(by) || among.length === 0) return new Map();
  // By their range: the names of ten thousand people would not fit into the address of the question.
  const wanted = new Set(among);
  const inOrder = [...wanted].sort(byteOrder);
  const params = { ...questionParams(question), first: inOrder[0], last: inOrder.at(-1) };
  const key = by === 'agent' ? 'credited' : 'toString(member_team)';
  const rows = await facts.all.query(
    `SELECT key, toUInt32(count()) AS rows, lower(hex(SHA256(arrayStringConcat(arraySort(groupArray(line)), '\\n')))) AS sha256
FROM (
  SELECT ${key} AS key, concat(kind, '\\t', toString(id), '\\t', toString(toUnixTimestamp64Milli(observed_at)), '\\t',
    toString(sum(toInt64(${counting.numerator}))), '\\t', toString(sum(${denominatorOf(counting)}))) AS line
  ${countedSql(counting, { by: [by], filter: {} }, ['kind', 'id'], [key])}
    AND ${key} BETWEEN {first:String} AND {last:String}
  GROUP BY key, kind, id, observed_at
)
GROUP BY key`,
    { params, rows: row },
  );
  return new Map(rows.flatMap(({ key: of, ...digest }) => (wanted.has(of) ? [[of, digest]] : [])));
}
