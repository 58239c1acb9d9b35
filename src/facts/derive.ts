import type { KindName } from '../ingest/kinds.ts';
import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { buryVanished, type FactTable, factTables } from './bury.ts';
import { deriveOrders, ordersAreConnected } from './deriveOrders.ts';
import { allEnded, eachServer } from './eachServer.ts';
import { factsAreOutdated, noteDefinition } from './factsDefinition.ts';
import { rebuildOrganisation, rebuildServiceDays, serviceExceptions } from './organisationFacts.ts';
import { inScope, listed, type Scope } from './scope.ts';
import type { ServiceClock } from './serviceHours.ts';
import { saidSql, sessionFactColumns, sessionFactsSql } from './sessionFacts.sql.ts';
import {
  type CustomerFacts,
  sessionOutcomeColumns,
  sessionOutcomesSql,
  sessionsOfCustomersSql,
} from './sessionOutcomes.sql.ts';
import { sendersSql, speakersSql } from './speakers.sql.ts';
import { ticketBaseSql, ticketFactColumns, ticketFactsSql } from './ticketFacts.sql.ts';
import { changesOrganisation, sessionsOfErasedSql, touchedCustomersSql, touchedSessionsSql } from './touched.sql.ts';

export interface Derivation {
  /** Number of this derivation: greater than that of every earlier one. */
  readonly version: number;
  /** The imports whose rows are taken in; none where only the definition of the facts has changed. Taking one in again changes nothing. */
  readonly imports: readonly { readonly id: number; readonly kind: KindName }[];
  readonly timeZone: string;
}

/** Above this share of all sessions it is cheaper to derive everything than to pick. */
const wholesaleShare = 0.25;

/** Of so few sessions what was said fits into memory: it is read once, for the facts and for the names of who spoke. */
const heldSessions = 100_000;

/** Sorting and packing happen once, at the merge; several insert threads then pay off. */
const unsorted = { optimize_on_insert: 0 } as const;
const bulk = { ...unsorted, optimize_aggregation_in_order: 1, max_insert_threads: 2 } as const;

/**
 * Brings the facts up to date with these imports: only sessions, tickets and customers that these imports touched are
 * derived again, and with several shards all sessions of a touched customer who was erased. Returns how many sessions that were, and whether it was cheaper to write all anew. Safe to repeat after a crash at any point: rows carry the derivation's version.
 */
export async function derive(
  clickhouse: ClickHouse,
  derivation: Derivation,
): Promise<{ sessions: number; wholesale: boolean }> {
  const { all, shards } = clickhouse;
  const [first] = shards;
  if (!first) throw new Error('a store without shards');
  const ids = derivation.imports.map(({ id }) => id);
  const kinds = new Set(derivation.imports.map(({ kind }) => kind));
  const params = {
    imports: ids,
    firstImport: ids.length > 0 ? Math.min(...ids) : 0,
    tz: derivation.timeZone,
    version: String(derivation.version),
  };
  const servers = distinct([...shards, all]);
  const [outdated, { clock, shops }, hasOrders, known, knownTickets] = await allEnded([
    factsAreOutdated(clickhouse),
    serviceExceptions(first, derivation.timeZone),
    ordersAreConnected(clickhouse),
    count(all, 'session_facts'),
    count(all, 'ticket_facts'),
    onEach(servers, 'derivation_sessions', '(id String) ENGINE = Memory'),
    onEach(servers, 'derivation_customers', '(id String) ENGINE = Memory'),
  ]);
  const isFirst = known === 0 && knownTickets === 0;
  if (outdated || changesOrganisation(kinds)) await rebuildOrganisation(clickhouse, derivation.timeZone);
  // Since the last time another replica may have become the one that is asked, and service hours are a table that does not replicate.
  // Where clocks change there are such days without any calendar, and the first derivation finds none written down.
  else if (clock.exceptions && (isFirst || first.replicas.length > 0))
    await eachServer(shards, (server) => rebuildServiceDays(server, derivation.timeZone));
  if (!isFirst && !outdated) {
    const sql = `INSERT INTO derivation_sessions ${touchedSessionsSql(all.database, kinds)}`;
    await eachServer(servers, (server) => server.command(sql, { params }));
  }
  const named = await count(all, 'derivation_sessions');
  const wholesale = isFirst || outdated || named > wholesaleShare * (known + named);
  const sessions: Scope = wholesale ? { kind: 'all' } : listed('derivation_sessions');
  const customers: Scope = wholesale ? { kind: 'all' } : listed('derivation_customers');
  const collectCustomers = async () => {
    if (wholesale) return;
    const sql = `INSERT INTO derivation_customers ${touchedCustomersSql(all.database, kinds)}`;
    await eachServer(servers, (server) => server.command(sql, { params }));
  };
  const takeInErased = async () => {
    const sql = `INSERT INTO derivation_sessions ${sessionsOfErasedSql(all.database)}`;
    await eachServer(servers, (server) => server.command(sql));
    return count(all, 'derivation_sessions');
  };
  const collected = collectCustomers();
  const touched = shards.length > 1 && !wholesale ? await collected.then(takeInErased) : named;
  const readAround = async () => {
    await collected;
    const [hasTickets] = await allEnded([readTickets(all, customers), readOtherSessions(servers, customers)]);
    return hasTickets;
  };
  const held = !wholesale && touched <= heldSessions;
  const nameSpeakers = async (shard: ClickHouseConnection) => {
    if (held) await onEach([shard], 'derivation_said', `ENGINE = Memory AS ${saidSql(sessions, 'quick', true)}`);
    const senders = held ? 'SELECT arrayJoin(sender_names) AS name FROM derivation_said' : sendersSql(sessions);
    await onEach(
      [shard],
      'derivation_speakers',
      `ENGINE = Join(ANY, LEFT, number) AS ${speakersSql(sessions, senders)}`,
    );
  };
  const writeSessions = async (scope: Scope, said: string) => {
    const sql = `INSERT INTO ${all.database}.session_facts (${sessionFactColumns}) ${sessionFactsSql(scope, clock, said)}`;
    const options = { params: { ...params, shopsWithHours: shops }, settings: bulk };
    await eachServer(shards, (shard) => shard.command(sql, options));
  };
  const writeAll = async () => {
    await eachServer(shards, nameSpeakers);
    await writeSessions(sessions, held ? 'SELECT * FROM derivation_said' : saidSql(sessions, 'quick'));
    const written = await whatWasWritten(all, params);
    if (written.tied > 0) {
      await listTied(servers, all, params);
      const tied = listed('derivation_tied');
      await writeSessions(tied, saidSql(tied, 'exact'));
    }
    return written;
  };
  // Planning what writes the sessions keeps one processor busy; what lies around them does not change by it and is read meanwhile.
  const [written, hasTickets] = await allEnded([writeAll(), readAround()]);
  // On one shard each row is replaced where it lies: rows are left over only where a session vanished, or where one belongs to
  // nobody now and has no outcome any more.
  const leftOver = !isFirst && (wholesale || shards.length > 1 || written.sessions !== touched || written.nobodys > 0);
  const bury = async (table: FactTable, scopeColumn: 'session_id' | 'customer_id', scope: Scope) => {
    if (!leftOver) return;
    await eachServer(shards, (shard) => buryVanished(shard, { table, scopeColumn, scope }, params));
  };
  await bury('session_facts', 'session_id', sessions);
  await addWrittenSessions(servers, sessions);

  const ticketParams = { ...params, shopsWithHours: shops };
  await writeWindows(clickhouse, { customers, hasTickets }, { ...clock, database: first.database }, ticketParams, () =>
    bury('ticket_facts', 'customer_id', customers),
  );
  await bury('session_outcomes', 'customer_id', customers);
  if (hasOrders) await deriveOrders(clickhouse, customers, params);
  if (wholesale) await noteDefinition(clickhouse, derivation.version);
  await allEnded(
    servers.flatMap((server) => scratch.map((table) => server.command(`DROP TABLE IF EXISTS ${table} SYNC`))),
  );
  return { sessions: wholesale ? await count(all, 'session_facts') : touched, wholesale };
}

/** Of the sessions this derivation wrote: how many, how many of customers nobody knows, and in how many two people spoke at one instant. */
async function whatWasWritten(
  all: ClickHouseConnection,
  params: Record<string, unknown>,
): Promise<{ sessions: number; nobodys: number; tied: number }> {
  const [row] = await all.query<{ sessions: string; nobodys: string; tied: string }>(
    `SELECT count() AS sessions, countIf(customer_id = '') AS nobodys, countIf(session_facts.tied) AS tied
     FROM session_facts WHERE version = {version:UInt64}`,
    { params },
  );
  return { sessions: Number(row?.sessions), nobodys: Number(row?.nobodys), tied: Number(row?.tied) };
}

/**
 * What comes before and after: tickets and session outcomes of the customers in scope. A ticket that moved to a customer of another
 * shard is buried where it was before that shard looks at contacts.
 */
async function writeWindows(
  { all, shards }: ClickHouse,
  { customers, hasTickets }: { readonly customers: Scope; readonly hasTickets: boolean },
  clock: ServiceClock,
  params: Record<string, unknown>,
  buryTickets: () => Promise<void>,
): Promise<void> {
  const options = { params, settings: unsorted };
  const writeTickets = (facts: CustomerFacts) =>
    all.command(`INSERT INTO ticket_facts (${ticketFactColumns}) ${ticketFactsSql(facts, clock)}`, options);
  const writeOutcomes = (shard: ClickHouseConnection, facts: CustomerFacts) => {
    const sql = `INSERT INTO ${all.database}.session_outcomes (${sessionOutcomeColumns}) ${sessionOutcomesSql(facts)}`;
    return shard.command(sql, options);
  };
  const sessions = customers.kind === 'all' ? 'session_facts FINAL' : customerSessions;
  const read = hasTickets ? await customerFacts(all, sessions, 'derivation_tickets') : null;
  const [only, ...others] = shards;
  if (read && only && others.length === 0) {
    // With one shard what was read for the tickets is all there is: no second look, and both can be written at once.
    await allEnded([writeTickets(read), writeOutcomes(only, read)]);
    await buryTickets();
    return;
  }
  if (read) await writeTickets(read);
  await buryTickets();
  await eachServer(shards, async (shard) => {
    await writeOutcomes(shard, await customerFacts(shard, sessions, await readTicketFacts(shard, customers)));
  });
}

/**
 * Merges the facts into whole parts, after which readers no longer pay for FINAL. The engine does so by itself in time; after a
 * wholesale derivation, which writes everything anew, it is worth doing at once.
 */
export async function compactFacts({ shards }: ClickHouse): Promise<void> {
  await eachServer(shards, async (shard) => {
    for (const table of factTables) await shard.command(`OPTIMIZE TABLE ${table} FINAL`);
  });
}

/** Names the sessions in which two people spoke at the same instant: they are derived again, in the order of all that orders messages. */
async function listTied(
  servers: readonly ClickHouseConnection[],
  all: ClickHouseConnection,
  params: Record<string, unknown>,
): Promise<void> {
  await eachServer(servers, async (server) => {
    await server.command('CREATE OR REPLACE TABLE derivation_tied (id String) ENGINE = Memory');
    await server.command(
      `INSERT INTO derivation_tied SELECT session_id FROM ${all.database}.session_facts WHERE tied AND version = {version:UInt64}`,
      { params },
    );
  });
}

/** Puts the tickets of the customers in scope into a scratch table; false when there are none. */
async function readTickets(all: ClickHouseConnection, customers: Scope): Promise<boolean> {
  let ids: Scope = { kind: 'all' };
  if (customers.kind === 'listed') {
    const touched = `SELECT DISTINCT ticket_id AS id FROM tickets WHERE ${inScope('customer_id', customers)}`;
    await onEach([all], 'derivation_ticket_ids', `ENGINE = Memory AS ${touched}`);
    if ((await count(all, 'derivation_ticket_ids')) === 0) return false;
    ids = listed('derivation_ticket_ids');
  }
  await onEach([all], 'derivation_tickets', `ENGINE = Memory AS ${ticketBaseSql(customers, ids)}`);
  return true;
}

/** Where the ticket facts of the customers in scope are read from on one shard. */
async function readTicketFacts(shard: ClickHouseConnection, customers: Scope): Promise<string> {
  if (customers.kind === 'all') return 'ticket_facts FINAL';
  const tickets = `SELECT customer_id, issue, created_at, cancelled FROM ticket_facts FINAL WHERE ${inScope('customer_id', customers)}`;
  await onEach([shard], 'derivation_customer_tickets', `ENGINE = Memory AS ${tickets}`);
  return 'derivation_customer_tickets';
}

const customerSessions = 'derivation_customer_sessions';

const scratch = [
  'derivation_sessions',
  'derivation_said',
  'derivation_speakers',
  'derivation_tied',
  'derivation_customers',
  'derivation_ticket_ids',
  'derivation_tickets',
  customerSessions,
  'derivation_customer_tickets',
];

/**
 * Puts the sessions of the customers in scope into a scratch table, but for those that are being written: FINAL over the whole table is
 * the dear part, the windows then look at few rows.
 */
async function readOtherSessions(servers: readonly ClickHouseConnection[], customers: Scope): Promise<void> {
  if (customers.kind === 'all') return;
  const others = `${inScope('customer_id', customers)} AND session_id GLOBAL NOT IN (SELECT id FROM derivation_sessions)`;
  await onEach(servers, customerSessions, `ENGINE = Memory AS ${sessionsOfCustomersSql(others)}`);
}

/** Adds those that were written, whomever they belong to: to one of the customers in scope, or to nobody. */
async function addWrittenSessions(servers: readonly ClickHouseConnection[], sessions: Scope): Promise<void> {
  if (sessions.kind === 'all') return;
  const sql = `INSERT INTO ${customerSessions} ${sessionsOfCustomersSql(inScope('session_id', sessions))}`;
  await eachServer(servers, (server) => server.command(sql));
}

async function customerFacts(server: ClickHouseConnection, sessions: string, tickets: string): Promise<CustomerFacts> {
  const unknown = await server.query(
    `SELECT 1 AS one FROM ${sessions.replace(' FINAL', '')} WHERE issue = '' AND customer_id != '' LIMIT 1
     UNION ALL SELECT 1 FROM ${tickets.replace(' FINAL', '')} WHERE issue = '' AND customer_id != '' LIMIT 1`,
  );
  return { sessions, tickets, unknownIssues: unknown.length > 0 };
}

async function count(server: ClickHouseConnection, table: string): Promise<number> {
  const [row] = await server.query<{ n: string }>(`SELECT count() AS n FROM ${table}`);
  return Number(row?.n);
}

async function onEach(servers: readonly ClickHouseConnection[], table: string, definition: string): Promise<void> {
  await eachServer(servers, (server) => server.command(`CREATE OR REPLACE TABLE ${table} ${definition}`));
}

/** With one shard the whole and the shard are the same database. */
function distinct(servers: readonly ClickHouseConnection[]): ClickHouseConnection[] {
  return servers.filter((server, index) => servers.indexOf(server) === index);
}
