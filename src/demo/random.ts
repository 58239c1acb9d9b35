/** A seeded stream of pseudo-random numbers: the same seed and the same calls give the same values on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [low, high], both included. */
  int(low: number, high: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T;
  /** Mean 0, standard deviation 1, bounded to ±3.5. */
  normal(): number;
  exponential(mean: number): number;
  /** Log-normal with the given mean (not median). */
  logNormal(mean: number, sigma: number): number;
  poisson(mean: number): number;
  /** An independent stream: what one part of the demo draws never shifts another. */
  fork(label: string): Random;
}

/** sfc32 by Chris Doty-Humphrey, seeded through a 32-bit string hash. */
export function seededRandom(seed: number | string): Random {
  let [a, b, c, counter] = [hash(`a${seed}`), hash(`b${seed}`), hash(`c${seed}`), 1];
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let warm = 0; warm < 12; warm++) next();

  const random: Random = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (from) => at(from, Math.floor(next() * from.length)),
    shuffled: (from) => {
      const copy = [...from];
      for (let k = copy.length - 1; k > 0; k--) {
        const other = random.int(0, k);
        [copy[k], copy[other]] = [at(copy, other), at(copy, k)];
      }
      return copy;
    },
    weighted: (from) => {
      let left = next() * from.reduce((sum, entry) => sum + entry.weight, 0);
      for (const entry of from) {
        left -= entry.weight;
        if (left < 0) return entry;
      }
      return at(from, from.length - 1);
    },
    normal: () => {
      let sum = 0;
      for (let k = 0; k < 12; k++) sum += next();
      return Math.max(-3.5, Math.min(3.5, sum - 6));
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
    logNormal: (mean, sigma) => mean * Math.exp(sigma * random.normal() - (sigma * sigma) / 2),
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let product = next();
      let count = 0;
      while (product > limit) {
        product *= next();
        count++;
      }
      return count;
    },
    fork: (label) => seededRandom(`${seed}/${label}`),
  };
  return random;
}

function at<T>(from: readonly T[], index: number): T {
  if (index >= from.length) throw new Error('picked from an empty list');
  return from[index] as T;
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
