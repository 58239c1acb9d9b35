import type { Draw } from '../../metrics/seededDraws.ts';

/** A measure of agreement with its 95% interval; `interval` is null where too few units allow none. */
export interface Agreement {
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
  /** Units with two values or more: those that say anything about agreement. */
  readonly units: number;
}

const resamples = 1000;
/** Below this many units a resample says more about luck than about raters. */
const unitsMin = 5;

/**
 * The statistic of all units, and the middle 95% of what it is on resamples of the units (percentile bootstrap). Null where the
 * statistic itself is undefined. Resamples on which it is undefined are left out.
 */
export function withInterval<Unit>(
  units: readonly Unit[],
  statistic: (units: readonly Unit[]) => number | null,
  draw: Draw,
): Agreement | null {
  const value = statistic(units);
  if (value === null) return null;
  if (units.length < unitsMin) return { value, interval: null, units: units.length };
  const found: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const again = statistic(units.map(() => units[Math.floor(draw() * units.length)] as Unit));
    if (again !== null) found.push(again);
  }
  found.sort((a, b) => a - b);
  const at = (share: number) => found[Math.min(found.length - 1, Math.floor(share * found.length))];
  const [low, high] = [at(0.025), at(0.975)];
  return { value, interval: low === undefined || high === undefined ? null : [low, high], units: units.length };
}
