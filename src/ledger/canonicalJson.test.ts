import { expect, test } from 'vitest';
import { canonicalJson } from './canonicalJson.ts';

test('canonical JSON is that of RFC 8785: its sample of numbers, strings and literals, and its order of members', () => {
  const sample = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(sample)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const order = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.values(JSON.parse(canonicalJson(order)) as object)).toHaveLength(7);
  expect([...canonicalJson(order).matchAll(/:(\d)/g)].map(([, value]) => value).join('')).toBe('2467153');
});

test('what JSON cannot say is refused, never written as something else', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, [undefined], 1n, () => 1])
    expect(() => canonicalJson(value)).toThrow(RangeError);
  expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
  // Text that only looks like the escape of half a character.
  expect(canonicalJson(['\\ud800', '\\\\udc00', '😀'])).toBe('["\\\\ud800","\\\\\\\\udc00","😀"]');
  expect(() => canonicalJson('\\\ud800')).toThrow(RangeError);
});
