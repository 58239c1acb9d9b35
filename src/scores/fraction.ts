/**
 * Exact numbers for scores. Weights such as 55/3 and quotients such as 82/85 have no finite decimal, and a total that
 * lies on a grade's edge must not depend on where digits were cut off: so sums stay fractions until they are rounded once.
 */
export interface Fraction {
  readonly n: bigint;
  /** Always positive; not necessarily in lowest terms. */
  readonly d: bigint;
}

export const zero: Fraction = { n: 0n, d: 1n };
export const one: Fraction = { n: 1n, d: 1n };

const pattern = /^(-?)(\d{1,40})(?:\.(\d{1,60}))?(?:\/(\d{1,40})(?:\.(\d{1,60}))?)?$/;

/** Reads `20`, `18.75`, `-0.5` or `55/3`. Throws RangeError for anything else and for a zero divisor. */
export function fraction(text: string): Fraction {
  const found = pattern.exec(text);
  if (!found) throw new RangeError(`not a decimal or a fraction: ${text.slice(0, 40)}`);
  const [, sign, whole, decimals = '', divisor, divisorDecimals = ''] = found;
  const top = { n: BigInt(`${sign}${whole}${decimals}`), d: powerOfTen(decimals.length) };
  if (divisor === undefined) return top;
  return divide(top, { n: BigInt(divisor + divisorDecimals), d: powerOfTen(divisorDecimals.length) });
}

export function isFraction(text: string): boolean {
  const divisor = pattern.exec(text);
  return divisor !== null && !(divisor[4] !== undefined && /^0+$/.test(divisor[4] + (divisor[5] ?? '')));
}

export const add = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? lowest(a.n + b.n, a.d) : lowest(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
export const multiply = (a: Fraction, b: Fraction): Fraction =>
  a === one ? b : b === one ? a : lowest(a.n * b.n, a.d * b.d);

export function divide(a: Fraction, b: Fraction): Fraction {
  if (b.n === 0n) throw new RangeError('division by zero');
  return b.n > 0n ? lowest(a.n * b.d, a.d * b.n) : lowest(-a.n * b.d, -a.d * b.n);
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const min = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
export const sum = (all: Iterable<Fraction>): Fraction => {
  let total = zero;
  for (const each of all) total = add(total, each);
  return total;
};

/** Rounded half away from zero to so many decimals, as `92.63`; always shows all of them. */
export function toFixed(value: Fraction, decimals: number): string {
  const negative = value.n < 0n;
  const scaled = (negative ? -value.n : value.n) * powerOfTen(decimals);
  const digits = ((2n * scaled + value.d) / (2n * value.d)).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

const powers = Array.from({ length: 41 }, (_, exponent) => 10n ** BigInt(exponent));
const powerOfTen = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);

/** The decimal without trailing zeros; exact where it ends within 34 decimals, rounded half up there otherwise. */
export function toDecimal(value: Fraction): string {
  if (value.d === 1n) return value.n.toString();
  // Most amounts end after a few decimals, and a short division tells.
  const short = value.n * shortScale;
  const text =
    short % value.d === 0n ? toFixed({ n: short / value.d, d: shortScale }, shortDecimals) : toFixed(value, 34);
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end -= 1;
  return text.slice(0, text.charCodeAt(end - 1) === 46 ? end - 1 : end);
}

const shortDecimals = 8;
const shortScale = powerOfTen(shortDecimals);
const longFrom = powerOfTen(40);

/** Reducing costs more than it saves until the digits pile up. */
function lowest(n: bigint, d: bigint): Fraction {
  if (n === 0n) return zero;
  if (d < longFrom) return { n, d };
  let a = n < 0n ? -n : n;
  let b = d;
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 1n ? { n, d } : { n: n / a, d: d / a };
}
