import { describe, expect, test } from 'vitest';
import type { AssessmentForm } from '../../scores/assessmentFormSchema.ts';
import { placesOf, strangeAnswers } from './answers.ts';
import { acceptedPoints, pointsFit, worthOf } from './worth.ts';

const both = (zh: string) => ({ zh, en: zh });
const level = (points: string) => ({ points, name: both(points), anchor: both(points) });
const form = (asks: AssessmentForm['asks'], item = 'supervisor'): AssessmentForm => ({
  ...{ id: 'f', name: both('表'), item, assessor: 'supervisor', every: 'month', dueDays: '5', asks },
});
const question = (id: string, ...points: string[]) => ({ id, text: both(id), levels: points.map(level) });
const scale = ['100', '85', '70', '40'];
const three = form({
  kind: 'questions',
  questions: ['a', 'b', 'c'].map((id) => question(id, ...scale)),
});
const lines = ['one', 'two', 'three'].map((id) => ({ id, text: both(id) }));

describe('what a filled form is worth', () => {
  test('levels give the mean of their points, rounded half up once: 100, 85, 40 give 75.00; 100, 85, 85 give 90.00', () => {
    expect(worthOf(three, [], { a: '1', b: '2', c: '4' })).toEqual({
      status: 'judged',
      worth: [{ item: 'supervisor', value: '75.00' }],
    });
    expect(worthOf(three, [], { a: '1', b: '2', c: '2' })).toMatchObject({ worth: [{ value: '90.00' }] });
    // (100 + 85 + 70) / 3 = 85; (70 + 70 + 40) / 3 = 60; (100 + 100 + 85) / 3 = 95; (85 + 85 + 40) / 3 = 70
    expect(worthOf(three, [], { a: '2', b: '2', c: '4' })).toMatchObject({ worth: [{ value: '70.00' }] });
  });

  test('a question that could not be judged leaves the mean; where none could, nothing goes in, and no zero', () => {
    expect(worthOf(three, [], { a: '1', b: 'na', c: '4' })).toMatchObject({ worth: [{ value: '70.00' }] });
    expect(worthOf(three, [], { a: 'na', b: 'na', c: 'na' })).toEqual({ status: 'judged', worth: [] });
  });

  test('a place without an answer is named', () => {
    expect(worthOf(three, [], { b: '1' })).toEqual({ status: 'incomplete', open: ['a', 'c'] });
  });

  test('a checklist gives the share of yes among yes and no, over all tickets drawn', () => {
    const sample = form({ kind: 'checklist', tickets: '2', lines }, 'completeness');
    const answers = { '1.one': 'yes', '1.two': 'yes', '1.three': 'na', '2.one': 'no', '2.two': 'yes', '2.three': 'na' };
    // 3 of 4
    expect(worthOf(sample, ['T1', 'T2'], answers)).toMatchObject({ worth: [{ item: 'completeness', value: '75.00' }] });
    // Only one ticket could be drawn: 2 of 2.
    expect(worthOf(sample, ['T1'], { '1.one': 'yes', '1.two': 'yes', '1.three': 'na' })).toMatchObject({
      worth: [{ value: '100.00' }],
    });
    expect(
      worthOf(form({ kind: 'checklist', lines }, 'completeness'), [], { one: 'yes', two: 'no', three: 'no' }),
    ).toMatchObject({
      worth: [{ value: '33.33' }],
    });
  });

  test('each line of an audit is an item of its own; what does not apply is none', () => {
    const audit = form({ kind: 'checklist', lines }, 'audit');
    expect(worthOf(audit, [], { one: 'yes', two: 'no', three: 'na' })).toEqual({
      status: 'judged',
      worth: [
        { item: 'audit:one', value: '1' },
        { item: 'audit:two', value: '0' },
      ],
    });
  });

  test('a number goes in as it is, a zero that somebody typed as well', () => {
    const count = form({ kind: 'count', unit: both('条'), most: '99' }, 'kb_adopted');
    expect(worthOf(count, [], { count: '0' })).toMatchObject({ worth: [{ item: 'kb_adopted', value: '0' }] });
    expect(worthOf(count, [], {})).toEqual({ status: 'incomplete', open: ['count'] });
  });
});

test('answers that a form has no place for, or that do not fit it, are named with their place', () => {
  const codes = (answers: Record<string, string>) =>
    strangeAnswers(placesOf(three, []), answers).map(({ path }) => path);
  expect(codes({ a: '1', b: 'na' })).toEqual([]);
  expect(codes({ a: '5', b: 'yes', c: '0', d: '1' })).toEqual(['answers.a', 'answers.b', 'answers.c', 'answers.d']);
  const count = placesOf(form({ kind: 'count', unit: both('条'), most: '9' }), []);
  expect(strangeAnswers(count, { count: '10' })).toHaveLength(1);
});

test('accepted nominations add up to the form’s most at most; none accepted is no zero', () => {
  expect(acceptedPoints(['1.5', '2'], '5')).toBe('3.50');
  expect(acceptedPoints(['3', '4'], '5')).toBe('5.00');
  expect(acceptedPoints([], '5')).toBe(null);
  expect([pointsFit('0', '5'), pointsFit('0.5', '5'), pointsFit('5', '5'), pointsFit('5.01', '5')]).toEqual([
    ...[false, true, true, false],
  ]);
});
