import type { Funnel } from '../../metrics/comparisonSchemas.ts';

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** 0..1 along the axis. */
  readonly at: (value: number) => number;
}

/** A scale of round steps around the values; never below 0 unless they are. */
export function axisOf(values: readonly number[], ticksAbout = 5): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || Math.abs(most) || 1;
  const raw = span / ticksAbout;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((each) => each * power >= raw) ?? 10) * power;
  const low = Math.floor(least / step) * step;
  const high = Math.max(low + step, Math.ceil(most / step) * step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toPrecision(12)));
  return { low, high, ticks, at: (value) => (value - low) / (high - low) };
}

export type Limit = 'low95' | 'high95' | 'low998' | 'high998';

export interface PlacedFunnel {
  readonly x: Axis;
  readonly y: Axis;
  readonly line: (limit: Limit) => string;
}

/** The scales of a funnel, and its limits as lines in a square of 1000 by 1000 with y downwards. */
export function placeFunnel(funnel: Pick<Funnel, 'points' | 'limits' | 'centre'>): PlacedFunnel {
  const { points, limits, centre } = funnel;
  const x = axisOf([...points.map(({ volume }) => volume), ...limits.map(({ volume }) => volume)]);
  // Limits at tiny volumes reach far; the people decide how much of them is shown.
  const reach = Math.max(...points.map(({ value }) => Math.abs(value - centre))) * 1.25 || Math.abs(centre) || 1;
  const near = (value: number) => Math.min(centre + reach * 1.4, Math.max(centre - reach * 1.4, value));
  const shown = limits.flatMap(({ low998, high998 }) => [near(low998), near(high998)]);
  const y = axisOf([...points.map(({ value }) => value), ...shown, centre]);
  const line = (limit: Limit) =>
    limits
      .map((each) => `${(x.at(each.volume) * 1000).toFixed(1)},${((1 - y.at(each[limit])) * 1000).toFixed(1)}`)
      .join(' ');
  return { x, y, line };
}

/** How many people lie where. */
export function countPlaces(points: Funnel['points']): Record<Funnel['points'][number]['place'], number> {
  const counts = { within: 0, outside95: 0, outside998: 0 };
  for (const { place } of points) counts[place] += 1;
  return counts;
}
