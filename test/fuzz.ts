import { z } from 'zod';
import type { Draw } from '../src/metrics/seededDraws.ts';

/** How many cases a fuzz runs: few in `npm test`, `HENG_FUZZ=20000` for a long look. The seed is fixed, so a failure can be repeated. */
export const budget = (usual: number): number => Number(process.env.HENG_FUZZ ?? usual);

/** A value that no schema asks for, and that something along the way may stumble over. */
export const marker = '<script>heng()</script>';
const nastyTexts = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\ufeff',
    '\u202e',
    '\r\nset-cookie: x=1',
    '\t',
    '\u2028',
  ],
  ...[
    marker,
    '"><img src=x onerror=heng()>',
    "'; DROP TABLE members; --",
    "' OR 1=1 --",
    '$1',
    '{x:String}',
    '\\',
    '%',
    '_',
  ],
  ...['=1+1', '@SUM(A1)', '../../etc/passwd', '..%2f..', 'file:///etc/passwd', 'http://169.254.169.254/', '{{7*7}}'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'Infinity', '-0', '1e309'],
  ...[
    '9'.repeat(400),
    '-1',
    '2147483648',
    '9223372036854775808',
    '0x10',
    '١٢',
    '1,2',
    '2026-02-30',
    '0000-00',
    '9999-12',
  ],
  ...[
    '2026-13',
    '2026-Q9',
    '2026-10-12..2026-10-01',
    '0001-01-01',
    '+010000-01-01T00:00:00Z',
    'x'.repeat(70_000),
    '🀄'.repeat(3000),
  ],
];
const deep = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);
/** Own keys of these names, as JSON brings them. */
const polluting: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
const nastyValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 1.5, -0, 1e308, -1e308, 1e21, 2147483648, 9007199254740992, 0.1],
  ...[[], {}, [null], [[]], [{}], deep(400), polluting, [polluting], Array.from({ length: 2000 }, () => 0)],
];

export const pick = <Item>(items: readonly Item[], draw: Draw): Item =>
  items[Math.floor(draw() * items.length)] as Item;
export const nastyText = (draw: Draw): string => pick(nastyTexts, draw);
const nasty = (draw: Draw): unknown => (draw() < 0.5 ? nastyText(draw) : pick(nastyValues, draw));

export type Schema = Readonly<Record<string, unknown>>;
const objectOf = z.record(z.string(), z.unknown());
const asSchema = (value: unknown): Schema => objectOf.catch({}).parse(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * A value by its JSON Schema; every part of it is with `wild` something else. `known` has values by the name of a property that lead
 * further than any that are made up.
 */
export function generated(
  schema: Schema,
  context: {
    readonly draw: Draw;
    readonly wild: number;
    readonly refs: Schema;
    readonly known: (name: string) => readonly unknown[];
  },
  name = '',
  depth = 0,
): unknown {
  const { draw, wild, refs, known } = context;
  if (draw() < wild) return nasty(draw);
  if (typeof schema.$ref === 'string')
    return generated(asSchema(refs[schema.$ref.split('/').at(-1) ?? '']), context, name, depth);
  const others = [...listOf(schema.anyOf), ...listOf(schema.oneOf)];
  if (others.length > 0) return generated(asSchema(pick(others, draw)), context, name, depth);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return pick(schema.enum, draw);
  const good = known(name);
  const type = Array.isArray(schema.type) ? pick(schema.type, draw) : schema.type;
  if (type !== 'object' && type !== 'array' && good.length > 0 && draw() < 0.8) return pick(good, draw);
  switch (type) {
    case 'object': {
      const required = new Set(listOf(schema.required));
      const properties = Object.entries(asSchema(schema.properties)).filter(
        ([key]) => required.has(key) || draw() < 0.5,
      );
      const value: Record<string, unknown> = {};
      const put = (key: string, inner: unknown) =>
        Object.defineProperty(value, key, { value: inner, enumerable: true, configurable: true, writable: true });
      for (const [key, inner] of properties)
        put(key, depth > 6 ? null : generated(asSchema(inner), context, key, depth + 1));
      if (draw() < wild) put(nastyText(draw), nasty(draw));
      return value;
    }
    case 'array':
      return Array.from({ length: Math.floor(draw() * 3) + 1 }, () =>
        generated(asSchema(schema.items), context, name, depth + 1),
      );
    case 'integer':
    case 'number':
      return pick([0, 1, 2, 3, 10, 100], draw);
    case 'boolean':
      return draw() < 0.5;
    case 'null':
      return null;
    default:
      return pick(['x', '1', 'abc', '赵', '2026-10'], draw);
  }
}

/** JSON that is none, or barely. */
const strangeBodies = [
  ...['', '{', 'null', '"x"', '[1,', '\ufeff{}', '{"a":1,"a":2}', '1e999', '[[', '\u0000', '{"\\ud800":1}'],
  ...['['.repeat(50_000), `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, `{"text":"${'\\u0000'.repeat(100)}"}`],
];
export const strangeBody = (draw: Draw): string => pick(strangeBodies, draw);

/** Bytes that begin as `valid` does and then not quite: flipped, cut off, doubled, moved, or with something put in. */
export function mutated(valid: Buffer, draw: Draw): Buffer {
  let bytes = Buffer.from(valid);
  const at = () => Math.floor(draw() * (bytes.length + 1));
  for (let round = Math.floor(draw() * 4); round >= 0; round -= 1) {
    const [one, other] = [at(), at()].sort((a, b) => a - b) as [number, number];
    const [before, middle, after] = [bytes.subarray(0, one), bytes.subarray(one, other), bytes.subarray(other)];
    switch (Math.floor(draw() * 6)) {
      case 0:
        for (let n = 0; n < 4 && bytes.length > 0; n += 1)
          bytes[Math.min(at(), bytes.length - 1)] = Math.floor(draw() * 256);
        break;
      case 1:
        bytes = Buffer.from(before);
        break;
      case 2:
        bytes = Buffer.concat([before, after]);
        break;
      case 3:
        bytes = Buffer.concat([before, middle.subarray(0, 2000), middle.subarray(0, 2000), after]);
        break;
      case 4:
        bytes = Buffer.concat([after, middle, before]);
        break;
      default:
        bytes = Buffer.concat([before, Buffer.from(nastyText(draw)), Buffer.from(middle), after]);
    }
  }
  return bytes;
}
