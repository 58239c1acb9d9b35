/** 1 ÷ the 75th percentile of the normal curve, and √(π/2): both make a spread comparable with a standard deviation. */
const madScale = 1.482602218505602;
const meanScale = 1.2533141373155003;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('the median of nothing');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/**
 * How far a value lies from the others, in robust standard deviations: (value − median) ÷ (1.4826 × MAD). Where more than half
 * are equal the MAD is 0 and the mean absolute deviation serves; null where all are equal: nobody differs.
 */
export function robustZ(value: number, peers: readonly number[]): number | null {
  const centre = median(peers);
  const deviations = peers.map((each) => Math.abs(each - centre));
  const mad = median(deviations) * madScale;
  const spread = mad > 0 ? mad : (deviations.reduce((sum, each) => sum + each, 0) / deviations.length) * meanScale;
  return spread > 0 ? (value - centre) / spread : null;
}
