import { expect, test } from 'vitest';
import { base32, codeOfStep, otpauthUri, stepOfCode } from './totp.ts';

/** RFC 6238, appendix B: secret, seconds, and the last six of the eight digits printed there. */
const secret = Buffer.from('12345678901234567890');

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %s the code is that of the standard', (seconds, code) => {
  const step = Math.floor(seconds / 30);
  expect(codeOfStep(secret, step)).toBe(code);
  expect(stepOfCode(secret, code, seconds * 1000)).toBe(step);
});

test('a code is good for its half minute and its two neighbours, and nothing else is a code', () => {
  const at = 1111111109_000;
  const step = Math.floor(at / 30_000);
  const found = [-2, -1, 0, 1, 2].map((off) => stepOfCode(secret, codeOfStep(secret, step + off), at));
  expect(found).toEqual([null, step - 1, step, step + 1, null]);
  for (const wrong of ['', '81804', '0818040', 'abcdef', '０８１８０４', '081805']) {
    expect(stepOfCode(secret, wrong, at)).toBeNull();
  }
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %s is that of RFC 4648', (text, coded) => expect(base32(Buffer.from(text))).toBe(coded));

test('an address cannot add anything to what the app reads', () => {
  expect(otpauthUri(Buffer.from('foobar'), 'a&issuer=x?@b.example')).toBe(
    'otpauth://totp/Heng%3Aa%26issuer%3Dx%3F%40b.example?secret=MZXW6YTBOI&issuer=Heng',
  );
});
