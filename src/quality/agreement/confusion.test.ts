import { describe, expect, it } from 'vitest';
import type { Rubric } from '../rubrics/rubricSchema.ts';
import { confusionOf, judgedKinds } from './confusion.ts';

const talk = (sessionId: string, looked: string[], found: string[]) => ({
  ...{ sessionId, looked: new Set(looked), found: new Set(found) },
});
const name = { zh: '名', en: 'name' };

describe('rules beside people', () => {
  const rules = [
    { id: 'rude', incident: 'abuse' },
    { id: 'swears', incident: 'abuse' },
    { id: 'leak', incident: 'data_leak' },
  ];
  const hits = new Map([
    ['1', new Set(['rude'])],
    ['2', new Set(['swears', 'leak'])],
    ['3', new Set<string>()],
  ]);

  it('counts both, either and neither where a person looked for that kind; rules of one kind also together', () => {
    const judged = [
      ...[talk('1', ['abuse'], ['abuse']), talk('2', ['abuse'], []), talk('3', ['abuse'], ['abuse'])],
      talk('4', ['abuse'], []),
    ];
    const rows = confusionOf(judged, hits, rules);
    expect(
      rows.map(({ rule, both, ruleOnly, personOnly, neither }) => [rule, both, ruleOnly, personOnly, neither]),
    ).toEqual([
      [null, 1, 1, 1, 1],
      ['rude', 1, 0, 1, 2],
      ['swears', 0, 1, 2, 1],
    ]);
    // Wilson: one of two.
    expect(rows[0]?.precision?.percent).toBe(50);
    expect(rows[0]?.precision?.low).toBeCloseTo(9.4531, 3);
    expect(rows[0]?.recall?.high).toBeCloseTo(90.5469, 3);
    expect(rows[2]?.precision).toMatchObject({ percent: 0 });
  });

  it('nothing hit is no precision, nothing found no recall, nothing looked for no row', () => {
    const [row, ...more] = confusionOf([talk('3', ['data_leak'], [])], hits, rules);
    expect(row).toMatchObject({ rule: 'leak', neither: 1, precision: null, recall: null });
    expect(more).toEqual([]);
  });

  it('an item that did not apply was not looked for; the best level finds nothing', () => {
    const levels = [
      { id: 'fine', name, points: '1' },
      { id: 'bad', name, points: '0', severity: 'major' as const },
    ];
    const items = (['abuse', 'threat', 'mockery'] as const).map((incident) => ({
      id: incident,
      name,
      incident,
      levels,
    }));
    const rubric: Rubric = {
      id: 'r',
      name,
      scope: 'conversation',
      categories: [{ id: 'c', name, weight: '100', items }],
    };
    const marks = { abuse: { level: 'bad' }, threat: { level: 'fine' }, mockery: { level: 'na' } };
    expect(judgedKinds(rubric, marks)).toEqual({ looked: new Set(['abuse', 'threat']), found: new Set(['abuse']) });
  });
});
