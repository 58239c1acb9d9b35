import i18next from 'i18next';
import { expect, test } from 'vitest';
import { auditActionsEn } from './auditActionsEn.ts';
import { auditActionsZh } from './auditActionsZh.ts';
import { en } from './en.ts';
import { enInside } from './enInside.ts';
import { preferredLanguage } from './language.ts';
import { plural } from './plural.ts';
import { zh } from './zh.ts';
import { zhInside } from './zhInside.ts';

function leaves(part: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(part)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [below, text] of leaves(value, `${path}${key}.`)) found.set(below, text);
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const chinese = leaves({ ...zh, ...zhInside, auditActions: auditActionsZh });
const english = leaves({ ...en, ...enInside, auditActions: auditActionsEn });

test('both languages have the same keys', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

test('both languages fill in the same values', () => {
  for (const [key, text] of chinese)
    expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)]);
});

test('English says one thing and several rightly, by a number that the sentence gives', async () => {
  const marks = /\{\{(\w+), plural\(one: ([^;{}()]+); more: ([^;{}()]+)\)\}\}/g;
  for (const [key, text] of english) {
    expect([key, text.match(/plural\(/g)?.length ?? 0]).toEqual([key, text.match(marks)?.length ?? 0]);
    for (const [, name] of text.matchAll(marks))
      expect([key, placeholders(text)]).toEqual([key, expect.arrayContaining([name])]);
  }
  const reader = i18next.createInstance();
  await reader.init({ lng: 'en', resources: { en: { translation: en } } });
  reader.services.formatter?.add('plural', plural);
  expect(reader.t('calendar.span', { first: 'a', last: 'b', days: 1 })).toBe('a to b, 1 day');
  expect(reader.t('calendar.span', { first: 'a', last: 'b', days: '2' })).toBe('a to b, 2 days');
});

test('no text is empty, and English has no Chinese but its own name and the other language', () => {
  for (const [key, text] of [...chinese, ...english]) expect([key, text.trim()]).not.toEqual([key, '']);
  const mixed = [...english].filter(
    ([key, text]) => /\p{Script=Han}/u.test(text) && !['brand.name', 'nav.language'].includes(key),
  );
  expect(mixed).toEqual([]);
});

test('one space stands between Chinese and Latin letters or digits', () => {
  const tight = [...chinese].filter(([, text]) => /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(text));
  expect(tight).toEqual([]);
});

test('Chinese comes first unless the reader chose or speaks only something else', () => {
  expect(preferredLanguage(null, [])).toBe('zh');
  expect(preferredLanguage(null, ['en-US', 'zh-CN'])).toBe('zh');
  expect(preferredLanguage(null, ['en-US'])).toBe('en');
  expect(preferredLanguage('zh', ['en-US'])).toBe('zh');
  expect(preferredLanguage('fr', ['en-US'])).toBe('en');
});
