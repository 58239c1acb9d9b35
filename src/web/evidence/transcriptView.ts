import type { Transcript } from '../../metrics/schemas.ts';

type Turn = Transcript['turns'][number];
type Message = Transcript['messages'][number];

/** Which turns a metric looks at, besides the session as a whole. */
const firstTurn = ['first_reply_30s_rate', 'first_response_seconds'];
const answeredTurns = ['avg_response_seconds'];
const allTurns = ['reply_3min_rate'];
/** The metrics by which a conversation can be read turn by turn. */
export const turnMetrics: readonly string[] = [...firstTurn, ...answeredTurns, ...allTurns];

export interface CountedTurn {
  readonly turn: Turn;
  /** From 1, as readers count. */
  readonly number: number;
  /** null: the metric looks at sessions, not at turns. */
  readonly counted: boolean | null;
}

/** Marks each turn as counted or not for a metric and the person it is shown of; a session left out counts nowhere. */
export function countTurns(
  transcript: Transcript,
  metric: string | undefined,
  agentId: string | undefined,
): CountedTurn[] {
  const firstAnswered = transcript.turns.findIndex((turn) => turn.answeredAt !== null);
  const left = transcript.session.exclusions.length > 0;
  const mine = (turn: Turn) => !left && (agentId === undefined || turn.agentId === null || turn.agentId === agentId);
  const counts = (turn: Turn, place: number): boolean | null => {
    if (metric === undefined) return null;
    if (firstTurn.includes(metric)) return place === firstAnswered && mine(turn);
    if (answeredTurns.includes(metric)) return turn.answeredAt !== null && mine(turn);
    if (allTurns.includes(metric)) return mine(turn);
    return null;
  };
  return transcript.turns.map((turn, place) => ({ turn, number: place + 1, counted: counts(turn, place) }));
}

export type Side = 'customer' | 'agent' | 'bot' | 'middle';

/** Where a message stands: the customer left, the agent right, the bot right but hollow, everything else in the middle. */
export function sideOf(message: Message): Side {
  if (message.sender === 'system' || message.kind === 'withdrawn' || message.kind === 'note') return 'middle';
  return message.sender;
}

export interface Line {
  readonly id: string;
  readonly message: Message;
  readonly before: Message | undefined;
}

/** The messages in order, each with the one before it and a name of its own: equal messages may stand twice. */
export function linesOf(messages: readonly Message[]): Line[] {
  return messages.map((message, place) => ({ id: String(place), message, before: messages[place - 1] }));
}
