import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import { Framer } from './frame.ts';

/** Lines of GB18030, the middle one with a byte that is none and one with half a character at its end. */
const name = [0xc4, 0xe3, 0xba, 0xc3];
const file = Buffer.from([
  ...name,
  0x2c,
  0x61,
  10,
  ...name,
  0xff,
  0x2c,
  0x62,
  10,
  ...name,
  0x2c,
  0x63,
  0x81,
  10,
  // The sign for "replaced" may be in the text as well.
  0x84,
  0x31,
  0xa4,
  0x37,
  0x2c,
  0x64,
  10,
]);

async function framed(size: number, bytes: Buffer): Promise<string[]> {
  const framer = new Framer({ delimiter: 44, columns: 2, firstLine: 1 });
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const out: Buffer[] = [];
  for await (const text of decode(pieces())) out.push(framer.push(text));
  out.push(framer.end());
  return Buffer.concat(out).toString('utf8').trimEnd().split('\n');
}

test('damaged bytes of GB18030 reach the framing as damage, and cost their own line only', async () => {
  for (const size of [1, 3, 1 << 20]) {
    const lines = await framed(size, file);
    expect(
      lines.map((line) => line.split(',')[1]?.replaceAll('"', '')),
      `pieces of ${size}`,
    ).toEqual(['', 'badEncoding', 'badEncoding', '']);
    expect([lines[0], lines[3]]).toEqual(['1,,,你好,a', '4,,,\ufffd,d']);
  }
});

test('a file of GB18030 larger than the guess needs comes out the same, however it is cut', async () => {
  const many = Buffer.concat([...Array.from({ length: 30_000 }, () => file.subarray(0, 7)), file, file.subarray(0, 6)]);
  const [first, ...others] = await Promise.all([1 << 20, 1000, 65_537].map((size) => framed(size, many)));
  expect(first).toHaveLength(30_005);
  expect(first?.filter((line) => line.includes('badEncoding'))).toHaveLength(2);
  expect(first?.at(-1)).toBe('30005,,,你好,a');
  for (const other of others) expect(other).toEqual(first);
});
