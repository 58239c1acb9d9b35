import { wilson } from '../../metrics/interval.ts';
import { tQuantile } from '../../metrics/intervalQuantiles.ts';

/** One score that one rater gave one record. */
export interface Given {
  readonly rater: string;
  readonly record: string;
  readonly score: number;
  /** When it was given. */
  readonly atMs: number;
}

/** Wider than this, and the record is talked about and scored again (S4). */
export const spreadMax = 9;
/** A score within this of the agreed one is accurate. */
export const accurateWithin = 5;

/** Highest minus lowest score, and the median, which is what counts; null with fewer than two scores. */
export function spreadOf(scores: readonly number[]): { spread: number; median: number; tooWide: boolean } | null {
  if (scores.length < 2) return null;
  const sorted = [...scores].sort((a, b) => a - b);
  const spread = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  return { spread, median: medianOf(sorted), tooWide: spread > spreadMax };
}

export function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** The share of a rater's scores within ±5 of the agreed ones, with Wilson's interval; null where nothing was agreed on. */
export function accuracyOf(given: readonly Given[], agreed: ReadonlyMap<string, number>) {
  const compared = given.flatMap(({ record, score }) => {
    const right = agreed.get(record);
    return right === undefined ? [] : [Math.abs(score - right) <= accurateWithin];
  });
  if (compared.length === 0) return null;
  const within = compared.filter(Boolean).length;
  return { within, of: compared.length, value: within / compared.length, interval: wilson(within, compared.length) };
}

export interface Tendency {
  readonly value: number;
  /** 95% by t; null where the scores allow none. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly of: number;
}

/** How far a rater's scores differ from the reference: the agreed score of a record, else the mean of its other raters. */
export function differencesOf(all: readonly Given[], rater: string, agreed: ReadonlyMap<string, number> = new Map()) {
  return all.flatMap(({ rater: who, record, score, atMs }) => {
    if (who !== rater) return [];
    const others = all.filter((each) => each.record === record && each.rater !== rater);
    const reference = agreed.get(record) ?? meanOf(others.map((each) => each.score));
    return reference === null ? [] : [{ difference: score - reference, atMs }];
  });
}

/** Mean difference from the reference in points: below 0 strict, above 0 lenient. Null where nobody else scored the same records. */
export function severityOf(differences: readonly { difference: number }[]): Tendency | null {
  const values = differences.map((each) => each.difference);
  const mean = meanOf(values);
  if (mean === null) return null;
  if (values.length < 3) return { value: mean, interval: null, of: values.length };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const reach = tQuantile(0.975, values.length - 1) * Math.sqrt(variance / values.length);
  return { value: mean, interval: [mean - reach, mean + reach], of: values.length };
}

const dayMs = 86_400_000;
const monthMs = 30 * dayMs;
/** Scores of a single sitting say nothing of how somebody changes over months. */
const driftSpanMs = 7 * dayMs;

/** By how many points per 30 days the difference grows (least squares); null with fewer than four scores, or all within a week. */
export function driftOf(differences: readonly { difference: number; atMs: number }[]): Tendency | null {
  const n = differences.length;
  const instants = differences.map(({ atMs }) => atMs);
  if (n < 4 || Math.max(...instants) - Math.min(...instants) < driftSpanMs) return null;
  const times = differences.map(({ atMs }) => atMs / monthMs);
  const values = differences.map(({ difference }) => difference);
  const [time, value] = [meanOf(times), meanOf(values)];
  if (time === null || value === null) return null;
  const tt = times.reduce((sum, t) => sum + (t - time) ** 2, 0);
  const slope = times.reduce((sum, t, i) => sum + (t - time) * ((values[i] ?? value) - value), 0) / tt;
  const rest = times.reduce((sum, t, i) => sum + ((values[i] ?? value) - value - slope * (t - time)) ** 2, 0);
  const reach = tQuantile(0.975, n - 2) * Math.sqrt(rest / (n - 2) / tt);
  return { value: slope, interval: [slope - reach, slope + reach], of: n };
}

export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
