import { Temporal } from 'temporal-polyfill';
import type { Period } from '../metrics/period.ts';
import type { Bilingual } from '../platform/language.ts';
import type { CycleState } from './cycle.ts';

/** What stands in the way of a move, or is worth knowing before it. */
export const missingKinds = [
  ...([
    'clockBack',
    'notBegun',
    'notOver',
    'tooEarly',
    'partsOpen',
    'partsNotFinal',
    'nothingThere',
    'appealsRunning',
  ] as const),
  ...([
    'missingInputs',
    'noFigures',
    'stale',
    'lowSamples',
    'unassessed',
    'openInspections',
    'openAppeals',
    'openReviews',
  ] as const),
] as const;
export type MissingKind = (typeof missingKinds)[number];

export interface Missing {
  readonly kind: MissingKind;
  /** blocks: the move is refused. confirm: it takes a reason. */
  readonly weight: 'blocks' | 'confirm';
  /** How many of it; null where it cannot be counted. */
  readonly count: number | null;
  /** The first few by name. */
  readonly names: readonly Bilingual[];
  /** The local day from which it stands in the way no more. */
  readonly until: string | null;
}

/** Looks for what is missing before a period may move to a state. Other features bring theirs. */
export type CycleCheck = (period: Period, to: CycleState) => Promise<readonly Missing[]>;

const shownNames = 20;

/** A name that is the same to both kinds of reader: a person's, a period's. */
export const asItIs = (name: string): Bilingual => ({ zh: name, en: name });

/** One thing that is missing; null where there is none of it. */
export function missing(kind: MissingKind, weight: Missing['weight'], names: readonly Bilingual[]): Missing | null {
  return names.length === 0
    ? null
    : { kind, weight, count: names.length, names: names.slice(0, shownNames), until: null };
}

/** How long after a period's end late records are waited for before it may be closed. */
export const settlingDays = 5;

/**
 * What the calendar says: a period that has not begun cannot be opened, and one is closed when it is over and has settled. Where the last
 * move lies after today, the clock is wrong now, and dates such as the end of appeals would be wrong for ever, or it was wrong then:
 * only a person can tell.
 */
export function missingByDate(period: Period, to: CycleState, today: string, movedOn: string | null): Missing[] {
  const wait = (kind: MissingKind, until: Temporal.PlainDate, weight: Missing['weight'] = 'blocks'): Missing[] =>
    Temporal.PlainDate.compare(today, until) >= 0
      ? []
      : [{ kind, weight, count: null, names: [], until: until.toString() }];
  const ahead = movedOn === null ? [] : wait('clockBack', Temporal.PlainDate.from(movedOn), 'confirm');
  return [...beforeItsTime(period, to, wait), ...ahead];
}

function beforeItsTime(
  period: Period,
  to: CycleState,
  wait: (kind: MissingKind, until: Temporal.PlainDate) => Missing[],
): Missing[] {
  if (to === 'open') return wait('notBegun', Temporal.PlainDate.from(period.firstDay));
  if (to !== 'closed') return [];
  const over = Temporal.PlainDate.from(period.lastDay).add({ days: 1 });
  const running = wait('notOver', over);
  return running.length > 0 ? running : wait('tooEarly', over.add({ days: settlingDays }));
}
