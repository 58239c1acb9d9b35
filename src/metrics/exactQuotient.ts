/**
 * p ÷ q as decimal text: to `digits` significant digits, half away from zero; digits before the point are never rounded.
 * The integers that stores sum are too large for floats, and there are hundreds of thousands of them in an answer: bigints, no library.
 */
export function exactQuotient(p: bigint, q: bigint, digits: number): string {
  if (q === 0n) throw new RangeError('no quotient by zero');
  if (q === 1n) return p.toString();
  const negative = p < 0n !== q < 0n && p !== 0n;
  const text = quotient(magnitude(p), magnitude(q), digits);
  return negative ? `-${text}` : text;
}

const magnitude = (n: bigint) => (n < 0n ? -n : n);

function quotient(p: bigint, q: bigint, digits: number): string {
  const whole = p / q;
  if (whole * q === p) return whole.toString();
  const places = whole === 0n ? digits + leadingZeros(p, q) : Math.max(0, digits - whole.toString().length);
  const rounded = (p * tenTo(places) * 2n + q) / (2n * q);
  const text = rounded.toString().padStart(places + 1, '0');
  const point = text.length - places;
  let end = text.length;
  while (end > point && text.charCodeAt(end - 1) === 48) end -= 1;
  return end === point ? text.slice(0, point) : `${text.slice(0, point)}.${text.slice(point, end)}`;
}

/** Zeros between the point and the first digit of p ÷ q, where p < q. */
function leadingZeros(p: bigint, q: bigint): number {
  let zeros = 0;
  for (let scaled = p * 10n; scaled < q; scaled *= 10n) zeros += 1;
  return zeros;
}

const powers: bigint[] = [1n];
function tenTo(exponent: number): bigint {
  for (let last = powers.length - 1; last < exponent; last++) powers.push((powers[last] ?? 1n) * 10n);
  return powers[exponent] ?? 1n;
}
