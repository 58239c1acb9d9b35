import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { buryVanished } from './bury.ts';
import { eachServer } from './eachServer.ts';
import {
  heldOrderColumns,
  orderFactColumns,
  orderFactsSql,
  ordersThatHoldSql,
  salesContactColumns,
  salesContactsSql,
} from './orderFacts.sql.ts';
import type { Scope } from './scope.ts';

/**
 * The last step of a derivation: orders of the customers in scope and what led to them, from the session facts as they are now. Repeating it is harmless: rows carry the derivation's version.
 */
export async function deriveOrders(
  { all, shards }: ClickHouse,
  customers: Scope,
  params: Record<string, unknown>,
): Promise<void> {
  await eachServer(shards, (shard) => shard.command('TRUNCATE TABLE derivation_orders'));
  await all.command(`INSERT INTO derivation_orders (${heldOrderColumns}) ${ordersThatHoldSql(customers)}`, { params });
  // Who asked and never bought counts too: with the first orders every customer is looked at.
  const contacts: Scope = (await isEmpty(all, 'sales_contacts')) ? { kind: 'all' } : customers;
  const write = async (table: string, columns: string, sql: string) => {
    await eachServer(shards, (shard) =>
      shard.command(`INSERT INTO ${all.database}.${table} (${columns}) ${sql}`, { params }),
    );
  };
  const bury = (table: 'order_facts' | 'sales_contacts', scope: Scope) =>
    eachServer(shards, (shard) => buryVanished(shard, { table, scopeColumn: 'customer_id', scope }, params));
  await write('order_facts', orderFactColumns, orderFactsSql);
  await bury('order_facts', customers);
  await write('sales_contacts', salesContactColumns, salesContactsSql(contacts));
  await bury('sales_contacts', contacts);
  await eachServer(shards, (shard) => shard.command('TRUNCATE TABLE derivation_orders'));
}

/** Whether any order was ever imported: without, this last step has nothing to do. */
export const ordersAreConnected = async ({ all }: ClickHouse): Promise<boolean> => !(await isEmpty(all, 'orders'));

async function isEmpty(server: ClickHouseConnection, table: 'orders' | 'sales_contacts'): Promise<boolean> {
  return (await server.query(`SELECT 1 AS one FROM ${table} LIMIT 1`)).length === 0;
}
