import { binomialShare, normalQuantile, poissonShare } from './intervalQuantiles.ts';

/** How far a figure may lie from everybody's by chance alone, at one volume. Shares and rates as fractions, means in their unit. */
export interface Limits {
  readonly low95: number;
  readonly high95: number;
  readonly low998: number;
  readonly high998: number;
}

/** What the limits of a funnel rest on: the rate of everybody, or their mean with the spread of single observations; `least`: what no figure is below. */
export type FunnelCentre =
  | { readonly kind: 'share'; readonly rate: number }
  | { readonly kind: 'events'; readonly rate: number }
  | { readonly kind: 'mean'; readonly mean: number; readonly deviation: number; readonly least: number };

/**
 * Control limits of a funnel plot (Spiegelhalter 2005, Funnel plots for comparing institutional performance): exact binomial or
 * Poisson limits, interpolated between counts so that they are a smooth line; for means mean ± z · deviation ÷ √volume.
 */
export function limitsAt(centre: FunnelCentre, volume: number): Limits {
  const at = (p: number): number => {
    switch (centre.kind) {
      case 'share':
        return countAt((k) => binomialShare(k, volume, centre.rate), p, centre.rate * volume, volume) / volume;
      case 'events':
        return countAt((k) => poissonShare(k, centre.rate * volume), p, centre.rate * volume, null) / volume;
      case 'mean':
        return Math.max(centre.least, centre.mean + (normalQuantile(p) * centre.deviation) / Math.sqrt(volume));
    }
  };
  return { low95: at(0.025), high95: at(0.975), low998: at(0.001), high998: at(0.999) };
}

/** r − α with r the smallest count of which P(X ≤ r) > p and α = (P(X ≤ r) − p) ÷ P(X = r); within 0 and the most there can be. */
function countAt(share: (k: number) => number, p: number, expected: number, most: number | null): number {
  let [low, high] = [-1, Math.max(1, Math.ceil(expected))];
  while (share(high) <= p) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (share(middle) > p) high = middle;
    else low = middle;
  }
  const above = (share(high) - p) / (share(high) - share(high - 1));
  return Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(0, high - above));
}

/** Whether somebody's figure lies where chance alone puts one in twenty, one in five hundred, or neither. */
export function placeOf(value: number, limits: Limits): 'within' | 'outside95' | 'outside998' {
  if (value < limits.low998 || value > limits.high998) return 'outside998';
  return value < limits.low95 || value > limits.high95 ? 'outside95' : 'within';
}
