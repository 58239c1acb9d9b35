import type { Cell, DemoRow, Row } from './demoRow.ts';
import { instant } from './demoTime.ts';

export type Cells = Record<string, Cell>;

/** A ticket with what was written about it; planting may change or drop it. */
export interface PlantedTicket {
  row: Cells;
  events: Cells[];
  ratings: Cells[];
}

/** One session of a day with everything that came of it, taken apart so that a habit can rewrite it. */
export interface PlantedTalk {
  readonly session: Cells;
  messages: Cells[];
  events: Cells[];
  ratings: Cells[];
  tickets: PlantedTicket[];
}

export const msOf = (cell: Cell): number => Date.parse(String(cell));
export const isHuman = (message: Row): boolean =>
  message.sender === 'agent' && message.auto !== true && message.kind !== 'note' && message.kind !== 'withdrawn';
export const firstReplyOf = (talk: PlantedTalk): number => talk.messages.findIndex(isHuman);

/** Takes the sessions and tickets of these agents out of a day's rows; `others` is what was left alone. */
export function takeApart(
  rows: readonly DemoRow[],
  agents: ReadonlySet<string>,
): { talks: PlantedTalk[]; loose: PlantedTicket[]; others: DemoRow[] } {
  const talks = new Map<Cell, PlantedTalk>();
  const tickets = new Map<Cell, PlantedTicket>();
  const loose: PlantedTicket[] = [];
  for (const { kind, row } of rows) {
    if (kind === 'sessions' && agents.has(String(row.assigned_agent_id))) {
      talks.set(row.session_id, { session: { ...row }, messages: [], events: [], ratings: [], tickets: [] });
    }
  }
  for (const { kind, row } of rows) {
    if (kind !== 'tickets' || !(agents.has(String(row.agent_id)) || talks.has(row.session_id))) continue;
    const ticket = { row: { ...row }, events: [], ratings: [] };
    tickets.set(row.ticket_id, ticket);
    const talk = talks.get(row.session_id);
    if (talk) talk.tickets.push(ticket);
    else loose.push(ticket);
  }
  const others = rows.filter(({ kind, row }) => {
    const part = { ...row };
    const talk = talks.get(kind === 'events' ? row.subject_id : row.session_id);
    const ticket = tickets.get(kind === 'events' ? row.subject_id : row.ticket_id);
    if (kind === 'sessions') return !talk;
    if (kind === 'tickets') return !ticket;
    if (kind === 'messages' && talk) talk.messages.push(part);
    else if (kind === 'events' && (talk || ticket)) (talk ?? ticket)?.events.push(part);
    else if (kind === 'ratings' && (talk || ticket)) (talk ?? ticket)?.ratings.push(part);
    else return true;
    return false;
  });
  return { talks: [...talks.values()], loose, others };
}

export function* putTogether(talks: readonly PlantedTalk[], loose: readonly PlantedTicket[]): Generator<DemoRow> {
  const of = (kind: DemoRow['kind'], rows: readonly Cells[]) => rows.map((row) => ({ kind, row }));
  for (const talk of talks) {
    yield { kind: 'sessions', row: talk.session };
    yield* of('messages', talk.messages);
    yield* of('events', talk.events);
    yield* of('ratings', talk.ratings);
  }
  for (const ticket of [...talks.flatMap((talk) => talk.tickets), ...loose]) {
    yield { kind: 'tickets', row: ticket.row };
    yield* of('events', ticket.events);
    yield* of('ratings', ticket.ratings);
  }
}

/** Gives each message another pause before it; whatever else happened in the session moves along. */
export function retime(talk: PlantedTalk, pause: (pauseMs: number, message: Row, index: number) => number): void {
  const old = talk.messages.map((message) => msOf(message.at));
  const moved: number[] = [];
  talk.messages.forEach((message, i) => {
    const before = old[i] as number;
    const previous = old[i - 1];
    const at =
      previous === undefined
        ? before
        : (moved[i - 1] as number) + Math.max(1, Math.round(pause(before - previous, message, i)));
    moved.push(at);
    message.at = instant(at);
  });
  const move = (cell: Cell): Cell => {
    const at = msOf(cell);
    const last = old.findLastIndex((time) => time <= at);
    return last < 0 || Number.isNaN(at) ? cell : instant((moved[last] as number) + at - (old[last] as number));
  };
  for (const name of ['ended_at', 'invited_at'] as const) talk.session[name] = move(talk.session[name]);
  for (const event of talk.events) if (event.type !== 'assigned' && event.type !== 'handoff') event.at = move(event.at);
}

/** Adds a message before position `index` (or at the end), without moving anything else. */
export function insertMessage(talk: PlantedTalk, index: number, message: Cells): void {
  const number = talk.messages.length + 1;
  talk.messages.splice(index, 0, {
    session_id: talk.session.session_id,
    message_id: `${String(talk.session.session_id)}-p${number}`,
    kind: 'text',
    auto: false,
    sender_id: '',
    ...message,
  });
  talk.messages.forEach((each, i) => {
    each.seq = i + 1;
  });
}

export function withoutInvitation(talk: PlantedTalk): void {
  talk.messages = talk.messages.filter((message) => message.kind !== 'invitation');
  talk.events = talk.events.filter((event) => event.type !== 'invited');
  talk.session.invited_at = undefined;
  talk.ratings = [];
}

export function endAt(talk: PlantedTalk, atMs: number, by: 'agent' | 'customer' | 'system'): void {
  talk.session.ended_at = instant(atMs);
  talk.session.ended_by = by;
}
