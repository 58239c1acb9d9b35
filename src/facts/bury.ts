import type { ClickHouseConnection } from '../platform/clickhouse.ts';
import { inScope, type Scope } from './scope.ts';

const idOf = {
  session_facts: 'session_id',
  session_outcomes: 'session_id',
  ticket_facts: 'ticket_id',
  order_facts: 'order_id',
  sales_contacts: 'contact_id',
} as const;
export type FactTable = keyof typeof idOf;
export const factTables = Object.keys(idOf) as FactTable[];

/**
 * Rows in scope that this derivation did not write again exist no longer (or live on another shard now): each gets a tombstone, on the shard where
 * it lies: by its key, which an erasure changes in place, it would belong elsewhere.
 */
export async function buryVanished(
  shard: ClickHouseConnection,
  { table, scopeColumn, scope }: { table: FactTable; scopeColumn: 'session_id' | 'customer_id'; scope: Scope },
  params: Record<string, unknown>,
): Promise<void> {
  const id = idOf[table];
  // The last state of each row by hand: FINAL would merge the whole table for the few rows in scope. A row is in scope by its last
  // state: an older one may name another customer.
  await shard.command(
    `INSERT INTO ${table} (${id}, customer_id, version, gone)
     SELECT ${id}, argMax(${table}.customer_id, ${table}.version) AS customer_id, {version:UInt64}, 1
     FROM ${table}
     WHERE ${id} IN (SELECT ${id} FROM ${table} WHERE ${inScope(scopeColumn, scope)})
     GROUP BY ${id}
     HAVING max(${table}.version) < {version:UInt64} AND argMax(gone, ${table}.version) = 0 AND ${inScope(scopeColumn, scope)}`,
    { params },
  );
}
