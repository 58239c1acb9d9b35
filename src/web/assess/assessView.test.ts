import { expect, test } from 'vitest';
import type { Place } from '../../appraisal/assessments/answers.ts';
import type { AssessedPerson, AssessmentWork } from '../../appraisal/assessments/schemas.ts';
import { answered, keyAct, nextOpen, standOf } from './assessView.ts';

const both = (zh: string) => ({ zh, en: zh });
const level = (points: string) => ({ points, name: both(points), anchor: both(points) });
const levels: Place = {
  key: 'a',
  text: both('a'),
  ticket: null,
  asks: { kind: 'level', levels: ['100', '50'].map(level) },
};
const check: Place = { key: 'b', text: both('b'), ticket: null, asks: { kind: 'check' } };

test('digits choose a level that there is, or yes and no, and 0 says that it cannot be judged', () => {
  expect(keyAct('2', levels)).toEqual({ act: 'answer', answer: '2' });
  expect(keyAct('3', levels)).toBe(null);
  expect(keyAct('0', levels)).toEqual({ act: 'answer', answer: 'na' });
  expect([keyAct('1', check), keyAct('2', check), keyAct('0', check)]).toEqual(
    ['yes', 'no', 'na'].map((answer) => ({ act: 'answer', answer })),
  );
  expect([keyAct('Enter', levels), keyAct('Enter', levels, true)]).toEqual([
    { act: 'person', by: 1 },
    { act: 'person', by: -1 },
  ]);
  expect(keyAct('1', undefined)).toBe(null);
});

const form: AssessmentWork['form'] = {
  ...{ id: 'f', name: both('表'), item: 'supervisor', assessor: 'supervisor', every: 'month', dueDays: '5' },
  asks: { kind: 'questions', questions: [{ id: 'a', text: both('a'), levels: ['100', '50'].map(level) }] },
};
const person: AssessedPerson = {
  ...{ agentId: 'zhao', name: '赵', team: 'east', tickets: [], answers: {}, note: '', revision: 0 },
  ...{ state: 'open', doneBy: null },
};

test('a form is open, begun or ready by what is typed, and a change of what was handed in is a correction', () => {
  expect(standOf(person, form, { answers: {}, note: '' }, false)).toBe('open');
  expect(standOf({ ...person, revision: 1, state: 'draft' }, form, { answers: {}, note: '' }, false)).toBe('begun');
  expect(standOf(person, form, { answers: { a: '1' }, note: '' }, true)).toBe('ready');
  const handedIn = { ...person, revision: 1, state: 'submitted' as const };
  expect(standOf(handedIn, form, { answers: { a: '1' }, note: '' }, false)).toBe('handedIn');
  expect(standOf(handedIn, form, { answers: { a: '2' }, note: '' }, true)).toBe('correcting');
  expect(standOf({ ...person, doneBy: '钱' }, form, { answers: {}, note: '' }, false)).toBe('done');
});

test('the next person is one with something left to do, from the first again at the end', () => {
  expect(nextOpen(['ready', 'open', 'done', 'begun'], 1)).toBe(3);
  expect(nextOpen(['open', 'ready', 'open'], 2)).toBe(0);
  expect(nextOpen(['ready', 'open'], 1)).toBe(null);
});

test('an answer is changed or taken away without the others', () => {
  expect(answered({ a: '1' }, 'b', 'yes')).toEqual({ a: '1', b: 'yes' });
  expect(answered({ a: '1', b: 'yes' }, 'b', undefined)).toEqual({ a: '1' });
});
