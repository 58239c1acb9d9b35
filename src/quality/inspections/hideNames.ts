import type { Transcript } from '../../metrics/schemas.ts';

/**
 * A transcript in which nobody can tell who the agents are: names and ids give way to A, B, … in the order in which they speak, also where
 * somebody says their own name. What would lead to them, the session's and the tickets' numbers, is left out.
 */
export function hideNames(transcript: Transcript): Transcript {
  const { session, messages, turns } = transcript;
  const ids = [...messages.map(({ senderId, sender }) => (sender === 'agent' ? senderId : null)), session.ownerAgentId];
  const order = [...new Set(ids.filter((id): id is string => id !== null))];
  const letter = (id: string | null) => (id === null ? null : String.fromCharCode(65 + (order.indexOf(id) % 26)));
  const names = new Map<string, string>();
  for (const { senderId, senderName } of messages)
    if (senderName && senderId) names.set(senderName, letter(senderId) ?? '');
  if (session.ownerName && session.ownerAgentId) names.set(session.ownerName, letter(session.ownerAgentId) ?? '');
  const unnamed = (text: string) =>
    [...names, ...order.map((id) => [id, letter(id) ?? ''] as const)].reduce(
      (shown, [name, instead]) => (name.length < 2 ? shown : shown.replaceAll(name, instead)),
      text,
    );
  return {
    ...transcript,
    session: { ...session, sessionId: null, tickets: [], ownerAgentId: null, ownerName: letter(session.ownerAgentId) },
    messages: messages.map((message) =>
      message.sender === 'agent'
        ? { ...message, senderId: null, senderName: letter(message.senderId), text: unnamed(message.text) }
        : { ...message, text: unnamed(message.text) },
    ),
    turns: turns.map((turn) => ({ ...turn, agentId: letter(turn.agentId) })),
  };
}
