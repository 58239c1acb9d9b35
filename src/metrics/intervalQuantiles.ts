/**
 * The distributions behind intervals and control limits, each from its textbook series: Lanczos for the gamma function,
 * continued fractions for the incomplete beta and gamma functions (Press et al., Numerical Recipes, ch. 6). Quantiles by bisection:
 * slow, and right to twelve digits. Pure; probabilities are 0..1.
 */
const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const at = x - 1;
  const base = at + lanczos.length - 0.5;
  const series = lanczos.reduce((sum, coefficient, i) => sum + coefficient / (at + i + 1), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(series);
}

const tiny = 1e-300;
const enough = 1e-15;
const termsMax = 2000;

/** I_x(a, b): the share of a beta distribution below x. */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= termsMax; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < enough) break;
  }
  return value;
}

const awayFromZero = (x: number): number => (Math.abs(x) < tiny ? tiny : x);

/** P(a, x): the share of a gamma distribution below x. */
export function gammaShare(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(-x + a * Math.log(x) - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n <= termsMax && Math.abs(term) > Math.abs(sum) * enough; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * front;
  }
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i <= termsMax; i++) {
    const term = -i * (i - a);
    b += 2;
    d = 1 / awayFromZero(term * d + b);
    c = awayFromZero(b + term / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < enough) break;
  }
  return 1 - front * value;
}

export const tShare = (t: number, degrees: number): number => {
  const tail = betaShare(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
};
/** P(X ≤ k) of n trials of probability p. */
export const binomialShare = (k: number, n: number, p: number): number =>
  k < 0 ? 0 : k >= n ? 1 : betaShare(1 - p, n - k, k + 1);
/** P(X ≤ k) where `mean` are expected. */
export const poissonShare = (k: number, mean: number): number => (k < 0 ? 0 : 1 - gammaShare(k + 1, mean));

export const normalQuantile = (p: number): number =>
  p < 0.5 ? -normalQuantile(1 - p) : Math.sqrt(2 * gammaQuantile(2 * p - 1, 0.5));
export const tQuantile = (p: number, degrees: number): number =>
  p < 0.5 ? -tQuantile(1 - p, degrees) : bisect((t) => tShare(t, degrees), p);
/** The x below which the share p of a gamma distribution of shape a lies; half a chi-square of 2a degrees. */
export const gammaQuantile = (p: number, a: number): number => (p <= 0 ? 0 : bisect((x) => gammaShare(a, x), p));

/** Where a rising function reaches `level`, from 0 up. */
function bisect(share: (x: number) => number, level: number): number {
  let [low, high] = [0, 1];
  while (share(high) < level && high < 1e12) [low, high] = [high, high * 2];
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (share(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
