import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Stores } from '../platform/stores.ts';
import { stretchesOf } from './askMetrics.ts';
import { factsFor } from './closedStore.ts';
import { readDefinitions } from './definitionStore.ts';
import type { Period } from './period.ts';
import { queryCaseMix, queryCaseMixByDay } from './querySpread.ts';
import type { CaseMix } from './standardise.ts';

export interface CaseMixQuestion {
  readonly period: Period;
  /** `id` or `id:option=value`. */
  readonly metric: string;
  /** Told of each agent's days too, as keys `2026-10-11 AGENT`. */
  readonly byDay: boolean;
  /** From these facts, whatever is closed. */
  readonly facts?: ClickHouseTables;
}

/** The case mix of everybody in a metric, by the definition in force; null where it cannot be standardised, or its definition changes within. */
export async function askCaseMix(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  { metric, byDay, ...question }: CaseMixQuestion & { readonly timeZone: string; readonly now: number },
): Promise<CaseMix | null> {
  const [definitions, facts] = await Promise.all([
    readDefinitions(stores.postgres),
    question.facts ?? factsFor(stores, question.period),
  ]);
  const [stretch, second] = stretchesOf(definitions, metric, question.period, question.timeZone);
  if (!stretch || second) return null;
  const ask = byDay ? queryCaseMixByDay : queryCaseMix;
  return ask(facts, stretch.request, question);
}
