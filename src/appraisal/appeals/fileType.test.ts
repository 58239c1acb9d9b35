import { expect, it } from 'vitest';
import { fileType, safeName } from './fileType.ts';

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

it.each([
  ['image/png', bytes(0x89, 'PNG\r\n', 0x1a, '\n…')],
  ['image/jpeg', bytes(0xff, 0xd8, 0xff, 0xe0)],
  ['image/webp', bytes('RIFF1234WEBPVP8 ')],
  ['application/pdf', bytes('%PDF-1.7\n')],
  ['text/plain', bytes('2026-10-12 系统故障\r\n\t详情')],
])('%s is told by its first bytes', (type, content) => {
  expect(fileType(content)).toBe(type);
});

it.each([
  ['a program', bytes('MZ', 0, 1)],
  ['nothing', bytes('')],
  ['text with an escape', bytes('\u001b[2J')],
  ['bytes that are no UTF-8', bytes(0xc3, 0x28)],
])('%s is refused', (_, content) => {
  expect(fileType(content)).toBe(null);
});

it('a page of HTML is text, and is named and sent as such', () => {
  expect(fileType(bytes('<script>alert(1)</script>'))).toBe('text/plain');
  expect(safeName('a/b\\evil".html', 'text/plain')).toBe('evil.txt');
  expect(safeName('.png', 'image/png')).toBe('file.png');
});
