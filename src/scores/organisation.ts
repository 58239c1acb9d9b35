import { z } from 'zod';
import { calendarThatHolds } from '../facts/calendarStore.ts';
import type { Period } from '../metrics/period.ts';
import { everyRecord } from '../metrics/relationParts.sql.ts';
import { tablesRead } from '../metrics/relations.sql.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import { grouped } from './grouped.ts';
import type { ChargedIncident } from './scorecard.ts';

/** An agent as of a period's end: team, shop and tier are those that hold then. */
export interface Person {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
  readonly shop: string;
  readonly tier: 'junior' | 'mid' | 'senior' | null;
}

const personRow = z.object({
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  tier: z.enum(['junior', 'mid', 'senior', '']),
});

/** Everybody who was employed on some day of the period, by agent id. */
export async function peopleIn(clickhouse: ClickHouseTables, period: Period): Promise<Person[]> {
  const rows = await clickhouse.all.query(
    `SELECT agent_id AS agentId, name, team, shop, tier
     FROM (
       SELECT *
       FROM agent_history
       WHERE valid_from < fromUnixTimestamp64Milli({to:Int64})
       ORDER BY valid_from DESC
       LIMIT 1 BY agent_id
     )
     WHERE (hired_on IS NULL OR hired_on <= {last:Date32}) AND (left_on IS NULL OR left_on >= {first:Date32})
     ORDER BY agentId`,
    { params: { to: String(period.toMs), first: period.firstDay, last: period.lastDay }, rows: personRow },
  );
  return rows.map((row) => ({ ...row, tier: row.tier === '' ? null : row.tier }));
}

/** False where no agent list was ever imported: then people are known by their ids alone. */
export async function hasAgentList(clickhouse: ClickHouseTables): Promise<boolean> {
  const rows = await clickhouse.all.query('SELECT 1 AS one FROM agent_history LIMIT 1');
  return rows.length > 0;
}

/** A promotion day of the calendar. shop and metric '' mean all of them; factor null leaves it to the plan. */
export interface PromotionDay {
  readonly day: string;
  readonly shop: string;
  readonly metric: string;
  readonly factor: string | null;
}

const promotionRow = z.object({ day: z.string(), shop: z.string(), metric: z.string(), factor: z.string() });

/** The promotion days of the period that hold, by day. */
export async function promotionDays(clickhouse: ClickHouseTables, period: Period): Promise<PromotionDay[]> {
  const rows = await clickhouse.all.query(
    `SELECT toString(date) AS day, shop, metric, ifNull(toString(factor), '') AS factor
     FROM (${calendarThatHolds})
     WHERE type = 'promotion' AND date >= {first:Date32} AND date <= {last:Date32}
     ORDER BY day, shop, metric`,
    { params: { first: period.firstDay, last: period.lastDay }, rows: promotionRow },
  );
  return rows.map((row) => ({ ...row, factor: row.factor === '' ? null : row.factor }));
}

/** Those of them that hold in a shop. */
export const promotionsAt = (shop: string, promotions: readonly PromotionDay[]): PromotionDay[] =>
  promotions.filter((each) => each.shop === '' || each.shop === shop);

const incidentRow = z.object({
  agentId: z.string(),
  incident: z.string(),
  incidentId: z.string(),
  severity: z.enum(['minor', 'major', '']),
  sessionId: z.string(),
  at: z.string(),
  day: z.string(),
  alone: z.boolean(),
});

/**
 * Confirmed incidents of these items in the period, by agent; of all agents where none is named. Pending and overturned ones have no effect. One that came without
 * an id is named by its item and instant.
 */
export async function confirmedIncidents(
  clickhouse: ClickHouseTables,
  period: Period,
  items: readonly string[],
  { timeZone, agents }: { readonly timeZone: string; readonly agents: readonly string[] },
): Promise<ReadonlyMap<string, readonly ChargedIncident[]>> {
  if (items.length === 0) return new Map();
  const rows = await clickhouse.all.query(
    `SELECT agent_id AS agentId, item AS incident,
       if(incident_id = '', concat(item, ' ', toString(incidents.at)), incident_id) AS incidentId,
       if(severity IN ('minor', 'major'), severity, '') AS severity, session_id AS sessionId,
       toString(incidents.at) AS at, toString(toDate(incidents.at, {tz:String})) AS day, toBool(${everyRecord}) AS alone
     FROM (
       SELECT * FROM incidents
       ORDER BY import_id DESC, line DESC, content_hash DESC
       LIMIT 1 BY if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', ''))
     ) AS incidents
     WHERE status = 'confirmed' AND item IN {items:Array(String)} AND (empty({agents:Array(String)}) OR agent_id IN {agents:Array(String)})
       AND incidents.at >= fromUnixTimestamp64Milli({from:Int64}) AND incidents.at < fromUnixTimestamp64Milli({to:Int64})
     ORDER BY incidents.at, incidentId`,
    {
      params: { items, agents, from: String(period.fromMs), to: String(period.toMs), tz: timeZone },
      rows: incidentRow,
    },
  );
  const incidentOf = ({
    agentId: _,
    severity,
    sessionId,
    alone,
    ...row
  }: z.infer<typeof incidentRow>): ChargedIncident => ({
    ...row,
    severity: severity === '' ? null : severity,
    sessionId: sessionId === '' ? null : sessionId,
    ...(alone ? {} : { teller: tellerOf(row.incidentId) }),
  });
  return new Map([...grouped(rows, ({ agentId }) => agentId)].map(([agentId, own]) => [agentId, own.map(incidentOf)]));
}

/** Whose word an incident is, by its id: what Heng writes itself names the inspection, or the rule's hit. */
function tellerOf(incidentId: string): string {
  const [inspection] = /^inspection:\d+/.exec(incidentId) ?? [];
  return inspection ?? (incidentId.startsWith('hit:') ? 'rules' : 'imported');
}

/** Since when somebody is there, and who leads and teaches them, as of a period's end; '' and null where it is not known. */
export interface Employment {
  readonly agentId: string;
  readonly hiredOn: string | null;
  readonly managerId: string;
  readonly mentorId: string;
}

const employmentRow = z.object({
  agentId: z.string(),
  hiredOn: z.string(),
  managerId: z.string(),
  mentorId: z.string(),
});

/** By agent id. A mentor is named in the further column `mentor_id` of the agent list. */
export async function employments(
  clickhouse: ClickHouseTables,
  period: Period,
): Promise<ReadonlyMap<string, Employment>> {
  const rows = await clickhouse.all.query(
    `SELECT agent_id AS agentId, ifNull(toString(hired_on), '') AS hiredOn, manager_id AS managerId,
       attributes['mentor_id'] AS mentorId
     FROM agents
     WHERE valid_from IS NULL OR valid_from <= {last:Date32}
     ORDER BY valid_from DESC NULLS LAST, import_id DESC, line DESC, content_hash DESC
     LIMIT 1 BY agent_id`,
    { params: { last: period.lastDay }, rows: employmentRow },
  );
  return new Map(rows.map((row) => [row.agentId, { ...row, hiredOn: row.hiredOn === '' ? null : row.hiredOn }]));
}

/** Periods for which somebody was assessed, as the assessments name them. */
export async function assessedPeriods(clickhouse: ClickHouseTables): Promise<string[]> {
  const rows = await clickhouse.all.query('SELECT DISTINCT toString(period) AS period FROM assessments', {
    rows: z.object({ period: z.string() }),
  });
  return rows.map(({ period }) => period);
}

/** What cards are made from: what figures are counted from, and what is asked here of people, days and incidents. */
export const stampedTables = [
  ...new Set([...tablesRead, ...['agents', 'agent_history', 'assessments', 'calendar', 'incidents']]),
];

/** Names the state of the data on all shards: a row more or less, and it is another one. */
export async function dataStamp(clickhouse: ClickHouseTables): Promise<string> {
  const stamps = await Promise.all(
    clickhouse.shards.map((shard) =>
      shard.query(
        `SELECT toString(groupBitXor(cityHash64(table, name, rows, hash_of_all_files))) AS stamp
         FROM system.parts
         WHERE active AND database = currentDatabase() AND has({tables:Array(String)}, table)`,
        { params: { tables: stampedTables }, rows: z.object({ stamp: z.string() }) },
      ),
    ),
  );
  return stamps.map(([row]) => row?.stamp ?? '').join(' ');
}
