import type { MetricRequest } from './catalogue.ts';
import type { Counting } from './metricDefinition.ts';

/** A definition and the month from which it holds; '' : from the beginning. */
export interface Held {
  readonly begins: string;
  readonly request: MetricRequest;
}

/** The instant that decides the period, and what a record must meet so that no earlier definition has counted it. */
interface Placed {
  readonly at: string;
  readonly conditions: readonly string[];
}

/**
 * The last of some definitions that followed one another, so that a record counts exactly once over all of them. Where the instant that
 * decides the period changes (a longer or shorter window), a record is counted by the first definition under which its instant came
 * before the next one began: months that are over keep what they counted. The rest count by the new one, at the earliest at its beginning.
 */
export function countedOnce(held: readonly [Held, ...Held[]]): MetricRequest {
  const [first, ...later] = held;
  let before = first;
  let placed: Placed = { at: first.request.counting.at, conditions: [] };
  for (const next of later) {
    placed = placeAfter(before.request.counting, placed, next);
    before = next;
  }
  const { counting } = before.request;
  if (placed.at === counting.at && placed.conditions.length === 0) return before.request;
  const where = [counting.where, ...placed.conditions].map((condition) => `(${condition})`).join(' AND ');
  return { ...before.request, counting: { ...counting, at: placed.at, where } };
}

function placeAfter(old: Counting, placed: Placed, { begins, request: { counting } }: Held): Placed {
  if (!sameRecords(old, counting)) return { at: counting.at, conditions: [] };
  if (old.at === counting.at) return placed;
  const since = `toDateTime64('${begins}-01 00:00:00', 3, {tz:String})`;
  return {
    at: `greatest(${counting.at}, ${since})`,
    conditions: [...placed.conditions, `${placed.at} >= ${since}`],
  };
}

const sameRecords = (one: Counting, other: Counting): boolean =>
  one.relation === other.relation && one.span === 'within' && other.span === 'within';
