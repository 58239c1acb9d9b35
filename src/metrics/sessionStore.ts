import { z } from 'zod';
import type { ClickHouseTables } from '../platform/clickhouse.ts';

const texts = z.array(z.string());
const sessionRow = z.object({
  session_id: z.string(),
  customer_id: z.string(),
  shop: z.string(),
  channel: z.string(),
  queue: z.string(),
  issue: z.string(),
  started_at: z.string(),
  closed_at: z.string(),
  first_agent_id: z.string(),
  owner_agent_id: z.string(),
  bot_only: z.boolean(),
  agent_initiated: z.boolean(),
  test: z.boolean(),
  no_customer_message: z.boolean(),
  outage: z.boolean(),
  outside_hours: z.boolean(),
  replied: z.boolean(),
  first_reply_ms: z.string(),
  turn_started_at: texts,
  turn_clock_at: texts,
  turn_answered_at: texts,
  turn_agent_id: texts,
  turn_reply_ms: texts,
  open_turn_started_at: z.string().nullable(),
  slice_agent_id: texts,
  rating_score: z.number().nullable(),
  rated_at: z.string().nullable(),
});

/** The facts of one session; null when there is none of that id. */
export async function sessionById(clickhouse: ClickHouseTables, id: string) {
  const [row] = await clickhouse.all.query(
    `SELECT ${Object.keys(sessionRow.shape).join(', ')} FROM session_facts FINAL WHERE session_id = {id:String}`,
    { params: { id }, rows: sessionRow },
  );
  return row ?? null;
}

const messageRow = z.object({
  key: z.string(),
  at: z.string(),
  sender: z.enum(['customer', 'bot', 'system', 'agent']),
  sender_id: z.string(),
  auto: z.boolean(),
  kind: z.enum(['text', 'image', 'product', 'invitation', 'note', 'withdrawn']),
  text: z.string(),
});

/** The messages of a session in the contract's order; a single text is cut at 4,000 characters. */
export async function spokenMessages(clickhouse: ClickHouseTables, id: string, limit: number) {
  return await clickhouse.all.query(
    `SELECT toString(key) AS key, at, sender, sender_id, auto, kind, substringUTF8(text, 1, 4000) AS text
     FROM messages
     WHERE session_id = {id:String}
     ORDER BY messages.at, seq, messages.sender, message_id, content_hash
     LIMIT {limit:UInt32}`,
    { params: { id, limit }, rows: messageRow },
  );
}

const agentRow = z.object({ agent_id: z.string(), name: z.string(), team: z.string(), shop: z.string() });

/** Who these agents were at an instant (as the store writes it): name, team and shop. Unknown ids are left out. */
export async function agentsAt(clickhouse: ClickHouseTables, ids: readonly string[], at: string) {
  return await clickhouse.all.query(
    `SELECT agent_id, argMax(agent_history.name, valid_from) AS name, argMax(agent_history.team, valid_from) AS team, argMax(agent_history.shop, valid_from) AS shop
     FROM agent_history
     WHERE has({ids:Array(String)}, agent_id) AND valid_from <= parseDateTime64BestEffort({at:String}, 3, 'UTC')
     GROUP BY agent_id`,
    { params: { ids, at }, rows: agentRow },
  );
}

/** Ids of the tickets that were opened out of a session. */
export async function linkedTickets(clickhouse: ClickHouseTables, sessionId: string): Promise<string[]> {
  const rows = await clickhouse.all.query<{ ticket_id: string }>(
    'SELECT ticket_id FROM ticket_facts FINAL WHERE session_id = {sessionId:String} ORDER BY created_at LIMIT 100',
    { params: { sessionId } },
  );
  return rows.map((row) => row.ticket_id);
}

const ticketRow = z.object({
  ticket_id: z.string(),
  customer_id: z.string(),
  shop: z.string(),
  owner_agent_id: z.string(),
  fixer_agent_id: z.string(),
  kind: z.string(),
  priority: z.string(),
  created_at: z.string(),
  first_closed_at: z.string().nullable(),
  closed_at: z.string().nullable(),
  issue: z.string(),
  product: z.string(),
  contacts: z.number(),
  reopened: z.boolean(),
  escalated: z.boolean(),
  session_id: z.string(),
});

/** The facts of one ticket; null when there is none of that id. */
export async function ticketById(clickhouse: ClickHouseTables, id: string) {
  const [row] = await clickhouse.all.query(
    `SELECT ${Object.keys(ticketRow.shape).join(', ')} FROM ticket_facts FINAL WHERE ticket_id = {id:String}`,
    { params: { id }, rows: ticketRow },
  );
  return row ?? null;
}
