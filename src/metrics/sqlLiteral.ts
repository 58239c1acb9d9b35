/**
 * The two forms in which a value that a person wrote enters the SQL of a metric: a text as its bytes in hexadecimal, a number as
 * its digits. Nothing in either can end it early, so there is nothing to escape.
 */
export function textLiteral(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `unhex('${bytes.join('')}')`;
}

/** Throws RangeError for anything but a whole number that both JavaScript and Int64 hold exactly. */
export function integerLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('no whole number for SQL');
  return `toInt64(${value})`;
}
