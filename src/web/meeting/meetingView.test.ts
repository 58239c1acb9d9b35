import { describe, expect, it } from 'vitest';
import type { Meeting, MeetingPerson } from '../../appraisal/meeting/schemas.ts';
import { countGrades, pay, payOf, quotasOf, withMove } from './meetingView.ts';

const step = (id: string, coefficient: string | null = null, byRedLine = false) => ({
  ...{ id, name: { zh: id, en: id }, levels: 1, coefficient, byRedLine },
});
const person = (agentId: string, grade: string, more: Partial<MeetingPerson> = {}): MeetingPerson => ({
  ...{
    agentId,
    name: agentId,
    team: '',
    total: '90',
    computed: { grade, level: 1, coefficient: '1' },
    grade,
    level: 1,
  },
  ...{
    gradedBy: 'distribution',
    coefficient: '1',
    scale: 'distribution',
    pool: 'all',
    baseFen: '100000',
    fixed: null,
  },
  ...more,
});
const meeting: Meeting = {
  ...{ period: '2026-10', state: 'closed', plans: [], plan: { id: 'p', version: 1, name: { zh: '', en: '' } } },
  scales: {
    bands: [step('high', '1.2'), step('low', '0.8')],
    distribution: [step('rocket'), step('satellite'), step('standard'), step('improve'), step('failed', null, true)],
  },
  pools: [{ name: 'all', n: 20, top: 1, second: 5, bottom: 3 }],
  people: [person('a', 'rocket'), person('b', 'satellite'), person('c', 'standard')],
  ...{ moves: [], leniency: [], mayMove: true },
};
const move = (id: number, agentId: string, undone = false) => ({
  ...{
    id,
    agentId,
    agentName: agentId,
    from: 'satellite',
    to: 'rocket',
    reason: 'x',
    at: '2026-11-06T00:00:00Z',
    by: 'HR',
  },
  ...{ undone: undone ? { at: '2026-11-06T00:00:00Z', by: 'HR' } : null, mayUndo: !undone, overtaken: false },
});
const rocket = { grade: 'rocket', level: 1, gradedBy: 'meeting' as const, coefficient: '1' };

describe('a move', () => {
  it('changes one person, and what it does to the quota is seen at once', () => {
    const after = withMove(meeting, { person: { agentId: 'b', ...rocket }, move: move(1, 'b') });
    expect(after.people.map(({ grade }) => grade)).toEqual(['rocket', 'rocket', 'standard']);
    expect(after.people[0]).toBe(meeting.people[0]);
    expect(quotasOf(meeting)[0]?.limits[0]).toEqual({ grades: ['rocket'], people: 1, most: 1 });
    expect(quotasOf(after)[0]?.limits.map(({ people, most }) => [people, most])).toEqual([
      [2, 1],
      [2, 5],
      [0, 3],
    ]);
    expect(countGrades(after, 'distribution').map(({ people, computed }) => [people, computed])).toEqual([
      ...[
        [2, 1],
        [0, 1],
        [1, 1],
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  it('can be undone only while it is the last of its person', () => {
    const once = withMove(meeting, { person: { agentId: 'b', ...rocket }, move: move(1, 'b') });
    const twice = withMove(once, { person: { agentId: 'b', ...rocket }, move: move(2, 'b') });
    expect(twice.moves.map(({ id, mayUndo }) => [id, mayUndo])).toEqual([
      [2, true],
      [1, false],
    ]);
    const undone = withMove(twice, { person: { agentId: 'b', ...rocket }, move: move(2, 'b', true) });
    expect(undone.moves.map(({ id, mayUndo }) => [id, mayUndo])).toEqual([
      [2, false],
      [1, true],
    ]);
  });
});

it('pay is coefficient times salary to the fen, and its change is that from what was computed', () => {
  expect([pay('1.2', '100001'), pay('0.805', '100'), pay(null, '100'), pay('1', null)]).toEqual([
    120_001n,
    81n,
    0n,
    0n,
  ]);
  const banded = person('d', 'high', {
    scale: 'bands',
    level: null,
    coefficient: '0.8',
    computed: { grade: 'high', level: null, coefficient: '1.2' },
  });
  expect(payOf({ ...meeting, people: [banded] })).toEqual({ now: 80_000n, before: 120_000n });
  expect(payOf({ ...meeting, people: [{ ...banded, baseFen: null }] })).toBe(null);
});
