import { winnerFirst } from '../../facts/sessionFacts.sql.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import { inspectedCharacters } from './talk.ts';

/** Derivations after `from` up to `to`: sessions whose last row came with one of them may have changed. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const bestEffort = { date_time_input_format: 'best_effort' } as const;

const ofStretch = 'version > {from:UInt64} AND version <= {to:UInt64}';

export async function countFresh({ all }: ClickHouse, { from, to }: Stretch): Promise<number> {
  const [row] = await all.query<{ n: string }>(
    `SELECT uniqExact(session_id) AS n FROM session_facts WHERE ${ofStretch}`,
    { params: { from: String(from), to: String(to) } },
  );
  return Number(row?.n);
}

/** The next sessions of a stretch after `cursor`, in the order of their ids. */
export async function freshSessions(
  { all }: ClickHouse,
  stretch: Stretch,
  cursor: string,
  limit: number,
): Promise<string[]> {
  const rows = await all.query<{ session_id: string }>(
    `SELECT DISTINCT session_id FROM session_facts WHERE ${ofStretch} AND session_id > {cursor:String}
     ORDER BY session_id LIMIT {limit:UInt32}`,
    { params: { from: String(stretch.from), to: String(stretch.to), cursor, limit } },
  );
  return rows.map(({ session_id }) => session_id);
}

/** Inspected sessions that follow an earlier rule set than this; those that began before `fromMs` are left as they are. */
const behind = `rule_set < {ruleSet:UInt32} AND started_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')`;

export async function countBehind({ all }: ClickHouse, ruleSet: number, fromMs: number): Promise<number> {
  const [row] = await all.query<{ n: string }>(`SELECT count() AS n FROM inspected_sessions FINAL WHERE ${behind}`, {
    params: { ruleSet, fromMs: String(fromMs) },
  });
  return Number(row?.n);
}

export async function sessionsBehind(
  { all }: ClickHouse,
  { ruleSet, fromMs, cursor, limit }: { ruleSet: number; fromMs: number; cursor: string; limit: number },
): Promise<string[]> {
  const rows = await all.query<{ session_id: string }>(
    `SELECT session_id FROM inspected_sessions FINAL WHERE ${behind} AND session_id > {cursor:String}
     ORDER BY session_id LIMIT {limit:UInt32}`,
    { params: { ruleSet, fromMs: String(fromMs), cursor, limit } },
  );
  return rows.map(({ session_id }) => session_id);
}

/** What there is to do about one session. `facts` null: it exists no longer. `inspected` null: never looked at. */
export interface SessionState {
  readonly id: string;
  readonly messages: number;
  readonly facts: string | null;
  readonly inspected: { readonly facts: string; readonly ruleSet: number } | null;
}

export async function sessionStates({ all }: ClickHouse, ids: readonly string[]): Promise<SessionState[]> {
  const params = { ids };
  const [facts, inspected] = await Promise.all([
    all.query<{ session_id: string; version: string; message_count: number }>(
      `SELECT session_id, version, message_count FROM session_facts FINAL WHERE session_id IN {ids:Array(String)}`,
      { params },
    ),
    all.query<{ session_id: string; facts_version: string; rule_set: number }>(
      `SELECT session_id, facts_version, rule_set FROM inspected_sessions FINAL WHERE session_id IN {ids:Array(String)}`,
      { params },
    ),
  ]);
  const factsOf = new Map(facts.map((row) => [row.session_id, row]));
  const inspectedOf = new Map(inspected.map((row) => [row.session_id, row]));
  return ids.map((id) => {
    const [fact, last] = [factsOf.get(id), inspectedOf.get(id)];
    return {
      id,
      messages: fact?.message_count ?? 0,
      facts: fact?.version ?? null,
      inspected: last ? { facts: last.facts_version, ruleSet: last.rule_set } : null,
    };
  });
}

/** The rows of a batch as JSON lines, ready for the thread: bytes that nobody here reads. `since`: per session, 0 for all rules. */
export async function readBatch(
  { all }: ClickHouse,
  sessions: readonly { readonly id: string; readonly since: number }[],
): Promise<{ sessions: Uint8Array; messages: Uint8Array }> {
  const params = {
    ids: sessions.map(({ id }) => id),
    since: sessions.map(({ since }) => since),
    longest: inspectedCharacters,
  };
  const [facts, messages] = await Promise.all([bytesOf(all, sessionsSql, params), bytesOf(all, messagesSql, params)]);
  return { sessions: facts, messages };
}

async function bytesOf(all: ClickHouse['all'], sql: string, params: Record<string, unknown>): Promise<Uint8Array> {
  // In these answers every number is small enough to be one.
  const settings = { output_format_json_quote_64bit_integers: 0 };
  const chunks: Buffer[] = [];
  for await (const chunk of await all.stream(`${sql}\nFORMAT JSONEachRow`, { params, settings })) {
    chunks.push(chunk as Buffer);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const ids = 'IN {ids:Array(String)}';
const ms = (instant: string) => `toUnixTimestamp64Milli(${instant})`;

const sessionsSql = `
SELECT
  facts.session_id AS session_id, facts.shop AS shop, facts.channel AS channel, facts.queue AS queue, facts.issue AS issue,
  ${ms('started_at')} AS started_ms, ${ms('closed_at')} AS closed_ms, owner_agent_id AS owner, known_rows.ended_by AS ended_by,
  NOT (bot_only OR test OR no_customer_message OR outage) AS counted, toString(facts.version) AS facts_version,
  arrayMap(at -> ${ms('at')}, turn_answered_at) AS answered_ms, turn_reply_ms AS reply_ms, turn_agent_id AS answered_by,
  if(open_turn_started_at IS NULL, NULL, ${ms('assumeNotNull(open_turn_started_at)')}) AS open_turn_ms,
  arrayConcat(bought.ids, reported.words) AS known,
  {since:Array(UInt32)}[indexOf({ids:Array(String)}, facts.session_id)] AS since
FROM (SELECT * FROM session_facts FINAL WHERE session_id ${ids}) AS facts
GLOBAL LEFT JOIN (
  SELECT session_id, toString(ended_by) AS ended_by FROM sessions WHERE session_id ${ids} ORDER BY session_id, ${winnerFirst} LIMIT 1 BY session_id
) AS known_rows ON facts.session_id = known_rows.session_id
GLOBAL LEFT JOIN (
  SELECT customer_id, groupUniqArray(50)(order_id) AS ids FROM orders
  WHERE customer_id != '' AND customer_id IN (SELECT customer_id FROM session_facts WHERE session_id ${ids}) GROUP BY customer_id
) AS bought ON facts.customer_id = bought.customer_id
GLOBAL LEFT JOIN (
  SELECT customer_id, groupUniqArrayArray(50)(arrayFilter(word -> word != '', [toString(product), serial, ticket_id])) AS words FROM tickets
  WHERE customer_id != '' AND customer_id IN (SELECT customer_id FROM session_facts WHERE session_id ${ids}) GROUP BY customer_id
) AS reported ON facts.customer_id = reported.customer_id`.replaceAll(' IN (SELECT', ' GLOBAL IN (SELECT');

const messagesSql = `
SELECT session_id, toString(key) AS key, ${ms('messages.at')} AS at_ms, toString(messages.sender) AS sender, sender_id, auto, toString(messages.kind) AS kind,
  substringUTF8(messages.text, 1, {longest:UInt32}) AS text
FROM messages
WHERE session_id ${ids}
ORDER BY session_id, messages.at, seq, messages.sender, message_id, content_hash`;

/**
 * Texts that people and templates had used over and over until then, digits and marks left out: using one of them is not personal. One
 * asks as of the rule set, so that conversations inspected by the same rule set are measured by the same texts.
 */
export async function commonTexts({ all }: ClickHouse, until: Date): Promise<string[]> {
  const rows = await all.query<{ plain: string }>(
    `SELECT substringUTF8(replaceRegexpAll(text, '[\\\\pN\\\\pP\\\\pS\\\\s]+', ''), 1, 200) AS plain
     FROM messages WHERE sender = 'agent' AND kind = 'text' AND at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
     GROUP BY plain HAVING count() >= 20 AND plain != ''
     ORDER BY count() DESC, plain LIMIT 2000
     SETTINGS max_execution_time = 20, timeout_overflow_mode = 'break'`,
    { params: { until: String(until.getTime()) } },
  );
  return rows.map(({ plain }) => plain);
}

const hitPlace =
  'session_id, rule, rule_version, message_key, message_at, hit_from, hit_to, agent_id, shop, channel, queue, issue, severity';

/**
 * Puts hits of these sessions out of force: all of them, or those whose rule or version holds no longer. The rows stay, with
 * live = 0. Run before the new hits are written; repeating both changes nothing.
 */
export async function retireHits(
  { all }: ClickHouse,
  ids: readonly string[],
  version: string,
  unless: readonly (readonly [rule: string, version: number])[],
): Promise<void> {
  if (ids.length === 0) return;
  await all.command(
    `INSERT INTO rule_hits (${hitPlace}, started_at, engine, live, version)
     SELECT ${hitPlace}, started_at, engine, 0, {version:UInt64} FROM rule_hits FINAL
     WHERE session_id IN {ids:Array(String)} AND live = 1
       AND NOT has(arrayZip({rules:Array(String)}, {versions:Array(UInt32)}), (toString(rule), rule_version))`,
    {
      params: { ids, version, rules: unless.map(([rule]) => rule), versions: unless.map(([, number]) => number) },
    },
  );
}

/** The hits first: a session that is marked as inspected has all of its hits. */
export async function writeInspected({ all }: ClickHouse, rows: { sessions: string; hits: string }): Promise<void> {
  if (rows.hits !== '')
    await all.insert('INSERT INTO rule_hits FORMAT JSONEachRow', rows.hits, { settings: bestEffort });
  if (rows.sessions !== '')
    await all.insert('INSERT INTO inspected_sessions FORMAT JSONEachRow', rows.sessions, { settings: bestEffort });
}

/** Sessions that exist no longer. */
export async function buryInspected({ all }: ClickHouse, ids: readonly string[], version: string): Promise<void> {
  if (ids.length === 0) return;
  await all.command(
    `INSERT INTO inspected_sessions (session_id, version, gone) SELECT arrayJoin({ids:Array(String)}), {version:UInt64}, 1`,
    { params: { ids, version } },
  );
}

/** What people said of hits, as rows of `hit_labels`; the greatest version of each hit holds. */
export async function writeLabels({ all }: ClickHouse, labels: readonly object[]): Promise<void> {
  if (labels.length === 0) return;
  const rows = labels.map((label) => JSON.stringify(label)).join('\n');
  await all.insert('INSERT INTO hit_labels FORMAT JSONEachRow', rows, { settings: bestEffort });
}

/** Sessions with messages, newest first, for trying a rule: those that began before a given one. */
export async function recentSessions(
  { all }: ClickHouse,
  before: { startedMs: string; sessionId: string } | null,
  limit: number,
): Promise<{ id: string; startedMs: string }[]> {
  const rows = await all.query<{ session_id: string; started_ms: string }>(
    `SELECT session_id, toString(toUnixTimestamp64Milli(started_at)) AS started_ms FROM session_facts FINAL
     WHERE message_count > 0 AND ({startedMs:Int64} < 0 OR (toUnixTimestamp64Milli(started_at), session_id) < ({startedMs:Int64}, {sessionId:String}))
     ORDER BY started_at DESC, session_id DESC LIMIT {limit:UInt32}`,
    { params: { startedMs: before?.startedMs ?? '-1', sessionId: before?.sessionId ?? '', limit } },
  );
  return rows.map(({ session_id: id, started_ms: startedMs }) => ({ id, startedMs }));
}
