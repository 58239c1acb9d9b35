import type { ScorecardItem } from '../../scores/schemas.ts';

/** Two-sided 95%. */
const z = 1.959964;

/** Wilson's interval of a share, as shares; it stays within 0 and 1 and is sound for small samples too. */
export function wilson(numerator: number, denominator: number): [number, number] {
  const share = numerator / denominator;
  const square = z * z;
  const middle = (share + square / (2 * denominator)) / (1 + square / denominator);
  const spread =
    (z / (1 + square / denominator)) *
    Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator * denominator));
  return [Math.max(0, middle - spread), Math.min(1, middle + spread)];
}

/**
 * The points that the same work could as well have brought, given how few records there are: a drawing aid that changes no
 * score. Only for shares held against one target in proportion; null for everything else.
 */
export function pointsInterval(item: ScorecardItem): [number, number] | null {
  if (item.status !== 'scored' || item.unit !== 'percent' || item.parts.length > 0) return null;
  const { value, target, numerator, denominator, attainment, effectiveWeight } = item;
  if (value === null || target === null || numerator === null || denominator === null) return null;
  if (attainment === null || effectiveWeight === null) return null;
  const [counted, all] = [Number(numerator), Number(denominator)];
  const isShare = all >= 1 && counted >= 0 && counted <= all && Math.abs((counted / all) * 100 - Number(value)) < 1e-6;
  if (!isShare) return null;
  const attain = (percent: number) => {
    const ratio = item.better === 'higher' ? percent / Number(target) : Number(target) / percent;
    return Math.min(1, ratio);
  };
  // Any other curve than the plain ratio would be drawn wrongly.
  if (Math.abs(attain(Number(value)) - Number(attainment)) > 1e-6) return null;
  const ends = wilson(counted, all).map((share) => attain(share * 100) * Number(effectiveWeight));
  return [Math.min(...ends), Math.max(...ends)];
}
