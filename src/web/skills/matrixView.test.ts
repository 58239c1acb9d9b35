import { expect, test } from 'vitest';
import { catalogueOf } from '../../skills/matrix.ts';
import type { SkillMatrix } from '../../skills/schemas.ts';
import { entriesOf, heatOf, narrowed } from './matrixView.ts';

const jobs = catalogueOf([], []).jobs as SkillMatrix['jobs'];
const person = (job: string | null, level?: 1 | 2 | 3): SkillMatrix['people'][number] => ({
  ...{ agentId: 'zhao', name: '赵一', team: '一组', shop: '店', tier: null, job, rotations: [] },
  levels: level === undefined ? [] : [{ skill: 'product_knowledge', level, at: '', by: '' }],
});

test('a level nobody gave is unknown and below what is asked for; without a job nothing is asked for', () => {
  const heat = (...of: Parameters<typeof person>) => heatOf(person(...of), 'product_knowledge', jobs);
  expect(heat('agent')).toEqual({ level: null, required: 2, isBelow: true });
  expect(heat('agent', 2)).toEqual({ level: 2, required: 2, isBelow: false });
  expect(heat(null, 1)).toEqual({ level: 1, required: null, isBelow: false });
});

test('the matrix narrows by team and job together', () => {
  const people = [person('agent'), person('senior_agent'), { ...person('agent'), team: '二组' }];
  expect(narrowed(people, { team: '一组', job: 'agent' })).toEqual([people[0]]);
  expect(narrowed(people, {})).toHaveLength(3);
});

test('of a skill’s entries the first counts, whatever other skills have', () => {
  const entry = (skill: string, level: 1 | 2) => ({
    ...{ skill, level, reason: '', evidence: [], wasProposed: false, at: '', by: '' },
  });
  const history = [entry('b', 1), entry('a', 2), entry('a', 1)];
  expect(entriesOf({ history }, 'a')).toEqual({ latest: history[1], earlier: [history[2]] });
});
