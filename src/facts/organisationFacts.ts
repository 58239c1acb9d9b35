import { z } from 'zod';
import type { ClickHouseConnection, ClickHouseTables } from '../platform/clickhouse.ts';
import { inStep } from '../platform/inStep.ts';
import { calendarThatHolds } from './calendarStore.ts';
import { eachServer } from './eachServer.ts';
import { type HoursException, hoursOf, type ServiceClock, serviceDays } from './serviceHours.ts';

/**
 * Rebuilds what is known of the organisation itself from the raw agents, calendar and attendance: small tables, made whole each time
 * and put in place of what was, so that no reader meets a half. Every server holds all of them.
 */
export async function rebuildOrganisation(clickhouse: ClickHouseTables, timeZone: string): Promise<void> {
  await eachServer(clickhouse.everywhere, async (server) => {
    await replaceWith(server, 'agent_history', agentHistorySql, timeZone);
    await replaceWith(server, 'shop_coverage', shopCoverageSql, timeZone);
    await replaceWith(server, 'outages', outagesSql, timeZone);
  });
  await inStep(clickhouse);
  await eachServer(clickhouse.shards, (server) => rebuildServiceDays(server, timeZone));
}

/** Service hours of the days that differ, from the calendar: joined at once, but never read, so a backup cannot hold them. */
export async function rebuildServiceDays(server: ClickHouseConnection, timeZone: string): Promise<void> {
  const days = serviceDays(await hoursExceptions(server), timeZone);
  const breaks = days.flatMap(({ shop, day, breaks_from, breaks_to }) =>
    breaks_from.length > 0 ? [{ shop, day, from_ms: breaks_from, to_ms: breaks_to }] : [],
  );
  await fill(
    server,
    'service_days',
    days.map(({ breaks_from, breaks_to, ...day }) => day),
  );
  await fill(server, 'service_breaks', breaks);
}

async function fill(server: ClickHouseConnection, table: string, rows: readonly object[]): Promise<void> {
  await server.command(`TRUNCATE TABLE ${table}`);
  if (rows.length > 0)
    await server.insert(`INSERT INTO ${table} FORMAT JSONEachRow`, rows.map((row) => JSON.stringify(row)).join('\n'));
}

/** The shops that have service hours of their own on some day, whether any day differs from the default, and whether any has a break. */
export async function serviceExceptions(
  server: ClickHouseConnection,
  timeZone: string,
): Promise<{ clock: ServiceClock; shops: string[] }> {
  // TRICKY: a Join table of a text and a number as keys answers joinGet, but cannot be selected from.
  const days = serviceDays(await hoursExceptions(server), timeZone);
  const shops = new Set(days.map((day) => day.shop).filter((shop) => shop !== ''));
  const breaks = days.some(({ breaks_from }) => breaks_from.length > 0);
  return { clock: { exceptions: days.length > 0, breaks }, shops: [...shops] };
}

/** The next table is of this server alone; its rows are put in place of the others at once, on every replica. */
async function replaceWith(server: ClickHouseConnection, table: string, sql: string, timeZone: string): Promise<void> {
  await server.command(`DROP TABLE IF EXISTS ${table}_next SYNC`);
  const [own] = await server.query<{ key: string }>(
    'SELECT sorting_key AS key FROM system.tables WHERE database = currentDatabase() AND name = {table:String}',
    { params: { table } },
  );
  await server.command(`CREATE TABLE ${table}_next AS ${table} ENGINE = MergeTree ORDER BY (${own?.key})`);
  await server.command(`INSERT INTO ${table}_next ${sql}`, { params: { tz: timeZone } });
  // Nothing cannot be put in place of something.
  const [any] = await server.query(`SELECT 1 AS one FROM ${table}_next LIMIT 1`);
  await server.command(
    any ? `ALTER TABLE ${table} REPLACE PARTITION tuple() FROM ${table}_next` : `TRUNCATE TABLE ${table}`,
  );
  await server.command(`DROP TABLE ${table}_next SYNC`);
}

// The first row of an agent holds since ever: what happened before it was still that agent's team.
const agentHistorySql = `
  SELECT
    agent_id,
    if(row_number() OVER (PARTITION BY agent_id ORDER BY since) = 1, toDateTime64(0, 3, 'UTC'), since) AS valid_from,
    name, team, shop, tier, employment, hired_on, left_on
  FROM (
    SELECT *, if(agents.valid_from IS NULL, toDateTime64(0, 3, 'UTC'), toDateTime64(concat(toString(agents.valid_from), ' 00:00:00'), 3, {tz:String})) AS since
    FROM agents
    ORDER BY import_id DESC, line DESC, content_hash DESC
    LIMIT 1 BY agent_id, agents.valid_from
  )`;

/**
 * For each shop and local day on which somebody was scheduled: when at least one agent was present. A shift without a clock-out
 * lasts to its scheduled end. Overlapping and touching presences are merged, so few intervals remain.
 */
const shopCoverageSql = `
WITH
shifts AS (
  SELECT agent_id, scheduled_start, actual_start, coalesce(actual_end, scheduled_end) AS until
  FROM (SELECT * FROM attendance ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY agent_id, scheduled_start)
),
placed AS (
  SELECT history.shop AS shop, scheduled_start, actual_start, until
  FROM shifts ASOF INNER JOIN agent_history AS history ON shifts.agent_id = history.agent_id AND shifts.scheduled_start >= history.valid_from
  WHERE history.shop != ''
),
present AS (
  SELECT shop, min(begin) AS begins, max(until) AS ends
  FROM (
    SELECT shop, begin, until, sum(starts_new) OVER (PARTITION BY shop ORDER BY begin, until) AS run
    FROM (
      SELECT shop, assumeNotNull(actual_start) AS begin, until,
        begin > max(until) OVER (PARTITION BY shop ORDER BY begin, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS starts_new
      FROM placed
      WHERE actual_start IS NOT NULL AND actual_start < until
    )
  )
  GROUP BY shop, run
)
SELECT
  shop,
  day,
  arraySort(groupArrayIf(spread.begins, toUnixTimestamp64Milli(spread.ends) > 0)) AS from_at,
  arraySort(groupArrayIf(spread.ends, toUnixTimestamp64Milli(spread.ends) > 0)) AS to_at
FROM (SELECT DISTINCT shop, toDate32(scheduled_start, {tz:String}) AS day FROM placed) AS scheduled
LEFT JOIN (
  SELECT shop, begins, ends, arrayJoin(arrayMap(d -> toDate32(begins, {tz:String}) + toIntervalDay(d), range(toUInt32(dateDiff('day', begins, ends, {tz:String})) + 1))) AS day
  FROM present
) AS spread USING (shop, day)
GROUP BY shop, day`;

const outagesSql = `
  SELECT
    shop,
    toDateTime64(concat(toString(date), ' ', if(\`from\` = '', '00:00', \`from\`), if(length(\`from\`) > 5, '', ':00')), 3, {tz:String}) AS from_at,
    if(\`to\` IN ('', '24:00', '24:00:00'),
      toDateTime64(concat(toString(date + 1), ' 00:00:00'), 3, {tz:String}),
      toDateTime64(concat(toString(date), ' ', \`to\`, if(length(\`to\`) > 5, '', ':00')), 3, {tz:String})) AS to_at
  FROM (${calendarThatHolds})
  WHERE type = 'outage'`;

const hoursRow = z.object({ shop: z.string(), date: z.string(), from: z.string(), to: z.string() });

async function hoursExceptions(server: ClickHouseConnection): Promise<HoursException[]> {
  const rows = await server.query(
    `SELECT shop, toString(date) AS date, \`from\`, \`to\` FROM (${calendarThatHolds}) WHERE type = 'hours' ORDER BY shop, date, \`from\``,
    { rows: hoursRow },
  );
  return rows.flatMap(({ shop, date, from, to }) => {
    const hours = hoursOf({ from, to });
    // What ends before it begins is no longer taken in; what came in before that says nothing of the day.
    return hours.openMs <= hours.closeMs ? [{ shop, date, hours }] : [];
  });
}
