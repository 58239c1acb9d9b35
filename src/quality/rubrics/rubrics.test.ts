import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../platform/root.ts';
import type { Marks } from './marksSchema.ts';
import { itemsOf } from './points.ts';
import { readRubric } from './readRubric.ts';
import { rubricJsonSchema } from './rubricJsonSchema.ts';
import { mistakes, type Rubric, redLines } from './rubricSchema.ts';
import { scoreForm, strangeMarks } from './scoreForm.ts';

const folder = join(packageRoot, 'rubrics');
const shipped = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const file = (name: string) => readFileSync(join(folder, name), 'utf8');
function rubricOf(text: string): Rubric {
  const { rubric, issues } = readRubric(text);
  if (!rubric) throw new Error(JSON.stringify(issues));
  return rubric;
}
const all = (rubric: Rubric, level: (item: Rubric['categories'][0]['items'][0]) => string): Marks =>
  Object.fromEntries(itemsOf(rubric).map((item) => [item.id, { level: level(item), comment: '' }]));
const best = (rubric: Rubric) => all(rubric, ({ levels }) => levels[0]?.id ?? '');
const with_ = (marks: Marks, changed: Record<string, string>): Marks => ({
  ...marks,
  ...Object.fromEntries(Object.entries(changed).map(([id, level]) => [id, { level, comment: '' }])),
});

describe('shipped rubrics', () => {
  it.each(shipped)('%s has no issue, and an editor that checks it by the published schema finds none', (name) => {
    expect(readRubric(file(name)).issues).toEqual([]);
    const published = z.fromJSONSchema(JSON.parse(file('rubric.schema.json')));
    expect(published.safeParse(parse(file(name))).error).toBe(undefined);
    expect(published.safeParse({ ...parse(file(name)), colour: 'red' }).success).toBe(false);
  });

  it('the sixteen items of S3 and the red lines are all there, and a best form is worth 100.00', () => {
    const rubric = rubricOf(file('aftersales-16.yaml'));
    expect(itemsOf(rubric).map(({ incident }) => incident)).toEqual([...mistakes, ...redLines]);
    expect(scoreForm(rubric, best(rubric))).toMatchObject({
      status: 'scored',
      score: '100.00',
      findings: [],
      failed: [],
    });
  });
});

test('the published JSON Schema is the one the format gives (update: npx vitest run src/quality/rubrics -u)', async () => {
  // Lists of plain words on one line, as the formatter has them.
  const text = JSON.stringify(rubricJsonSchema(), null, 2).replace(
    /\[\s+("\w+"(?:,\s+"\w+")*)\s+\]/g,
    (whole, words: string) => (whole.length > 120 ? whole : `[${words.replace(/,\s+/g, ', ')}]`),
  );
  await expect(`${text}\n`).toMatchFileSnapshot('../../../rubrics/rubric.schema.json');
});

describe('scoring a form', () => {
  const rubric = rubricOf(file('aftersales-16.yaml'));

  it('minor and major lose their points and become findings', () => {
    const marks = with_(best(rubric), { language: 'minor', analysis: 'major', product: 'lost' });
    expect(scoreForm(rubric, marks)).toMatchObject({
      score: '94.00',
      findings: [
        { item: 'product', incident: 'product', severity: 'minor' },
        { item: 'language', incident: 'language', severity: 'minor' },
        { item: 'analysis', incident: 'analysis', severity: 'major' },
      ],
    });
  });

  it('what does not apply leaves both sums, exactly, and half a hundredth rounds up', () => {
    const marks = with_(best(rubric), {
      order_process: 'na',
      emotion: 'na',
      response_time: 'lost',
      resolution_time: 'lost',
    });
    expect(scoreForm(rubric, marks)).toMatchObject({ won: '88.00', of: '90.00', score: '97.78' });
    // 23 of 32 with the third part left out: 71.875.
    const text = file('single-reply.yaml')
      .replaceAll('points: 50', 'points: 16')
      .replaceAll('points: 30', 'points: 16');
    const third = text
      .replaceAll('points: 20', 'points: 68')
      .replaceAll('points: 25', 'points: 7')
      .replace('id: kind', 'id: kind\n        applies: sometimes');
    const half = scoreForm(rubricOf(third), with_({}, { right: 'partly', fitting: 'yes', kind: 'na' }));
    expect(half).toMatchObject({ won: '23.00', of: '32.00', score: '71.88' });
  });

  it('a red line makes the form 0.00 however good the rest is, and is a major finding', () => {
    const scored = scoreForm(rubric, with_(best(rubric), { off_platform: 'crossed' }));
    expect(scored).toMatchObject({ score: '0.00', won: '100.00', failed: ['off_platform'] });
    expect(scored).toMatchObject({ findings: [{ incident: 'off_platform', severity: 'major' }] });
  });

  it('an unfinished form has no score, and one on which nothing applies has none either', () => {
    const { language: _, ...rest } = best(rubric);
    expect(scoreForm(rubric, rest)).toEqual({ status: 'incomplete', missing: ['language'] });
    const nothing = rubricOf(
      `{id: x, name: {zh: 一, en: x}, scope: message, categories: [{id: c, name: {zh: 一, en: x}, weight: 100, items: [
        {id: i, name: {zh: 一, en: x}, applies: sometimes, levels: [{id: a, name: {zh: 一, en: x}, points: 100}, {id: b, name: {zh: 一, en: x}, points: 0}]}]}]}`,
    );
    expect(scoreForm(nothing, { i: { level: 'na', comment: '' } })).toEqual({ status: 'noData' });
  });

  it('marks of other rubrics, and na where an item always applies, are named with their place', () => {
    const marks = {
      ...with_(best(rubric), { language: 'na', listening: 'constructor' }),
      toString: { level: 'x', comment: '' },
    };
    expect(strangeMarks(rubric, marks)).toEqual([
      { path: 'marks.language.level', code: 'mark.alwaysApplies' },
      { path: 'marks.listening.level', code: 'mark.levelUnknown' },
      { path: 'marks.toString', code: 'mark.itemUnknown' },
    ]);
  });
});

describe('a rubric that does not fit', () => {
  it('every issue is told with its place: weights, levels, ids, severities', () => {
    const text = file('single-reply.yaml')
      .replace('weight: 100', 'weight: 99.99')
      .replace('points: 15', 'points: 30')
      .replace('id: kind', 'id: fitting')
      .replace('severity: minor', '')
      .replace('scope: message', 'scope: message\nfailsAt: 0');
    expect(readRubric(text).issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'categories weights.total',
      'categories[0].items weights.category',
      'categories[0].items[0].levels[1] level.severity',
      'categories[0].items[1].levels[1].points levels.order',
      'categories[0].items[2].id id.repeated',
      'failsAt failsAt.unused',
    ]);
    expect(readRubric(text).issues[0]?.message.zh).toContain('99.99');
  });

  it('a text that is no rubric, a bomb and an enormous one are answered in sentences, never thrown', () => {
    for (const text of [
      '',
      '- 1',
      'id: [',
      'a: &x [1]\nb: *x',
      'x'.repeat(300_000),
      '[['.repeat(5000),
      'id: 5\nweight: .inf',
    ])
      for (const { message } of readRubric(text).issues) expect(message.zh).not.toContain('{');
    expect(readRubric('').rubric).toBeNull();
  });
});
