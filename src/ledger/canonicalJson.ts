/**
 * JSON by RFC 8785: members sorted by UTF-16 code units, no spaces, numbers and strings as ECMAScript writes them. Members that are
 * undefined are left out. Throws RangeError for what JSON cannot say: other numbers than finite ones, half characters, functions.
 */
export function canonicalJson(value: unknown): string {
  const text = written(value);
  if (halfCharacter.test(text)) throw new RangeError('half a character in JSON');
  return text;
}

/** As JSON.stringify writes one: `\\u` and its digits after an even number of backslashes, which would be text. */
const halfCharacter = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

function written(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('a number that JSON cannot write');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError(`a ${typeof value} in JSON`);
  let members = '';
  // Without a comparison of its own sort() goes by UTF-16 code units.
  const object = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(value).sort()) {
    const each = object[name];
    if (each !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${written(each)}`;
  }
  return `{${members}}`;
}
