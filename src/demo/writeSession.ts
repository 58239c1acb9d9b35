import { channels, placeOf } from './company.ts';
import type { Conversation, Scene } from './conversation.ts';
import type { Emit } from './demoRow.ts';
import { dateOf, instant, second } from './demoTime.ts';
import type { Random } from './random.ts';

/** One session row, its messages and its events. */
export function writeSession(random: Random, sessionId: string, scene: Scene, talk: Conversation, emit: Emit): void {
  const { contact, customer, agent, colleague } = scene;
  const { scenario, issue } = contact.about;
  const shop = placeOf(agent, dateOf(contact.atMs)).shop;
  const assigned = talk.assignedAtMs !== undefined;
  const at = (ms: number | undefined) => (ms === undefined ? undefined : instant(ms));
  const transferred = talk.transferAtMs !== undefined;
  emit('sessions', {
    session_id: sessionId,
    customer_id: customer.id,
    started_at: instant(contact.atMs),
    ended_at: instant(talk.endedAtMs),
    channel: random.pick(channels[shop]),
    shop,
    queue: scenario.queue,
    issue,
    queued_at: at(talk.handoffAtMs),
    assigned_agent_id: assigned ? agent.id : undefined,
    assigned_at: at(talk.assignedAtMs),
    handoff_at: at(talk.handoffAtMs),
    initiated_by: contact.why === 'agentInitiated' ? 'agent' : 'customer',
    ended_by: talk.endedBy,
    offline: contact.why === 'offline',
    test: contact.why === 'test',
    invited_at: at(talk.invitedAtMs),
    transferred_from: transferred ? agent.id : undefined,
    wrap_seconds: talk.replied ? random.int(5, 90) : undefined,
  });
  for (const [k, line] of talk.lines.entries()) {
    emit('messages', {
      session_id: sessionId,
      message_id: `${sessionId.slice(7)}-${k + 1}`,
      at: instant(line.atMs),
      seq: k + 1,
      sender: line.sender,
      sender_id: line.senderId,
      kind: line.kind,
      auto: line.auto,
      text: line.text,
    });
  }

  const put = (type: string, atMs: number | undefined, agentId: string, toAgentId = '', value = '') => {
    if (atMs === undefined) return;
    emit('events', {
      event_id: `${sessionId}-${type}`,
      subject_kind: 'session',
      subject_id: sessionId,
      at: instant(atMs),
      type,
      agent_id: agentId,
      to_agent_id: toAgentId,
      value,
    });
  };
  put('handoff', talk.handoffAtMs, '');
  if (assigned) put('assigned', talk.assignedAtMs, agent.id, agent.id);
  if (transferred && colleague) put('transferred', talk.transferAtMs, agent.id, colleague.id);
  const last = transferred && colleague ? colleague : agent;
  if (talk.escalated) put('escalated', talk.endedAtMs - second, last.id);
  put('invited', talk.invitedAtMs, last.id);
  put('kb_used', talk.kbUsedAtMs, last.id, '', `KB-${scenario.issue}`);
}
