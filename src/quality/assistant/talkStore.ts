import { agentsAt, spokenMessages } from '../../metrics/sessionStore.ts';
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
  const contacts = (text: string) => inspector().inspect(text).contacts;
  const talk = messages.flatMap(({ sender, sender_id, kind, text }, n): Spoken[] => {
    if (kind === 'note' || kind === 'withdrawn') return [];
    const shown = kind === 'text' ? redact(unnamed(text), contacts) : `[${kind}]`;
    return [{ n, from: sender, by: sender === 'agent' ? letters.get(sender_id) : undefined, text: shown }];
  });
  if (talk.length === 0) throw new Conflict('assistant.nothing');
  const length = talk.reduce((sum, { text }) => sum + text.length, 0);
  if (messages.length > messagesMost || length > talkMax) throw new Conflict('assistant.tooLong', { most: talkMax });
  return { talk, judged: { by: letters.get(task.agentId) ?? null, message: task.message } };
}
