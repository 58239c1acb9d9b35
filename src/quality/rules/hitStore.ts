import { z } from 'zod';
import type { ScopeFilter } from '../../people/authorise.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { HitId, Label } from './decisionStore.ts';
import { severities } from './ruleSchema.ts';
import { inspectedCharacters } from './talk.ts';

const hitRow = z.object({
  session_id: z.string(),
  rule: z.string(),
  rule_version: z.number(),
  message_key: z.string(),
  at_ms: z.string(),
  hit_from: z.array(z.number()),
  hit_to: z.array(z.number()),
  agent_id: z.string(),
  /** 0: the rule, the list or the text changed since, and it holds no longer. */
  live: z.number(),
  /** Empty of hits found before it was stored: as the rule. */
  severity: z.enum(['', ...severities]),
});
export type HitRow = z.infer<typeof hitRow>;

const hitColumns =
  'session_id, toString(rule) AS rule, rule_version, toString(message_key) AS message_key, toString(toUnixTimestamp64Milli(message_at)) AS at_ms, hit_from, hit_to, toString(agent_id) AS agent_id, live, toString(severity) AS severity';

/**
 * The hits of a session that hold, in the order of the conversation, and those that people decided about (`decided`) though they hold no
 * longer: the last version of each.
 */
export async function hitsOfSession(
  { all }: ClickHouse,
  sessionId: string,
  decided: readonly Pick<HitId, 'rule' | 'messageKey'>[],
): Promise<HitRow[]> {
  return await all.query(
    `SELECT * FROM (
       SELECT ${hitColumns} FROM rule_hits FINAL
       WHERE session_id = {sessionId:String}
         AND (live = 1 OR has({decided:Array(String)}, concat(toString(rule), ' ', toString(message_key))))
       ORDER BY live DESC, rule_version DESC LIMIT 1 BY rule, message_key
     ) ORDER BY toInt64(at_ms), rule, message_key LIMIT 500`,
    {
      params: { sessionId, decided: [...new Set(decided.map(({ rule, messageKey }) => `${rule} ${messageKey}`))] },
      rows: hitRow,
    },
  );
}

export interface HitsAsked {
  readonly rules: readonly string[];
  readonly scope: ScopeFilter;
  /** Those that somebody confirmed or overturned, or all others; as the facts know it, which is a second late. */
  readonly decided: boolean;
  /** Hits from this moment on; null: of all time. */
  readonly sinceMs: number | null;
  /** Continue after this one. */
  readonly before: {
    readonly atMs: number;
    readonly sessionId: string;
    readonly rule: string;
    readonly key: string;
  } | null;
  readonly limit: number;
}

const listedHit = hitRow.extend({
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  issue: z.string(),
  text: z.string(),
});
export type ListedHit = z.infer<typeof listedHit>;

/** Hits that hold, newest first, of people in scope, with what was said. */
export async function listHits({ all }: ClickHouse, asked: HitsAsked): Promise<ListedHit[]> {
  const { rules, scope, decided, sinceMs, before, limit } = asked;
  const since = sinceMs === null ? '' : `AND message_at >= fromUnixTimestamp64Milli({sinceMs:Int64}, 'UTC')`;
  const limits = [
    ...(scope.agents ? ['has({agents:Array(String)}, agent_id)'] : []),
    ...(scope.teams ? ['has({teams:Array(String)}, team)'] : []),
    ...(scope.shops ? ['has({shops:Array(String)}, shop)'] : []),
  ];
  const page = await all.query(
    `SELECT * FROM (
       SELECT ${hitColumns}, toString(history.name) AS name, toString(history.team) AS team,
         if(hits.shop = '', toString(history.shop), toString(hits.shop)) AS shop, toString(hits.issue) AS issue, '' AS text
       FROM (
         SELECT *, toString(agent_id) AS member FROM rule_hits FINAL
         WHERE live = 1 AND has({rules:Array(String)}, toString(rule)) ${since}
       ) AS hits
       GLOBAL ASOF LEFT JOIN (SELECT agent_id AS of_agent, valid_from, name, team, shop FROM agent_history) AS history
         ON hits.member = history.of_agent AND hits.message_at >= history.valid_from
     )
     WHERE ((session_id, rule, message_key) GLOBAL IN (
         SELECT session_id, toString(rule), toString(message_key) FROM hit_labels FINAL WHERE label IN ('confirmed', 'overturned')
       )) = {decided:Bool}
       AND ({beforeMs:Int64} < 0 OR (toInt64(at_ms), session_id, rule, message_key) < ({beforeMs:Int64}, {beforeSession:String}, {beforeRule:String}, {beforeKey:String}))
       ${limits.map((each) => `AND ${each}`).join(' ')}
     ORDER BY toInt64(at_ms) DESC, session_id DESC, rule DESC, message_key DESC
     LIMIT {limit:UInt32}`,
    {
      params: {
        ...{ rules, limit, decided, sinceMs: String(sinceMs ?? 0) },
        ...{ agents: scope.agents ?? [], teams: scope.teams ?? [], shops: scope.shops ?? [] },
        ...{ beforeMs: String(before?.atMs ?? -1), beforeSession: before?.sessionId ?? '' },
        ...{ beforeRule: before?.rule ?? '', beforeKey: before?.key ?? '' },
      },
      rows: listedHit,
    },
  );
  const texts = await textsOf(
    { all },
    page.map((hit) => ({ sessionId: hit.session_id, messageKey: hit.message_key })),
  );
  return page.map((hit) => ({ ...hit, text: texts.get(`${hit.session_id} ${hit.message_key}`) ?? '' }));
}

/** What was said in these messages, by `session key`; the beginning of a long one. */
export async function textsOf(
  { all }: Pick<ClickHouse, 'all'>,
  asked: readonly Pick<HitId, 'sessionId' | 'messageKey'>[],
): Promise<Map<string, string>> {
  const said = asked.filter(({ messageKey }) => messageKey !== '0');
  if (said.length === 0) return new Map();
  const rows = await all.query<{ session_id: string; message_key: string; text: string }>(
    `SELECT session_id, toString(key) AS message_key, if(kind = 'withdrawn', '', substringUTF8(text, 1, 400)) AS text FROM messages
     WHERE session_id IN {sessions:Array(String)} AND has({keys:Array(String)}, toString(key))`,
    { params: { sessions: said.map(({ sessionId }) => sessionId), keys: said.map(({ messageKey }) => messageKey) } },
  );
  return new Map(rows.map((row) => [`${row.session_id} ${row.message_key}`, row.text]));
}

export interface RuleCounts {
  readonly rule: string;
  readonly hits: number;
  readonly sessions: number;
}

/** How often each rule holds in the sessions that began since `fromMs`, and how many sessions were inspected. */
export async function countHits(
  { all }: ClickHouse,
  fromMs: number,
): Promise<{ inspected: number; rules: Map<string, RuleCounts> }> {
  const params = { fromMs: String(fromMs) };
  const since = `started_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')`;
  const [rows, [inspected]] = await Promise.all([
    all.query<{ rule: string; hits: string; sessions: string }>(
      `SELECT toString(rule) AS rule, count() AS hits, uniqExact(session_id) AS sessions FROM rule_hits FINAL WHERE live = 1 AND ${since} GROUP BY rule`,
      { params },
    ),
    all.query<{ n: string }>(`SELECT count() AS n FROM inspected_sessions FINAL WHERE ${since}`, { params }),
  ]);
  const counted = rows.map(
    ({ rule, hits, sessions }) => [rule, { rule, hits: Number(hits), sessions: Number(sessions) }] as const,
  );
  return { inspected: Number(inspected?.n), rules: new Map(counted) };
}

const idsAtOnce = 2000;

/** Those of the labels whose hit the rule still makes, as it is now. */
export async function labelsThatHold({ all }: ClickHouse, labels: readonly Label[]): Promise<Label[]> {
  const live = new Set<string>();
  const sessions = [...new Set(labels.map(({ sessionId }) => sessionId))];
  for (let at = 0; at < sessions.length; at += idsAtOnce) {
    const rows = await all.query<{ id: string }>(
      `SELECT concat(session_id, ' ', toString(rule), ' ', toString(message_key)) AS id FROM rule_hits FINAL
       WHERE session_id IN {sessions:Array(String)} AND live = 1`,
      { params: { sessions: sessions.slice(at, at + idsAtOnce) } },
    );
    for (const { id } of rows) live.add(id);
  }
  return labels.filter(({ sessionId, rule, messageKey }) => live.has(`${sessionId} ${rule} ${messageKey}`));
}

const inspectedRow = z.object({
  feeling_key: z.array(z.string()),
  feeling: z.array(z.number()),
  feeling_start: z.number().nullable(),
  feeling_end: z.number().nullable(),
  temperature: z.number().nullable(),
  slice_agent_id: z.array(z.string()),
  slice_replies: z.array(z.number()),
  slice_personal: z.array(z.number()),
  slice_tokens: z.array(z.number()),
  slice_negative_tokens: z.array(z.number()),
  slice_feeling: z.array(z.number().nullable()),
  engine: z.string(),
  rule_set: z.number(),
  inspected_at: z.string(),
  started_at: z.string(),
});

/** The versions of the text inspection that measured what metrics count of a period, in the order of their last use. */
export async function enginesOf(
  { all }: Pick<ClickHouse, 'all'>,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<string[]> {
  const rows = await all.query<{ name: string }>(
    `SELECT toString(engine) AS name FROM inspected_sessions FINAL
     WHERE counted AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
     GROUP BY name ORDER BY max(inspected_at), name LIMIT 20`,
    { params: { from: String(fromMs), to: String(toMs) } },
  );
  return rows.map(({ name }) => name);
}

/** What was measured in a session; null while it is not inspected. */
export async function inspectedSession({ all }: ClickHouse, sessionId: string) {
  const [row] = await all.query(
    `SELECT arrayMap(key -> toString(key), feeling_key) AS feeling_key, ${Object.keys(inspectedRow.shape)
      .filter((name) => name !== 'feeling_key')
      .join(', ')}
     FROM inspected_sessions FINAL WHERE session_id = {sessionId:String}`,
    { params: { sessionId }, rows: inspectedRow },
  );
  return row ?? null;
}

/** How many messages of a session are longer than is inspected, of those that are inspected at all. */
export async function countPartlyInspected({ all }: ClickHouse, sessionId: string): Promise<number> {
  const [row] = await all.query<{ n: string }>(
    `SELECT count() AS n FROM messages WHERE session_id = {sessionId:String} AND lengthUTF8(text) > {longest:UInt32}
       AND sender != 'system' AND kind NOT IN ('note', 'withdrawn')`,
    { params: { sessionId, longest: inspectedCharacters } },
  );
  return Number(row?.n);
}

/** Other conversations in which one of these rules hit, or about the same issue where there are none: nearest in time first. */
export async function similarSessions(
  { all }: ClickHouse,
  like: { sessionId: string; issue: string; rules: readonly string[]; at: string; scope: ScopeFilter },
): Promise<{ session_id: string; issue: string; started_ms: string; shared: string[]; temperature: number | null }[]> {
  const { scope } = like;
  const limits = [
    ...(scope.agents ? ['hasAny(slice_agent_id, {agents:Array(String)})'] : []),
    ...(scope.shops ? ['has({shops:Array(String)}, shop)'] : []),
    ...(scope.teams
      ? [
          'arrayExists(a -> a GLOBAL IN (SELECT agent_id FROM agent_history WHERE has({teams:Array(String)}, team)), slice_agent_id)',
        ]
      : []),
  ];
  return await all.query(
    `SELECT session_id, toString(issue) AS issue, toString(toUnixTimestamp64Milli(started_at)) AS started_ms, hits.shared AS shared, temperature
     FROM (SELECT * FROM inspected_sessions FINAL WHERE counted AND session_id != {sessionId:String}) AS sessions
     GLOBAL LEFT JOIN (
       SELECT session_id, groupUniqArray(10)(toString(rule)) AS shared FROM rule_hits FINAL
       WHERE live = 1 AND has({rules:Array(String)}, toString(rule)) GROUP BY session_id
     ) AS hits USING (session_id)
     WHERE (notEmpty(shared) OR (empty({rules:Array(String)}) AND {issue:String} != '' AND issue = {issue:String}))
       ${limits.map((each) => `AND ${each}`).join(' ')}
     ORDER BY length(shared) DESC, issue = {issue:String} DESC, abs(dateDiff('second', started_at, parseDateTime64BestEffort({at:String}, 3, 'UTC'))), session_id
     LIMIT 5`,
    {
      params: {
        ...{ sessionId: like.sessionId, issue: like.issue, rules: like.rules, at: like.at },
        ...{ agents: scope.agents ?? [], teams: scope.teams ?? [], shops: scope.shops ?? [] },
      },
    },
  );
}

const happening = z.object({
  at_ms: z.string(),
  what: z.string(),
  agent_id: z.string(),
  value: z.string(),
});

/** What happened around a conversation besides its messages, oldest first: events, and the customer's orders within a week of it. */
export async function happeningsOf({ all }: ClickHouse, sessionId: string, customerId: string, at: string) {
  return await all.query(
    `SELECT * FROM (
       SELECT toString(toUnixTimestamp64Milli(at)) AS at_ms, toString(type) AS what, toString(if(to_agent_id = '', agent_id, to_agent_id)) AS agent_id, value
       FROM events WHERE subject_kind = 'session' AND subject_id = {sessionId:String}
       UNION ALL
       SELECT toString(toUnixTimestamp64Milli(min(created_at))) AS at_ms, 'order' AS what, '' AS agent_id, order_id AS value FROM orders
       WHERE customer_id = {customerId:String} AND {customerId:String} != ''
         AND abs(dateDiff('second', created_at, parseDateTime64BestEffort({at:String}, 3, 'UTC'))) <= 604800
       GROUP BY order_id
     ) ORDER BY at_ms, what LIMIT 60`,
    { params: { sessionId, customerId, at }, rows: happening },
  );
}

/** When a message was said, and by which agent; the owner's where no agent's. Null where the session has no such message. */
export async function messageAuthor(
  { all }: ClickHouse,
  { sessionId, messageKey }: Pick<HitId, 'sessionId' | 'messageKey'>,
  owner: string,
): Promise<{ agentId: string; atMs: number } | null> {
  const [row] = await all.query<{ agent_id: string; at_ms: string }>(
    `SELECT if(sender = 'agent' AND sender_id != '', toString(sender_id), {owner:String}) AS agent_id, toString(toUnixTimestamp64Milli(at)) AS at_ms
     FROM messages WHERE session_id = {sessionId:String} AND key = {messageKey:UInt64} LIMIT 1`,
    { params: { sessionId, messageKey, owner } },
  );
  return row ? { agentId: row.agent_id, atMs: Number(row.at_ms) } : null;
}
