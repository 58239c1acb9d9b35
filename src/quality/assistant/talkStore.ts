import { agentsAt, spokenMessages } from '../../metrics/sessionStore.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Task } from '../inspections/task.ts';
import { loadTextTables } from '../loadText.ts';
import { compileInspector, type TextInspector } from '../text/inspectText.ts';
import { type Spoken, talkMax } from './prompt.ts';
import { redact } from './redact.ts';

const messagesMost = 500;
let compiled: TextInspector | null = null;
const inspector = () => {
  compiled ??= compileInspector([], loadTextTables());
  return compiled;
};

/** What else tells the customer of a session from others: their account, orders, tickets and the serial numbers of what they have. */
async function knownIds({ all }: ClickHouse, sessionId: string): Promise<string[]> {
  const customers =
    "(SELECT customer_id FROM session_facts WHERE session_id = {sessionId:String} AND customer_id != '')";
  const rows = await all.query<{ id: string }>(
    `SELECT DISTINCT id FROM (
       SELECT customer_id AS id FROM session_facts WHERE session_id = {sessionId:String}
       UNION ALL SELECT order_id AS id FROM orders WHERE customer_id GLOBAL IN ${customers}
       UNION ALL SELECT arrayJoin([ticket_id, serial]) AS id FROM tickets
         WHERE customer_id GLOBAL IN ${customers} OR session_id = {sessionId:String}
     ) WHERE id != '' ORDER BY length(id) DESC, id LIMIT 1000`,
    { params: { sessionId } },
  );
  return rows.map(({ id }) => id);
}

/**
 * A task's conversation as it may leave: without personal data, agents by letters, no inner notes and nothing withdrawn. Throws Conflict `assistant.tooLong`
 * for what is longer than is sent, `assistant.nothing` where nothing was said.
 */
export async function talkOf(
  { stores: { clickhouse } }: Deps,
  task: Task,
): Promise<{ talk: Spoken[]; judged: { by: string | null; message: number | null } }> {
  const messages = await spokenMessages(clickhouse, task.sessionId, messagesMost + 1);
  const ids = [...new Set(messages.flatMap(({ sender, sender_id }) => (sender === 'agent' ? [sender_id] : [])))];
  const letters = new Map(ids.map((id, i) => [id, `A${i + 1}`]));
  const known = await agentsAt(clickhouse, [...ids, task.agentId], task.happenedAt);
  const names = [task.agentName, ...known.map(({ name }) => name)].filter((name) => name.length > 1);
  const unnamed = (text: string) => names.reduce((shown, name) => shown.replaceAll(name, '[agent]'), text);
  const customer = await knownIds(clickhouse, task.sessionId);
  const contacts = (text: string) => inspector().inspect(text).contacts;
  const talk = messages.flatMap(({ sender, sender_id, kind, text }, n): Spoken[] => {
    if (kind === 'note' || kind === 'withdrawn') return [];
    const shown = kind === 'text' ? redact(unnamed(text), contacts, customer) : `[${kind}]`;
    return [{ n, from: sender, by: sender === 'agent' ? letters.get(sender_id) : undefined, text: shown }];
  });
  if (talk.length === 0) throw new Conflict('assistant.nothing');
  const length = talk.reduce((sum, { text }) => sum + text.length, 0);
  if (messages.length > messagesMost || length > talkMax) throw new Conflict('assistant.tooLong', { most: talkMax });
  return { talk, judged: { by: letters.get(task.agentId) ?? null, message: task.message } };
}
