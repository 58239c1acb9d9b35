import type { KindName } from '../ingest/kinds.ts';
import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { rebuildOrganisation, serviceExceptions } from './organisationFacts.ts';
import type { Scope } from './scope.ts';
import { sessionFactColumns, sessionFactsSql } from './sessionFacts.sql.ts';
import {
  type CustomerFacts,
  sessionOutcomeColumns,
  sessionOutcomesSql,
  sessionsOfCustomersSql,
} from './sessionOutcomes.sql.ts';
import { ticketBaseSql, ticketFactColumns, ticketFactsSql } from './ticketFacts.sql.ts';
import { changesOrganisation, touchedCustomersSql, touchedSessionsSql } from './touched.sql.ts';

export interface Derivation {
  /** Number of this derivation: greater than that of every earlier one. */
  readonly version: number;
  /** The imports whose rows are taken in; at least one. Taking one in again changes nothing. */
  readonly imports: readonly { readonly id: number; readonly kind: KindName }[];
  readonly timeZone: string;
}

/** Above this share of all sessions it is cheaper to derive everything than to pick. */
const wholesaleShare = 0.25;

/** Sorting and packing happen once, at the merge; several insert threads then pay off. */
const bulk = { optimize_aggregation_in_order: 1, optimize_on_insert: 0, max_insert_threads: 2 } as const;

/**
 * Brings the facts up to date with these imports: only sessions, tickets and customers that these imports touched are
 * derived again. Returns how many sessions that were. Safe to repeat after a crash at any point: rows carry the derivation's version.
 */
export async function derive(clickhouse: ClickHouse, derivation: Derivation): Promise<{ sessions: number }> {
  const { all, shards } = clickhouse;
  const [first] = shards;
  if (!first) throw new Error('a store without shards');
  const ids = derivation.imports.map(({ id }) => id);
  const kinds = new Set(derivation.imports.map(({ kind }) => kind));
  const params = {
    imports: ids,
    firstImport: Math.min(...ids),
    tz: derivation.timeZone,
    version: String(derivation.version),
  };
  if (changesOrganisation(kinds))
    await Promise.all(shards.map((shard) => rebuildOrganisation(shard, derivation.timeZone)));
  const { exceptions, shops } = await serviceExceptions(first);

  const servers = distinct([...shards, all]);
  await onEach(servers, 'derivation_sessions', '(id String) ENGINE = Memory');
  for (const server of servers)
    await server.command(`INSERT INTO derivation_sessions ${touchedSessionsSql(all.database, kinds)}`, { params });
  const counted = await all.query<{ touched: string; known: string }>(
    `SELECT (SELECT count() FROM derivation_sessions) AS touched, (SELECT count() FROM session_facts) AS known`,
  );
  const touched = Number(counted[0]?.touched);
  const wholesale = touched > wholesaleShare * (Number(counted[0]?.known) + touched);
  const sessions: Scope = wholesale ? { kind: 'all' } : { kind: 'listed', table: 'derivation_sessions' };

  await onEach(servers, 'derivation_customers', '(id String) ENGINE = Memory');
  const customers: Scope = wholesale ? { kind: 'all' } : { kind: 'listed', table: 'derivation_customers' };
  const collectCustomers = async () => {
    if (wholesale) return;
    const sql = `INSERT INTO derivation_customers ${touchedCustomersSql(all.database, kinds)}`;
    for (const server of servers) await server.command(sql, { params });
  };
  // Before: whom these sessions belonged to. After: whom they belong to now.
  await collectCustomers();
  for (const shard of shards) {
    await shard.command(
      `INSERT INTO ${all.database}.session_facts (${sessionFactColumns}) ${sessionFactsSql(sessions, { exceptions })}`,
      {
        params: { ...params, shopsWithHours: shops },
        settings: bulk,
      },
    );
  }
  await buryVanished(all, 'session_facts', 'session_id', sessions, params);
  await collectCustomers();

  await deriveTickets(all, customers, params);
  for (const shard of shards) await deriveOutcomes(shard, all, customers, params);
  await buryVanished(all, 'session_outcomes', 'customer_id', customers, params);
  for (const server of servers) for (const table of scratch) await server.command(`DROP TABLE IF EXISTS ${table} SYNC`);
  return { sessions: touched };
}

const scratch = [
  'derivation_sessions',
  'derivation_customers',
  'derivation_tickets',
  'derivation_customer_sessions',
  'derivation_customer_tickets',
];

async function deriveTickets(
  all: ClickHouseConnection,
  customers: Scope,
  params: Record<string, unknown>,
): Promise<void> {
  await onEach([all], 'derivation_tickets', `ENGINE = Memory AS ${ticketBaseSql(customers)}`);
  const facts = await customerFacts(all, customers, 'derivation_tickets');
  await all.command(`INSERT INTO ticket_facts (${ticketFactColumns}) ${ticketFactsSql(facts)}`, {
    params,
    settings: { optimize_on_insert: 0 },
  });
  await buryVanished(all, 'ticket_facts', 'customer_id', customers, params);
}

async function deriveOutcomes(
  shard: ClickHouseConnection,
  all: ClickHouseConnection,
  customers: Scope,
  params: Record<string, unknown>,
): Promise<void> {
  let tickets = 'ticket_facts FINAL';
  if (customers.kind === 'listed') {
    await onEach(
      [shard],
      'derivation_customer_tickets',
      `ENGINE = Memory AS
      SELECT customer_id, issue, created_at, cancelled FROM ticket_facts FINAL WHERE customer_id IN (SELECT id FROM ${customers.table})`,
    );
    tickets = 'derivation_customer_tickets';
  }
  const facts = await customerFacts(shard, customers, tickets);
  await shard.command(
    `INSERT INTO ${all.database}.session_outcomes (${sessionOutcomeColumns}) ${sessionOutcomesSql(facts)}`,
    {
      params,
      settings: { optimize_on_insert: 0 },
    },
  );
}

/** Reads the sessions of the customers once: FINAL over the whole table is the dear part, the windows then look at few rows. */
async function customerFacts(server: ClickHouseConnection, customers: Scope, tickets: string): Promise<CustomerFacts> {
  if (customers.kind === 'all') return { sessions: 'session_facts FINAL', tickets };
  await onEach([server], 'derivation_customer_sessions', `ENGINE = Memory AS ${sessionsOfCustomersSql(customers)}`);
  return { sessions: 'derivation_customer_sessions', tickets };
}

/** Rows in scope that this derivation did not write again exist no longer (or live on another shard now): each gets a tombstone. */
async function buryVanished(
  all: ClickHouseConnection,
  table: 'session_facts' | 'session_outcomes' | 'ticket_facts',
  scopeColumn: 'session_id' | 'customer_id',
  scope: Scope,
  params: Record<string, unknown>,
): Promise<void> {
  const id = table === 'ticket_facts' ? 'ticket_id' : 'session_id';
  const within = scope.kind === 'all' ? '1' : `${scopeColumn} GLOBAL IN (SELECT id FROM ${scope.table})`;
  await all.command(
    `INSERT INTO ${table} (${id}, customer_id, version, gone)
     SELECT ${id}, customer_id, {version:UInt64}, 1 FROM ${table} FINAL WHERE version < {version:UInt64} AND ${within}`,
    { params },
  );
}

async function onEach(servers: readonly ClickHouseConnection[], table: string, definition: string): Promise<void> {
  for (const server of servers) {
    await server.command(`DROP TABLE IF EXISTS ${table} SYNC`);
    await server.command(`CREATE TABLE ${table} ${definition}`);
  }
}

/** With one shard the whole and the shard are the same database. */
function distinct(servers: readonly ClickHouseConnection[]): ClickHouseConnection[] {
  return servers.filter((server, index) => servers.indexOf(server) === index);
}
