import { ticketLog } from '../ingest/fold.ts';
import type { KindName } from '../ingest/kinds.ts';
import { movable, supersededRows } from '../ingest/moved.ts';

/** Rows that these imports brought. The lower bound lets whole parts of the raw tables be passed over. */
export const brought = `import_id >= {firstImport:UInt32} AND import_id IN (SELECT arrayJoin({imports:Array(UInt32)}))`;

/** Kinds on which presence, service hours or outages depend. */
const organisationKinds: readonly KindName[] = ['agents', 'attendance', 'calendar'];
export const changesOrganisation = (kinds: ReadonlySet<KindName>): boolean =>
  organisationKinds.some((kind) => kinds.has(kind));

const mayMove = (kinds: ReadonlySet<KindName>): boolean => [...kinds].some((kind) => kind in movable);
/** What a row was about before a later version of it took it elsewhere. */
const leftBy = (database: string, subject: 'session' | 'ticket'): string =>
  `${database}.${supersededRows} WHERE ${brought} AND subject_kind = '${subject}'`;

/**
 * Ids of the sessions that these imports touched: by a message, a session row, an event or a rating, or because their shop's
 * attendance, the service hours or an outage of their day changed. Only the tables of the imported kinds are looked at.
 * Parameters: imports Array(UInt32), firstImport UInt32, tz String.
 */
export function touchedSessionsSql(database: string, kinds: ReadonlySet<KindName>): string {
  const sources: string[] = [];
  if (kinds.has('messages')) {
    sources.push(
      `SELECT session_id AS id FROM ${database}.messages WHERE ${brought}`,
      `SELECT session_id AS id FROM ${database}.recut_sessions WHERE ${brought}`,
    );
  }
  if (kinds.has('sessions')) sources.push(`SELECT session_id AS id FROM ${database}.sessions WHERE ${brought}`);
  if (kinds.has('events'))
    sources.push(`SELECT subject_id AS id FROM ${database}.events WHERE ${brought} AND subject_kind = 'session'`);
  if (kinds.has('ratings')) sources.push(`SELECT session_id AS id FROM ${database}.ratings WHERE ${brought}`);
  if (mayMove(kinds)) sources.push(`SELECT subject_id AS id FROM ${leftBy(database, 'session')}`);
  if (kinds.has('attendance') || kinds.has('agents')) sources.push(sessionsOfShifts(database));
  if (kinds.has('calendar')) sources.push(sessionsOfDays(database));
  if (sources.length === 0) return `SELECT '' AS id WHERE 0`;
  return `SELECT DISTINCT id FROM (${sources.join(' UNION ALL ')}) WHERE id != ''`;
}

/**
 * Sessions of the shops and days whose attendance was imported, or whose agents were: all the days that a shift reaches into, also as
 * earlier versions of it had it.
 */
const sessionsOfShifts = (database: string) => `
  SELECT session_id AS id FROM ${database}.sessions
  WHERE (shop, toDate32(started_at, {tz:String})) GLOBAL IN (
    SELECT history.shop, arrayJoin(arrayMap(d -> toDate32(begins, {tz:String}) + toIntervalDay(d), range(toUInt32(dateDiff('day', begins, ends, {tz:String})) + 1)))
    FROM (
      SELECT agent_id, least(scheduled_start, coalesce(actual_start, scheduled_start)) AS begins,
        greatest(begins, scheduled_end, coalesce(actual_end, scheduled_end)) AS ends
      FROM ${database}.attendance
      WHERE (agent_id, scheduled_start) GLOBAL IN (SELECT agent_id, scheduled_start FROM ${database}.attendance WHERE ${brought})
        OR agent_id GLOBAL IN (SELECT agent_id FROM ${database}.agents WHERE ${brought})
    ) AS shifts INNER JOIN (SELECT DISTINCT agent_id, shop FROM ${database}.agents) AS history USING (agent_id)
  )`;

const sessionsOfDays = (database: string) => `
  SELECT session_id AS id FROM ${database}.session_facts
  WHERE arrayExists(
    d -> toDate32(started_at, {tz:String}) <= d AND d <= toDate32(closed_at, {tz:String}),
    (SELECT groupUniqArray(date) FROM ${database}.calendar WHERE ${brought} AND type IN ('hours', 'outage'))
  )`;

/** Customers with a closed ticket over a day whose service hours were imported: its business time has changed. */
const customersOfDays = (database: string) => `
  UNION ALL SELECT customer_id FROM ${database}.ticket_facts
  WHERE closed_at IS NOT NULL AND arrayExists(
    d -> toDate32(created_at, {tz:String}) <= d AND d <= toDate32(assumeNotNull(closed_at), {tz:String}),
    (SELECT groupUniqArray(date) FROM ${database}.calendar WHERE ${brought} AND type = 'hours')
  )`;

/** Every row there is of the tickets that these imports touched: an earlier one may name another customer or unit. */
const versionsOf = (database: string, table: string) =>
  `${database}.${table} WHERE ticket_id GLOBAL IN (SELECT ticket_id FROM ${database}.${table} WHERE ${brought})`;

/**
 * The customers whose windows may have changed: of the touched sessions (as the facts know them, and as any raw row names them, of which one
 * will hold) and tickets, and of tickets about the same unit or linked to a touched session, and of touched orders.
 */
export function touchedCustomersSql(database: string, kinds: ReadonlySet<KindName>): string {
  const tickets: string[] = [`session_id GLOBAL IN (SELECT id FROM derivation_sessions)`];
  const ids: string[] = [];
  if (kinds.has('tickets')) {
    for (const table of ['tickets', ticketLog]) {
      ids.push(`SELECT ticket_id FROM ${database}.${table} WHERE ${brought}`);
      tickets.push(`(serial != '' AND serial GLOBAL IN (SELECT serial FROM ${versionsOf(database, table)}))`);
    }
  }
  if (kinds.has('events') || kinds.has('tickets'))
    ids.push(`SELECT subject_id FROM ${database}.events WHERE ${brought} AND subject_kind = 'ticket'`);
  if (kinds.has('ratings')) ids.push(`SELECT ticket_id FROM ${database}.ratings WHERE ${brought} AND ticket_id != ''`);
  if (mayMove(kinds)) ids.push(`SELECT subject_id FROM ${leftBy(database, 'ticket')}`);
  if (ids.length > 0) tickets.push(`ticket_id GLOBAL IN (${ids.join(' UNION ALL ')})`);
  const orders = `SELECT order_id FROM ${database}.orders WHERE ${brought}`;
  const ofSessions = ['session_facts', 'sessions', 'messages'].map(
    (table) =>
      `SELECT DISTINCT customer_id FROM ${database}.${table} WHERE session_id GLOBAL IN (SELECT id FROM derivation_sessions)`,
  );
  return `SELECT DISTINCT customer_id FROM (
  ${ofSessions.join('\n  UNION ALL ')}
  UNION ALL SELECT customer_id FROM ${database}.tickets WHERE ${tickets.join(' OR ')}${
    kinds.has('orders')
      ? `
  UNION ALL SELECT customer_id FROM ${database}.orders WHERE ${brought}
  UNION ALL SELECT customer_id FROM ${database}.order_facts WHERE order_id GLOBAL IN (${orders})`
      : ''
  }${
    kinds.has('tickets')
      ? `
  UNION ALL SELECT customer_id FROM ${versionsOf(database, ticketLog)}`
      : ''
  }${kinds.has('calendar') ? customersOfDays(database) : ''}
)
WHERE customer_id != ''`;
}

/**
 * Further sessions of touched customers who were erased. Their facts lie where the id that they had belongs, what is derived goes where the
 * stand-in does: either all of them move or none, for a customer's facts are looked at together, on one shard.
 */
export const sessionsOfErasedSql = (
  database: string,
): string => `SELECT DISTINCT session_id AS id FROM ${database}.session_facts
WHERE NOT gone AND startsWith(customer_id, 'erased-') AND customer_id GLOBAL IN (SELECT id FROM derivation_customers)
  AND session_id GLOBAL NOT IN (SELECT id FROM derivation_sessions)`;
