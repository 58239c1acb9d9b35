import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, ownerOfTheMachine } from '../../people/actor.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { acknowledgementListSchema, assignmentListSchema, dueListSchema } from '../acknowledgementSchemas.ts';
import { measured } from '../measured.ts';
import { publishTemplates } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { putExampleDesk } from '../testDesk.ts';
import { acknowledgePlan } from './acknowledgePlan.ts';
import { assignPlan, listAssignments } from './assignPlan.ts';
import { listAcknowledgements, remindPeople } from './listAcknowledgements.ts';
import { listDue } from './listDue.ts';
import { planOfReader } from './planOfReader.ts';
import { publishPlan } from './publishPlan.ts';

let stores: TestStores;
let deps: ScoreDeps;
let now = Date.parse('2026-11-10T00:00:00Z');
const id = 'appliance-aftersales';
const template = readFileSync(new URL(`../../../plans/${id}.yaml`, import.meta.url), 'utf8');
const own = (target: number) =>
  template.replace('    max: 0.8\n', '    max: 0.8\n    value: 0.5\n').replace('target: 85', `target: ${target}`);
const agentActor = (agentId: string): Actor => ({
  ...{ userId: agentId, name: agentId, role: 'agent', scope: { kind: 'self', agentId }, agentId },
});
const zhao = agentActor('zhao');
const east: Actor = {
  ...{ userId: 's', name: '主管', role: 'supervisor', scope: { kind: 'teams', teams: ['一组'] }, agentId: null },
};
const asked = { plan: id, version: 2 };
const everybody = { team: '', tier: '' as const, agentId: '' };

beforeAll(async () => {
  stores = await startTestStores();
  await putExampleDesk(stores);
  deps = measured({ stores, now: () => now, timeZone: 'Asia/Shanghai' });
});
afterAll(() => stores.close());
beforeEach(async () => {
  now = Date.parse('2026-11-10T00:00:00Z');
  await stores.postgres.query('TRUNCATE plan_versions, plan_assignments CASCADE');
  await publishTemplates(deps);
});

describe('acknowledging', () => {
  test('a shipped template that nobody chose asks for nothing', async () => {
    expect(dueListSchema.parse(await listDue(deps, zhao)).due).toEqual([]);
  });

  test('a version is told before its month, with what changes for this person, and one press settles it', async () => {
    await publishPlan(deps, ownerOfTheMachine, { text: own(82) });
    const { due } = dueListSchema.parse(await listDue(deps, zhao));
    expect(due).toMatchObject([
      {
        ...{ plan: { id, version: 2 }, fromMonth: '2026-12', inForce: false, replaces: { version: 1 } },
        effect: { period: '2026-10', before: { total: '92.63' }, after: { total: '93.33' } },
      },
    ]);
    expect(due[0]?.changes.map(({ text }) => text.zh)).toContain('板块·量化指标·项·首次问题解决率·目标 由“85”改为“82”');
    await acknowledgePlan(deps, zhao, asked);
    await acknowledgePlan(deps, zhao, asked);
    expect((await listDue(deps, zhao)).due).toEqual([]);
    const { rows } = await stores.postgres.query(`SELECT subject FROM audit_log WHERE action = 'plan.acknowledged'`);
    expect(rows).toEqual([{ subject: `${id} 2 zhao` }]);
  });

  test('the list shows who has and who has not, within the reader’s scope, and remembers reminders', async () => {
    await publishPlan(deps, ownerOfTheMachine, { text: own(82) });
    await acknowledgePlan(deps, zhao, asked);
    expect(await remindPeople(deps, east, asked)).toEqual({ reminded: 1 });
    const list = acknowledgementListSchema.parse(await listAcknowledgements(deps, east, asked));
    expect(list).toMatchObject({ fromMonth: '2026-12' });
    expect(list.people.map((each) => [each.agentId, each.acknowledgedAt !== null, each.remindedBy])).toEqual([
      ['qian', false, '主管'],
      ['zhao', true, null],
    ]);
    expect((await listDue(deps, agentActor('qian'))).due[0]?.remindedAt).toBe('2026-11-10T00:00:00.000Z');
    const all = await listAcknowledgements(deps, ownerOfTheMachine, asked);
    expect(all.people.map(({ agentId }) => agentId)).toEqual(['qian', 'sun', 'zhao']);
  });

  test('a version that covers somebody else is not one’s own to acknowledge', async () => {
    await publishPlan(deps, ownerOfTheMachine, { text: own(82) });
    await assignPlan(deps, ownerOfTheMachine, {
      ...{ team: '', tier: '', agentId: 'zhao', fromMonth: '2026-11', planId: `${id}-technician` },
    });
    await expect(acknowledgePlan(deps, zhao, asked)).rejects.toMatchObject({ code: 'acknowledgement.notDue' });
    await expect(acknowledgePlan(deps, east, asked)).rejects.toMatchObject({ code: 'permission.missing' });
  });

  test('what somebody has acknowledged locks: a template too can then only be followed from next month', async () => {
    await assignPlan(deps, ownerOfTheMachine, { ...everybody, fromMonth: '2026-12', planId: `${id}-technician` });
    await acknowledgePlan(deps, zhao, { plan: `${id}-technician`, version: 1 });
    const technician = readFileSync(new URL(`../../../plans/${id}-technician.yaml`, import.meta.url), 'utf8');
    const text = technician.replace('    max: 0.8\n', '    max: 0.8\n    value: 0.5\n');
    await expect(publishPlan(deps, ownerOfTheMachine, { text, inForceFrom: '2026-11' })).rejects.toMatchObject({
      code: 'plan.periodOpen',
    });
  });
});

describe('which plan covers whom', () => {
  test('is a rule from a month on, seen by everybody’s pages and counted', async () => {
    await assignPlan(deps, ownerOfTheMachine, {
      ...{ team: '一组', tier: '', agentId: '', fromMonth: '2026-11', planId: `${id}-technician` },
    });
    expect([await planOfReader(deps, zhao), await planOfReader(deps, agentActor('sun'))]).toEqual([
      `${id}-technician`,
      id,
    ]);
    const list = assignmentListSchema.parse(await listAssignments(deps, east));
    expect(list.covered).toEqual([
      { plan: `${id}-technician`, people: 2 },
      { plan: id, people: 1 },
    ]);
  });

  test('locks when the month opens: the next rule for the same people begins later', async () => {
    const rule = { ...everybody, planId: `${id}-technician` };
    await assignPlan(deps, ownerOfTheMachine, { ...rule, fromMonth: '2026-11' });
    await expect(
      assignPlan(deps, ownerOfTheMachine, { ...rule, planId: id, fromMonth: '2026-11' }),
    ).rejects.toMatchObject({ code: 'assignment.periodOpen', params: { first: '2026-12' } });
    await assignPlan(deps, ownerOfTheMachine, { ...rule, planId: null, fromMonth: '2026-12' });
    now = Date.parse('2026-12-05T00:00:00Z');
    expect(await planOfReader(deps, zhao)).toBe(id);
  });

  test.each([
    ['a plan that does not exist', { planId: 'nowhere' }, 'plan.unknown'],
    ['a team that nobody is in', { team: '五组' }, 'assignment.nobody'],
    ['a month that is years away', { fromMonth: '2999-01' }, 'plan.monthTooFar'],
  ])('%s is refused', async (_, change, code) => {
    await expect(
      assignPlan(deps, ownerOfTheMachine, { ...everybody, fromMonth: '2026-12', planId: id, ...change }),
    ).rejects.toMatchObject({ code });
    expect((await listAssignments(deps, ownerOfTheMachine)).rules).toEqual([]);
  });
});
