import type { ClickHouseTables } from '../platform/clickhouse.ts';
import { byteOrder } from './byteOrder.ts';
import type { MetricRequest } from './catalogue.ts';
import type { CompiledQuery } from './compileMetrics.ts';
import type { MetricRow } from './metricValue.ts';
import type { MetricQuestion } from './queryMetrics.ts';
import { type Answer, answerRows, collect, collectDays, planQuestion, rosterOf } from './queryMetrics.ts';
import { type InOrder, rowsInOrder } from './rowsInOrderStore.ts';

type Raw = Record<string, string>;

/**
 * Everybody's figures by agent (first in `by`) out of one pass over the facts, to be taken a stretch of agents at a time: those up to
 * an id that were not taken yet, in the order of ids. What waits is packed: some ten bytes for a person, metric and day.
 */
export async function metricsInOrder(
  clickhouse: ClickHouseTables,
  question: MetricQuestion & { readonly metrics: readonly MetricRequest[] },
): Promise<(last: string) => MetricRow[]> {
  const { requests, places, queries, dayQueries, params } = planQuestion(question, clickhouse.cluster);
  const ordered = async (query: CompiledQuery) => ({
    query,
    rows: await rowsInOrder<Raw>(clickhouse.all, query.sql, { params, key: 'k0' }),
  });
  const [sums, days, roster] = await Promise.all([
    Promise.all(queries.map(ordered)),
    Promise.all(dayQueries.map(ordered)),
    rosterOf(clickhouse, question),
  ]);
  const employed = roster.sort(byteOrder);
  let met = 0;
  return (last) => {
    const answers = new Map<string, Answer>();
    const each = (some: readonly { query: CompiledQuery; rows: InOrder<Raw> }[], take: typeof collectDays) => {
      for (const { query, rows } of some) take(query, rows.upTo(last), question.by, places, answers);
    };
    each(sums, (query, rows, by, at, all) => {
      for (const row of rows) collect(query, row, by, at, all);
    });
    each(days, collectDays);
    const from = met;
    while (met < employed.length && byteOrder(employed[met] ?? '', last) <= 0) met++;
    return answerRows(answers, requests, question.by, employed.slice(from, met));
  };
}
