import { z } from 'zod';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Stores } from '../platform/stores.ts';
import type { Queryable } from '../platform/transaction.ts';
import { monthsOf } from './months.ts';
import type { Period } from './period.ts';

/** The months that are closed, each with the copy of the facts that was made then. */
export type ClosedMonths = ReadonlyMap<string, string>;

const row = z.object({ period: z.string(), copy: z.string() });

export async function readClosedMonths(postgres: Queryable): Promise<ClosedMonths> {
  const { rows } = await postgres.query(`SELECT period, copy FROM closings WHERE copy <> '' ORDER BY period`);
  return new Map(rows.map((each) => row.parse(each)).map(({ period, copy }) => [period, copy]));
}

/** The tables of a copy, or today's where there is none. */
export const tablesOf = ({ clickhouse }: Pick<Stores, 'clickhouse'>, copy: string | undefined): ClickHouseTables =>
  copy === undefined ? clickhouse : clickhouse.copies.open(copy);

/** The facts that count for a period: as they were when its last month was closed, today's while that month is open. */
export async function factsFor(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  period: Pick<Period, 'firstDay' | 'lastDay'>,
): Promise<ClickHouseTables> {
  const closed = await readClosedMonths(stores.postgres);
  return tablesOf(stores, closed.get(monthsOf(period).at(-1) ?? ''));
}
