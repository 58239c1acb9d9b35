import { randomUUID } from 'node:crypto';

/** Longer lists travel in the body: an address has its limits, and some proxies have narrower ones. */
const inAddressMax = 8000;
/** Of one field of the body, at most three bytes a character: the server refuses one of more than 128 KiB. */
const fieldMax = 30_000;

/** A statement whose long lists are fields of a form. */
export interface WithForm {
  readonly sql: string;
  readonly params: Record<string, unknown>;
  readonly body: string;
  readonly contentType: string;
}

/**
 * Takes lists that are too long for an address out of the parameters, into a form of as many fields as each needs, and has the statement
 * join them: `{ids:Array(String)}` becomes `arrayConcat({ids_0:…}, {ids_1:…})`. Values stay parameters. Null where nothing is too long.
 */
export function withForm(sql: string, params: Record<string, unknown>): WithForm | null {
  const fields: [name: string, value: string][] = [];
  const rest: Record<string, unknown> = {};
  let joined = sql;
  for (const [name, value] of Object.entries(params)) {
    const written = isList(value) ? value.map(element) : null;
    if (!written || lengthOf(written) <= inAddressMax) {
      rest[name] = value;
      continue;
    }
    const parts = chunks(written);
    fields.push(...parts.map((part, i) => [`${name}_${i}`, `[${part.join(',')}]`] as [string, string]));
    joined = joined.replaceAll(
      new RegExp(`\\{${name}:(Array\\([^}]*\\))\\}`, 'g'),
      (_, type: string) => `arrayConcat(${parts.map((_, i) => `{${name}_${i}:${type}}`).join(', ')})`,
    );
  }
  if (fields.length === 0) return null;
  const boundary = `heng-${randomUUID()}`;
  const written = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="param_${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    ...{ sql: joined, params: rest, contentType: `multipart/form-data; boundary=${boundary}` },
    body: `${written.join('')}--${boundary}--\r\n`,
  };
}

const isList = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each === 'number');

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', "'": "\\'", '\\': '\\\\' };

/** As the server reads an element of a list in a parameter. */
const element = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `'${value.replace(/[\t\n\r'\\]/g, (each) => escapes[each] ?? each)}'`;

const lengthOf = (written: readonly string[]): number => written.reduce((sum, { length }) => sum + length + 1, 0);

function chunks(written: readonly string[]): string[][] {
  const found: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const each of written) {
    length += each.length + 1;
    if (length > fieldMax) {
      found.push([]);
      length = each.length + 1;
    }
    found.at(-1)?.push(each);
  }
  return found;
}
