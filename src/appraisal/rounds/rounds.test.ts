import { describe, expect, test } from 'vitest';
import { seededDraws } from '../../metrics/seededDraws.ts';
import { fraction, toFixed } from '../../scores/fraction.ts';
import type { Perspective } from './perspectives.ts';
import { raterStyles } from './raterStyle.ts';
import { anonymousRatings, type GivenRating, mixedSentences, resultOf, sentencesOf } from './resultOf.ts';
import { roundIssues } from './roundIssues.ts';
import { suggestRaters } from './suggestRaters.ts';
import { trimmedMean } from './trimmedMean.ts';

const both = (zh: string) => ({ zh, en: zh });
const levels = ['100', '80', '60', '40'].map((points) => ({ points, name: both(points), anchor: both(points) }));
const form = {
  name: both('互评'),
  asks: {
    kind: 'questions' as const,
    questions: ['help', 'share'].map((id) => ({ id, text: both(id), levels })),
  },
};
/** 1 is 100, 2 is 80, 3 is 60, 4 is 40. */
const rating = (rater: string, perspective: Perspective, help: string, share = help, comment = ''): GivenRating => ({
  ...{ rater, perspective, comment, answers: { help, share } },
});
const peers = (...marks: string[]) => marks.map((mark, i) => rating(`p${i + 1}`, 'peer', mark));

describe('the trimmed mean', () => {
  const of = (...values: string[]) => {
    const mean = trimmedMean(values.map(fraction));
    return mean && toFixed(mean, 4);
  };
  test('leaves out one highest and one lowest of five or more, and nothing of fewer', () => {
    expect(of('40', '80', '80', '100')).toBe('75.0000');
    expect(of('100', '40', '60', '80', '80')).toBe('73.3333');
    expect(of('100', '100', '40', '40', '80', '60')).toBe('70.0000');
    expect(of('50')).toBe('50.0000');
    expect(trimmedMean([])).toBe(null);
  });
});

describe('what a person is told', () => {
  test('a group of fewer than three is not shown and enters no total', () => {
    const result = resultOf(
      form,
      [...peers('1', '2', '3'), rating('o1', 'other', '4'), rating('o2', 'other', '4')],
      's',
    );
    expect(result.groups.map(({ perspective, value, raters }) => [perspective, value, raters])).toEqual([
      ['peer', '80.00', 3],
    ]);
    expect([result.total, result.raters, result.hidden]).toEqual(['80.00', 3, ['other']]);
    // With the third of them it counts.
    const three = [...peers('1', '2', '3'), ...['o1', 'o2', 'o3'].map((id) => rating(id, 'other', '4'))];
    // 100, 80, 60, 40, 40, 40 without the highest and one lowest: 220 / 4
    expect(resultOf(form, three, 's')).toMatchObject({ total: '55.00', raters: 6, hidden: [] });
  });

  test('nobody’s group is shown at all where too few rated', () => {
    expect(resultOf(form, peers('1', '2'), 's')).toEqual({
      ...{ total: null, raters: 0, groups: [], hidden: ['peer'], self: null, comments: [] },
    });
  });

  test('who could judge nothing is no rater, and a question that fewer than three judged is not told', () => {
    const silent = rating('p3', 'peer', 'na');
    expect(resultOf(form, [...peers('1', '2'), silent], 's')).toMatchObject({ total: null, hidden: ['peer'] });
    const result = resultOf(
      form,
      [rating('a', 'peer', '1', 'na'), rating('b', 'peer', '2', '2'), rating('c', 'peer', '3', '4')],
      's',
    );
    expect(result.groups[0]?.questions).toEqual({ help: '80.00', share: null });
  });

  test('oneself is shown beside and counts nowhere', () => {
    const result = resultOf(form, [...peers('2', '2', '2'), rating('me', 'self', '1', '1', '我尽力了。')], 's');
    expect(result).toMatchObject({ total: '80.00', self: { value: '100.00', comment: '我尽力了。' }, comments: [] });
  });

  test('the order in which ratings came changes nothing', () => {
    const ratings = [...peers('1', '2', '3', '4', '2'), rating('r', 'report', '1', '2', '好。')];
    const [first, ...rest] = ratings;
    expect(resultOf(form, [...rest.reverse(), first as GivenRating], 's')).toEqual(resultOf(form, ratings, 's'));
  });
});

describe('comments', () => {
  test('are cut into sentences, without list marks', () => {
    expect(sentencesOf('很热心。教会我查库存！\n- 有时回得慢；\n2、别急… Thanks. See you')).toEqual([
      ...['很热心。', '教会我查库存！', '有时回得慢；', '别急…', 'Thanks.', 'See you'],
    ]);
    expect(sentencesOf('版本 1.2 很好。他说：“行。”然后走了')).toEqual(['版本 1.2 很好。', '他说：“行。”然后走了']);
    expect(sentencesOf(' \n。')).toEqual([]);
  });

  test('are mixed by the seed alone, whoever wrote first, and those of hidden groups are not told', () => {
    const texts = ['甲一。甲二。甲三。', '乙一。乙二。', '丙一。丙二。丙三。'];
    const mixed = mixedSentences(texts, 'seed');
    expect([...mixed].sort()).toEqual(texts.flatMap(sentencesOf).sort());
    expect(mixedSentences([...texts].reverse(), 'seed')).toEqual(mixed);
    const orders = new Set(Array.from({ length: 30 }, (_, i) => mixedSentences(texts, `seed ${i}`).join('')));
    expect(orders.size).toBeGreaterThan(25);
    const shown = peers('1', '1', '1').map((each, i) => ({ ...each, comment: texts[i] ?? '' }));
    const hidden = rating('o', 'other', '1', '1', '只有我这样说。');
    expect([...resultOf(form, [...shown, hidden], 'seed').comments].sort()).toEqual([...mixed].sort());
  });
});

test('raters go out under numbers by lot within their group, never the hidden ones', () => {
  const ratings = [...peers('1', '2', '3', '4'), rating('o', 'other', '1'), rating('me', 'self', '1')];
  const rows = anonymousRatings(form, ratings, 'seed of zhao');
  expect(rows.map(({ group, number }) => `${group} ${number}`).sort()).toEqual([
    'peer 1',
    'peer 2',
    'peer 3',
    'peer 4',
  ]);
  expect(rows.map(({ value }) => Number(value)).sort()).toEqual([100, 40, 60, 80].sort());
  expect(anonymousRatings(form, [...ratings].reverse(), 'seed of zhao')).toEqual(rows);
  const firsts = new Set(
    Array.from(
      { length: 40 },
      (_, i) => anonymousRatings(form, ratings, `${i}`).find(({ number }) => number === 1)?.value,
    ),
  );
  expect(firsts.size).toBe(4);
});

describe('how somebody rates', () => {
  const about = (subject: string, ...marks: string[]) => ({
    subject,
    ratings: marks.map((mark, i) => rating(['mild', 'even', 'strict'][i] ?? '', 'peer', mark)),
  });
  const styles = raterStyles(form, [about('a', '1', '2', '3'), about('b', '1', '2', '3'), about('c', '1', '2', '3')]);

  test('severity is the mean difference from the others’ mean for the same people', () => {
    // 100 against (80 + 60) / 2, 80 against 80, 60 against 90
    expect(styles.map(({ rater, severity }) => [rater, severity])).toEqual([
      ['even', '0.00'],
      ['mild', '30.00'],
      ['strict', '-30.00'],
    ]);
  });

  test('of fewer than three people nothing is said, which would tell single values; nor where fewer than three rated', () => {
    expect(
      raterStyles(form, [about('a', '1', '2', '3'), about('b', '1', '2', '3')]).map(({ severity }) => severity),
    ).toEqual([...[null, null, null]]);
    const two = raterStyles(
      form,
      ['a', 'b', 'c'].map((subject) => about(subject, '1', '3')),
    );
    expect(two.map(({ severity, people }) => [severity, people])).toEqual([
      [null, 0],
      [null, 0],
    ]);
  });

  test('halo is how many ratings give every question the same, and how far the best is from the worst', () => {
    const ratings = ['a', 'b', 'c', 'd'].map((subject, i) => ({
      subject,
      ratings: [rating('x', 'peer', '1', i === 0 ? '4' : '1'), rating('y', 'peer', '1', 'na')],
    }));
    // One of four differs, by 60 points.
    expect(raterStyles(form, ratings)[0]).toMatchObject({ rater: 'x', flat: '75.00', spread: '15.00' });
    expect(raterStyles(form, ratings)[1]).toMatchObject({ rater: 'y', flat: null, spread: null });
  });
});

describe('who might rate whom', () => {
  const colleague = (agentId: string, team: string, managerId = '') => ({ agentId, name: agentId, team, managerId });
  const east = ['e1', 'e2', 'e3', 'e4', 'e5'].map((id) => colleague(id, 'east', 'boss'));
  const west = ['w1', 'w2', 'w3', 'w4'].map((id) => colleague(id, 'west'));
  const everybody = [colleague('boss', 'east'), ...east, ...west];
  const suggested = suggestRaters(everybody, everybody, { peer: 3, report: 4, other: 3 }, seededDraws('seed'));
  const of = (subject: string, perspective: Perspective) =>
    suggested.filter((each) => each.subject === subject && each.perspective === perspective).map(({ rater }) => rater);

  test('each rates themselves, colleagues of the team, upward whoever leads them, and other teams', () => {
    expect(of('e1', 'self')).toEqual(['e1']);
    expect(of('e1', 'peer')).toHaveLength(3);
    expect(of('e1', 'peer').every((rater) => rater.startsWith('e') && rater !== 'e1')).toBe(true);
    expect(of('e1', 'other').every((rater) => rater.startsWith('w'))).toBe(true);
    expect(of('boss', 'report')).toHaveLength(4);
    expect(of('boss', 'peer')).toEqual([]);
  });

  test('nobody rates anybody twice, and the work is spread', () => {
    const pairs = suggested.map(({ subject, rater }) => `${subject} ${rater}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    const others = suggested.filter(({ perspective }) => perspective === 'other' || perspective === 'peer');
    const loads = west.map(({ agentId }) => others.filter(({ rater }) => rater === agentId).length);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(2);
  });
});

test('people whom nobody rates and raters who left stand against a round, groups of fewer than three are told', () => {
  const assigned = (subject: string, rater: string, perspective: Perspective, isSubmitted = false) => ({
    ...{ subject, rater, perspective, isSubmitted },
  });
  const issues = roundIssues(
    ['zhao', 'qian'],
    [
      assigned('zhao', 'zhao', 'self'),
      ...['a', 'b', 'gone'].map((rater) => assigned('zhao', rater, 'peer')),
      assigned('zhao', 'c', 'other'),
      assigned('zhao', 'done', 'other', true),
      assigned('qian', 'qian', 'self'),
    ],
    (rater) => rater === 'gone' || rater === 'done',
  );
  expect(issues).toEqual([
    { code: 'rater.left', subject: 'zhao', rater: 'gone' },
    { code: 'group.tooFew', subject: 'zhao', perspective: 'other' },
    { code: 'subject.noRaters', subject: 'qian' },
  ]);
});
