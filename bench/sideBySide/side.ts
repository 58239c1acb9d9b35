import type { Figures } from '../sameFigures.ts';

export const sideNames = ['postgresql', 'heng', 'duckdb'] as const;
export type SideName = (typeof sideNames)[number];

/**
 * What is asked of a month by agent. `all`: the whole catalogue. `written`: what was written by hand in SQL. `events`: what reporting
 * events hold. `daily`: what their daily totals still tell. `fromQuestion`: first response counted from the question, decided afterwards.
 */
export type Question = 'all' | 'written' | 'events' | 'daily' | 'fromQuestion';

/** Who can answer what; why another cannot, docs/performance.md says. */
export const answerable: Readonly<Record<SideName, readonly Question[]>> = {
  postgresql: ['events', 'daily'],
  heng: ['all', 'written', 'events', 'fromQuestion'],
  duckdb: ['written', 'events', 'fromQuestion'],
};

/** Who takes late messages in so that the figures of the past are right: events once written stay as they are. */
export const mends: readonly SideName[] = ['heng', 'duckdb'];

export const written = [
  'first_reply_30s_rate',
  'first_response_seconds',
  'reply_rate',
  'session_seconds',
  'avg_response_seconds',
  'reply_3min_rate',
  'load_per_8h',
  'one_time_resolution_rate',
  'first_contact_resolution_rate',
  'ticket_cycle_hours',
  'ticket_closure_rate',
  'ticket_open_over_48h',
  'repeat_complaint_rate',
  'first_time_fix_rate',
  'csat_rate',
  'csat_score',
  'attendance_rate',
] as const;

/** Events know no service hours of a conversation's start: sessions of any hour count. */
export const ofEvents = {
  quick: 'first_reply_30s_rate:hours=all',
  first: 'first_response_seconds:hours=all',
  replied: 'reply_rate:hours=all',
  response: 'avg_response_seconds:hours=all',
  length: 'session_seconds',
  satisfied: 'csat_rate',
  score: 'csat_score',
} as const;

export const fromQuestion = 'first_response_seconds:hours=all:clock=customer';

/** One way to hold the company and to answer for it, in a process of its own; every call is timed there. */
export interface Side {
  readonly version: string;
  /** Takes the files into tables of its own. */
  ingest(): Promise<void>;
  /** Makes whatever the questions are asked of. */
  derive(): Promise<void>;
  /** Lets work in the background end and gathers statistics, before anything is asked. */
  settle(): Promise<void>;
  /** Bytes on disk, by table where the engine tells. */
  bytes(): Promise<Readonly<Record<string, number>>>;
  ask(question: Question): Promise<void>;
  /** The figures of the last question. */
  told(): Promise<Figures>;
  /** The first hundred sessions behind an agent's 30-second reply rate at any hour, in order of time. */
  sessionsBehind(agent: string): Promise<readonly string[]>;
  /** How many messages of a session were read. */
  transcript(session: string): Promise<number>;
  /** Takes in messages that come late, until every figure is right again. */
  late(folder: string): Promise<void>;
  close(): Promise<void>;
}

export interface Folders {
  /** The company's files. */
  readonly files: string;
  /** The side's own. */
  readonly data: string;
}
