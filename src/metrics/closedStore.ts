import { z } from 'zod';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Stores } from '../platform/stores.ts';
import type { Queryable } from '../platform/transaction.ts';
import { monthsOf } from './months.ts';
import type { Period } from './period.ts';

/** The periods that are closed, each with the copy of the facts that was made then. */
export type ClosedPeriods = ReadonlyMap<string, string>;

const row = z.object({ period: z.string(), copy: z.string() });

export async function readClosedPeriods(postgres: Queryable): Promise<ClosedPeriods> {
  const { rows } = await postgres.query('SELECT period, copy FROM closings ORDER BY period');
  return new Map(rows.map((each) => row.parse(each)).map(({ period, copy }) => [period, copy]));
}

/** The latest month that is closed; null where none is. */
export function lastClosedMonth(closed: ClosedPeriods): string | null {
  const months = [...closed.keys()].filter((period) => /^\d{4}-\d{2}$/.test(period));
  return months.toSorted().at(-1) ?? null;
}

/**
 * The copy that a period is told from as a whole: its own, or that of the one month it lies in; none while that is open, and for a
 * longer period that is not closed itself.
 */
export function copyFor(
  closed: ClosedPeriods,
  period: Pick<Period, 'text' | 'firstDay' | 'lastDay'>,
): string | undefined {
  const [month, more] = monthsOf(period);
  return closed.get(period.text) ?? (more === undefined ? closed.get(month ?? '') : undefined);
}

/** The tables of a copy, or today's where there is none. */
export const tablesOf = ({ clickhouse }: Pick<Stores, 'clickhouse'>, copy: string | undefined): ClickHouseTables =>
  copy === undefined ? clickhouse : clickhouse.copies.open(copy);

/** The facts that a period is told from as a whole. */
export async function factsFor(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  period: Pick<Period, 'text' | 'firstDay' | 'lastDay'>,
): Promise<ClickHouseTables> {
  return tablesOf(stores, copyFor(await readClosedPeriods(stores.postgres), period));
}
