import type { Interval } from '../metrics/interval.ts';
import { judgedTimes } from './caseMix.ts';
import { type Figure, figureWith, formOf, inputWith, inputWithParts } from './changedFigure.ts';
import { exactTotal } from './exactTotal.ts';
import { isVetoed } from './isVetoed.ts';
import { itemsById } from './itemsById.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';

/** Intervals of one person's figures, by metric; of a metric judged by parts, by part too. */
export interface FigureIntervals {
  readonly whole: Readonly<Record<string, Interval>>;
  readonly parts: Readonly<Record<string, Readonly<Record<string, Interval>>>>;
}

export interface ItemNoise {
  readonly item: string;
  readonly interval: Interval;
  /** Points at the two ends of the interval; null without one, or for an item that gives no score. */
  readonly points: readonly [number, number] | null;
}

export interface Noise {
  readonly items: readonly ItemNoise[];
  /** Where the total of the same work would fall; null for a card without a total, or when no item has an interval. */
  readonly total: readonly [number, number] | null;
  /** The nearest grade boundary inside that range, with the grades below and above it; null when the grade is sure. */
  readonly boundary: { readonly at: number; readonly below: string; readonly above: string } | null;
  /** Scored items without an interval: the range leaves their doubt out. */
  readonly silent: readonly string[];
}

/**
 * How much of a total is chance: each item's interval is scored at both its ends with everything else as it is, and the moves are
 * added as independent ones are, by the root of their squares. Shown beside the score; nothing is graded by it.
 */
export function noiseOf(plan: ResolvedPlan, input: ScoreInput, card: Scorecard, intervals: FigureIntervals): Noise {
  const now = card.total === null ? null : exactTotal(card);
  let [down, up] = [0, 0];
  const silent: string[] = [];
  const known = itemsById(plan);
  const items = card.items.map(({ id, metric, status }): ItemNoise => {
    const item = known.get(id);
    const interval = judged(intervals.whole[metric] ?? nothing, item ? judgedTimes(item, input.caseMix) : 1);
    if (now === null || status !== 'scored') return { item: id, interval, points: null };
    const ends = (['low', 'high'] as const).flatMap((end) => {
      const moved = atEnd(input, metric, intervals, end);
      return moved ? [score(plan, moved)] : [];
    });
    if (ends.length < 2) {
      silent.push(id);
      return { item: id, interval, points: null };
    }
    const moves = ends.map((each) => exactTotal(each) - now);
    down += Math.min(0, ...moves) ** 2;
    up += Math.max(0, ...moves) ** 2;
    const points = ends.map((each) => Number(each.items.find((other) => other.id === id)?.points ?? Number.NaN));
    return { item: id, interval, points: [Math.min(...points), Math.max(...points)] };
  });
  const total = now === null || down + up === 0 ? null : ([now - Math.sqrt(down), now + Math.sqrt(up)] as const);
  return { items, total, boundary: now === null || total === null ? null : boundaryIn(plan, card, now, total), silent };
}

/** The interval of what the item is judged by: under everybody's case mix both its ends move as the figure does. */
const judged = (interval: Interval, times: number): Interval =>
  interval.low === null || interval.high === null || times === 1
    ? interval
    : { ...interval, low: interval.low * times, high: interval.high * times };

const nothing: Interval = { method: null, low: null, high: null, reason: 'noData' };

/** The month with one metric at one end of its interval; null where it has none. */
function atEnd(
  input: ScoreInput,
  metric: string,
  { whole, parts }: FigureIntervals,
  end: 'low' | 'high',
): ScoreInput | null {
  const figure = input.values[metric]?.figure;
  const value = whole[metric]?.[end];
  if (!figure || figure.status === 'noData' || value == null) return null;
  const form = formOf('', figure);
  const moved = inputWith(input, metric, figureWith(form, figure, value));
  return inputWithParts(moved, metric, (part: Figure, key) => {
    const own = parts[metric]?.[key]?.[end];
    return own == null ? part : figureWith(form, part, own);
  });
}

/** Red lines force a grade whatever the total: then no boundary is near. */
function boundaryIn(
  plan: ResolvedPlan,
  card: Scorecard,
  now: number,
  [low, high]: readonly [number, number],
): Noise['boundary'] {
  if (isVetoed(plan, card)) return null;
  const edges = plan.bands.flatMap(({ id, from }, i) => {
    const at = Number(from.n) / Number(from.d);
    const below = plan.bands[i + 1]?.id;
    return below !== undefined && at > low && at <= high && at > 0 ? [{ at, below, above: id }] : [];
  });
  return edges.sort((a, b) => Math.abs(a.at - now) - Math.abs(b.at - now))[0] ?? null;
}
