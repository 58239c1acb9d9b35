import { catalogue } from '../../src/metrics/catalogue.ts';
import { percentile } from '../benchCompany.ts';
import type { Timed } from './runSide.ts';
import { ofEvents, type Question, type SideName, written } from './side.ts';

/** What was measured of one side at one size. */
export interface Measured {
  readonly ingest: Timed<void>;
  readonly derive: Timed<void>;
  readonly settle: Timed<void>;
  readonly bytes: Readonly<Record<string, number>>;
  /** The first time each question was asked, nothing of it in memory but what loading left. */
  readonly first: Readonly<Partial<Record<Question, Timed<void>>>>;
  readonly asked: Readonly<Partial<Record<Question, readonly Timed<void>[]>>>;
  readonly sessionsMs: readonly number[];
  readonly transcriptMs: readonly number[];
  readonly late?: Timed<void>;
}

export interface MeasuredSize {
  readonly millions: number;
  readonly sessions: number;
  readonly agents: number;
  /** Of the last minute, before and after. */
  readonly load: readonly [number, number];
  /** A side that was left out was not measured. */
  readonly sides: Readonly<Partial<Record<SideName, Measured>>>;
}

const shown: readonly SideName[] = ['heng', 'duckdb', 'postgresql'];
const titles: Readonly<Record<SideName, string>> = {
  heng: 'Heng',
  duckdb: 'DuckDB, SQL by hand',
  postgresql: 'PostgreSQL, reporting events',
};
const none = '—';
const lateMessages = '1,000 late messages, until every figure is right';

const sumOf = (bytes: Measured['bytes']) => Object.values(bytes).reduce((sum, one) => sum + one, 0);
const median = (values: readonly number[]) => percentile(values, 0.5);
const most = (timed: readonly Timed<void>[]) => Math.max(...timed.map(({ residentBytes }) => residentBytes));

const questions: Readonly<Record<Question, string>> = {
  all: `the whole catalogue (${catalogue.length} metrics) by agent`,
  written: `${written.length} metrics by agent`,
  events: `${Object.keys(ofEvents).length} metrics that events hold, by agent`,
  daily: '3 averages from daily totals, by agent',
  fromQuestion: 'first response from the question on, decided afterwards',
};

/** The middle one of the rounds, and what a round took of the processor on average. */
function typical(rounds: readonly Timed<void>[] | undefined): { ms: number; processorMs: number } | undefined {
  if (!rounds) return undefined;
  const processorMs = rounds.reduce((sum, round) => sum + round.processorMs, 0) / rounds.length;
  return { ms: median(rounds.map(({ ms }) => ms)), processorMs };
}

/** What grows with the messages, as one number each. */
const growing: Readonly<Record<string, (measured: Measured) => number | undefined>> = {
  'loading the files, processor time': ({ ingest }) => ingest.processorMs,
  'making what is asked, processor time': ({ derive }) => derive.processorMs,
  'on disk': ({ bytes }) => sumOf(bytes),
  'memory at most, loading and making': ({ ingest, derive }) => most([ingest, derive]),
  ...Object.fromEntries(
    Object.entries(questions).map(([question, title]): [string, (measured: Measured) => number | undefined] => [
      `${title}, processor time`,
      ({ asked }) => typical(asked[question as Question])?.processorMs,
    ]),
  ),
  [`${lateMessages}, processor time`]: ({ late }) => late?.processorMs,
  'item → sessions, p50': ({ sessionsMs }) => median(sessionsMs),
  'session → transcript, p50': ({ transcriptMs }) => median(transcriptMs),
};

const rowsOf: Readonly<Record<string, (measured: Measured) => string>> = {
  'loading the files': ({ ingest }) => withProcessor(ingest),
  'making what is asked': ({ derive }) => withProcessor(derive),
  'until work in the background has ended': ({ settle }) => time(settle.ms),
  'on disk': ({ bytes }) => size(sumOf(bytes)),
  'memory at most, loading and making': ({ ingest, derive }) => size(most([ingest, derive])),
  'memory at most, asked': ({ first }) => size(most(Object.values(first))),
  ...Object.fromEntries(
    Object.entries(questions).map(([question, title]): [string, (measured: Measured) => string] => [
      title,
      ({ asked }) => {
        const one = typical(asked[question as Question]);
        return one ? withProcessor(one) : none;
      },
    ]),
  ),
  'item → sessions, p50 and p99': ({ sessionsMs }) =>
    `${time(median(sessionsMs))}, ${time(percentile(sessionsMs, 0.99))}`,
  'session → transcript, p50 and p99': ({ transcriptMs }) =>
    `${time(median(transcriptMs))}, ${time(percentile(transcriptMs, 0.99))}`,
  [lateMessages]: ({ late }) => (late ? withProcessor(late) : none),
};

/** The section of bench/RESULTS.md: a table for each size, and how much each figure grows from one to the next. */
export function sectionOf(measured: readonly MeasuredSize[], about: string): string {
  return [about, ...measured.map(tableOf), ...(measured.length > 1 ? [growthOf(measured)] : [])].join('\n\n');
}

function tableOf({ millions, sessions, agents, load, sides }: MeasuredSize): string {
  return [
    `### ${millions} million messages`,
    '',
    `${sessions.toLocaleString('en')} sessions, ${agents.toLocaleString('en')} agents, one month. Load average ${load.map((one) => one.toFixed(1)).join(' before, ')} after.`,
    '',
    ...table(
      ['what', ...shown.map((side) => titles[side])],
      Object.entries(rowsOf).map(([what, of]) => [what, ...shown.map((side) => ofSide(sides[side], of) ?? none)]),
    ),
  ].join('\n');
}

function growthOf(measured: readonly MeasuredSize[]): string {
  const steps = measured.slice(1).map((larger, i) => ({ smaller: measured[i] as MeasuredSize, larger }));
  const columns = shown.flatMap((side) => steps.map((step) => ({ side, ...step })));
  return [
    '### How much each grows with the messages',
    '',
    ...table(
      [
        'what',
        ...columns.map(({ side, smaller, larger }) => `${titles[side]}, ${smaller.millions} → ${larger.millions}`),
      ],
      Object.entries(growing).map(([what, of]) => [
        what,
        ...columns.map(({ side, smaller, larger }) => {
          const [before, after] = [ofSide(smaller.sides[side], of), ofSide(larger.sides[side], of)];
          return before === undefined || after === undefined ? none : `${(after / before).toFixed(1)} ×`;
        }),
      ]),
    ),
  ].join('\n');
}

const ofSide = <Value>(measured: Measured | undefined, of: (one: Measured) => Value): Value | undefined =>
  measured && of(measured);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

const withProcessor = ({ ms, processorMs }: Pick<Timed<void>, 'ms' | 'processorMs'>) =>
  `${time(ms)} (processor ${time(processorMs)})`;

function time(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

const size = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
