import { scaleOf } from '../src/quality/text/linearModel.ts';

/** The margin of a text is the sum of its features' weights times its scale, plus the bias. */
export interface LinearWeights {
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface NbSvmOptions {
  /** Added to every count before the log ratio. */
  readonly smoothing: number;
  /** Upper bound of the dual variables: the smaller, the more regular. */
  readonly cost: number;
  readonly rounds: number;
  readonly seed: number;
}

/**
 * NB-SVM: binary features times their naive Bayes log ratio, then an L2-regularised squared-hinge SVM by dual coordinate descent
 * (Hsieh et al. 2008). The same input and seed give the same weights.
 */
export function trainNbSvm(
  rows: readonly Int32Array[],
  labels: readonly (0 | 1)[],
  features: number,
  options: NbSvmOptions,
): LinearWeights {
  const ratios = logRatios(rows, labels, features, options.smoothing);
  const scales = rows.map((row) => scaleOf(row.length));
  const norms = rows.map((row, i) => {
    let sum = 0;
    for (const feature of row) sum += (ratios[feature] as number) ** 2;
    return sum * (scales[i] as number) ** 2;
  });
  const weights = new Float64Array(features);
  let bias = 0;
  const duals = new Float64Array(rows.length);
  const order = Int32Array.from(rows.keys());
  const diagonal = 0.5 / options.cost;
  const random = randomOf(options.seed);
  for (let round = 0; round < options.rounds; round++) {
    shuffle(order, random);
    for (const i of order) {
      const row = rows[i] as Int32Array;
      const scale = scales[i] as number;
      const sign = labels[i] === 1 ? 1 : -1;
      let margin = 0;
      for (const feature of row) margin += (weights[feature] as number) * (ratios[feature] as number);
      margin = margin * scale + bias;
      const old = duals[i] as number;
      const gradient = sign * margin - 1 + diagonal * old;
      const fresh = Math.max(0, old - gradient / ((norms[i] as number) + 1 + diagonal));
      if (fresh === old) continue;
      duals[i] = fresh;
      const step = (fresh - old) * sign;
      for (const feature of row)
        weights[feature] = (weights[feature] as number) + step * scale * (ratios[feature] as number);
      bias += step;
    }
  }
  return { weights: weights.map((weight, i) => weight * (ratios[i] as number)), bias };
}

function logRatios(
  rows: readonly Int32Array[],
  labels: readonly (0 | 1)[],
  features: number,
  smoothing: number,
): Float64Array {
  const counts = [new Float64Array(features).fill(smoothing), new Float64Array(features).fill(smoothing)] as const;
  rows.forEach((row, i) => {
    const count = counts[labels[i] as 0 | 1];
    for (const feature of row) count[feature] = (count[feature] as number) + 1;
  });
  const [negative, positive] = counts.map((count) => count.reduce((sum, value) => sum + value, 0)) as [number, number];
  return counts[1].map((count, i) => Math.log(count / positive) - Math.log((counts[0][i] as number) / negative));
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}

/** mulberry32 */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
