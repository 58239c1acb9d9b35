import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRule } from '../src/quality/rules/readRule.ts';
import { ruleJsonSchema } from '../src/quality/rules/ruleJsonSchema.ts';
import type { Condition } from '../src/quality/rules/ruleSchema.ts';
import { issuesOf } from '../src/web/rules/issuesOf.ts';
import { groupOf, type Schema, shapeOf, skeleton, variantOf } from '../src/web/yamlForm/schemaShape.ts';
import { addTo, groupAt, isRecord, type Raw, rawAt, readText, setAt } from '../src/web/yamlForm/yamlText.ts';

const root = JSON.parse(JSON.stringify(ruleJsonSchema())) as Schema;
const shape = shapeOf(root.properties?.when ?? {}, root);
const variants = shape.kind === 'variants' ? shape.variants : [];
const folder = new URL('../rules/', import.meta.url);
const lists = new Set(readdirSync(new URL('words/', folder)).map((name) => name.replace('.yaml', '')));
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);

test('every kind of condition is offered once, by the word that tells it', () => {
  const kinds = [
    'words',
    'phrases',
    'lacks',
    'contact',
    'abuseAtLeast',
    'feeling',
    'negativeAbovePercent',
    'unanswered',
  ];
  const more = [
    'cannedFirstReply',
    'silentBeforeClose',
    'replySlowerThan',
    'messageKind',
    'scene',
    'all',
    'any',
    'not',
  ];
  expect(variants.map(({ name }) => name)).toEqual([...kinds, ...more, 'repeated']);
});

describe.each(shipped)('%s', (_, text) => {
  test('is told by its kinds, and keeps its comments and its meaning through an edit', () => {
    const reading = readText(text);
    if (!('raw' in reading)) throw new Error('no YAML');
    const visit = (value: Raw): void => {
      const found = variantOf(value, variants);
      expect([value, found?.name]).toEqual([value, expect.any(String)]);
      for (const child of childrenOf(value)) visit(child);
    };
    visit(rawAt(reading.raw, ['when']));
    const edited = setAt(text, ['name', 'zh'], '123', 'words');
    expect(edited.split('\n').filter((line) => line.startsWith('#'))).toEqual(
      text.split('\n').filter((line) => line.startsWith('#')),
    );
    const before = readRule(text, lists).rule;
    expect(readRule(edited, lists).rule).toEqual({ ...before, name: { ...before?.name, zh: '123' } });
  });
});

const childrenOf = (value: Raw): readonly Raw[] =>
  isRecord(value)
    ? [value.all, value.any]
        .flatMap((list) => (Array.isArray(list) ? list : []))
        .concat([value.not ?? [], value.repeated ?? []].flat())
    : [];

test('a condition as it is added, filled in, is a rule; until then what lacks is told at its place', () => {
  const text = shipped.find(([name]) => name === 'negative_words.yaml')?.[1] ?? '';
  const unanswered = variants.find(({ name }) => name === 'unanswered')?.schema ?? {};
  const added = addTo(text, ['when', 'all'], skeleton(unanswered, root));
  const when = readRule(added, lists).rule?.when as Extract<Condition, { all: unknown }>;
  expect(when.all.at(-1)).toEqual({ unanswered: true });
  const phrases = variants.find(({ name }) => name === 'phrases')?.schema ?? {};
  const empty = addTo(text, ['when', 'all'], skeleton(phrases, root));
  expect(issuesOf(empty, lists, 'negative_words').map(({ path }) => path)).toEqual(['when.all[2].phrases']);
  const filled = setAt(empty, ['when', 'all', 2, 'phrases'], ['12315', '我要投诉'], 'words');
  expect(issuesOf(filled, lists, 'negative_words')).toEqual([]);
  expect(issuesOf(filled, lists, 'another').map(({ code }) => code)).toEqual(['id.other']);
});

test('a condition that becomes a group is the first of it, with its comment; a group that becomes another keeps its parts', () => {
  const text = 'when:\n  # whoever says it\n  phrases: [再见, 12315]\n  by: agent\n';
  const named = (name: string) => variants.find((each) => each.name === name);
  const union = root.properties?.when ?? {};
  const [all, any, phrases] = [named('all'), named('any'), named('phrases')].map((each) =>
    each ? groupOf(each, union) : null,
  );
  expect([all, any, phrases]).toEqual(['all', 'any', null]);
  const grouped = groupAt(text, ['when'], 'all', null);
  const first = { phrases: ['再见', '12315'], by: 'agent' };
  expect(readText(grouped)).toEqual({ raw: { when: { all: [first] } } });
  expect(grouped).toContain('# whoever says it');
  expect(readText(groupAt(grouped, ['when'], 'any', 'all'))).toEqual({ raw: { when: { any: [first] } } });
});
