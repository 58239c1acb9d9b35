import type { AgentRef, OrderEvent, Verdict, VerdictByRule } from './orderSchemas.ts';
import type { StoredVerdicts, VerdictRow } from './orderStore.ts';

/** What a reader is told about the people and sessions of one order. */
export interface Told {
  readonly agent: (id: string) => AgentRef;
  readonly session: (id: string, agentId: string) => string | null;
}

/** Everybody by name, to an agent, whose `ownId` is given, others as numbered colleagues; sessions of those within reach. */
export function toldTo(
  ownId: string | null,
  names: ReadonlyMap<string, string>,
  isInReach: (agentId: string) => boolean,
): Told {
  const colleagues: string[] = [];
  return {
    agent: (id) => {
      if (ownId === null || id === ownId) return { is: 'agent', agentId: id, name: names.get(id) ?? id };
      if (!colleagues.includes(id)) colleagues.push(id);
      return { is: 'colleague', number: colleagues.indexOf(id) + 1 };
    },
    session: (id, agentId) => (isInReach(agentId) ? id : null),
  };
}

export function verdictOf({ agent_id, session_id, reason }: VerdictRow, told: Told): Verdict {
  return agent_id === ''
    ? { agent: null, sessionId: null, reason }
    : { agent: told.agent(agent_id), sessionId: told.session(session_id, agent_id), reason };
}

export function verdictsOf(row: StoredVerdicts, told: Told): VerdictByRule {
  return {
    order: verdictOf(row.by_order_last_chat, told),
    payment: verdictOf(row.by_payment_last_chat, told),
    orderFirst: verdictOf(row.by_order_first_last_chat, told),
  };
}

interface Happened {
  readonly createdAt: string;
  readonly paidAt: string | null;
  readonly cancelledAt: string | null;
  readonly rounds: readonly { readonly at: string; readonly sessionId: string; readonly agentId: string }[];
  readonly approaches: readonly { readonly at: string; readonly sessionId: string; readonly agentId: string }[];
}

/** What happened around an order, in order of time: an agent's rounds in a session are one chat, cut where the order was placed. */
export function eventsOf({ createdAt, paidAt, cancelledAt, rounds, approaches }: Happened, told: Told): OrderEvent[] {
  const chats = new Map<string, Extract<OrderEvent, { kind: 'chat' }>>();
  for (const { at, sessionId, agentId } of rounds) {
    const key = JSON.stringify([sessionId, agentId, at <= createdAt]);
    const known = chats.get(key);
    chats.set(key, {
      kind: 'chat',
      at: known?.at ?? at,
      until: at,
      rounds: (known?.rounds ?? 0) + 1,
      agent: told.agent(agentId),
      sessionId: told.session(sessionId, agentId),
    });
  }
  const events: OrderEvent[] = [
    ...chats.values(),
    ...approaches.map(
      ({ at, sessionId, agentId }): OrderEvent => ({
        kind: 'approach',
        at,
        agent: told.agent(agentId),
        sessionId: told.session(sessionId, agentId),
      }),
    ),
    { kind: 'created', at: createdAt },
    ...(paidAt === null ? [] : [{ kind: 'paid' as const, at: paidAt }]),
    ...(cancelledAt === null ? [] : [{ kind: 'cancelled' as const, at: cancelledAt }]),
  ];
  // Instants of one form sort as text; of one instant the chat came first.
  return events
    .map((event, place) => ({ event, place, at: event.kind === 'chat' ? event.until : event.at }))
    .sort((a, b) => (a.at === b.at ? a.place - b.place : a.at < b.at ? -1 : 1))
    .map(({ event }) => event);
}

/** Fen as yuan: 299900 → 2999.00. */
export function yuan(fen: string): string {
  const digits = fen.replace('-', '').padStart(3, '0');
  return `${fen.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
