import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawRows } from '../../facts/testing.ts';
import type { Actor, Role } from '../../people/actor.ts';
import type { Deps } from '../../platform/http.ts';
import { silentLog } from '../../platform/log.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { transaction } from '../../platform/transaction.ts';
import { insertDraft, markDeleted, removeDraft } from '../../scores/draftStore.ts';
import type { Plan } from '../../scores/planSchema.ts';
import { insertVersion, readVersions } from '../../scores/planStore.ts';
import { publishTemplates } from '../../scores/publishTemplates.ts';
import { isDue, isOverdue, stateAfter } from '../actionState.ts';
import { actionMoves, actionStates } from '../schemas.ts';
import { addAction, addMeeting, moveAction } from './committee.ts';
import { addInterview, linkChange } from './interviews.ts';
import { addOccasion, callOff, decidePlan } from './occasions.ts';
import { readReviews } from './readReviews.ts';

let stores: TestStores;
let deps: Deps;
const actor = (userId: string, role: Role, more: Partial<Actor> = {}): Actor => ({
  ...{ userId, name: userId, role, agentId: null, scope: { kind: 'all' } },
  ...more,
});
const hr = actor('hr', 'hr');
const lead = actor('lead', 'supervisor', { scope: { kind: 'teams', teams: ['一组'] } });
const at = new Date('2026-11-03T04:00:00Z');
const plan = 'appliance-aftersales';

const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (cause: { code?: string }) => cause.code,
  );
const dueNow = async () =>
  (await readReviews(deps, hr)).occasions.flatMap(({ id, plans }) =>
    plans.flatMap((each) => (each.due ? [`${id} ${each.plan}`] : [])),
  );
const occasion = (day: string, plans = [plan]) =>
  addOccasion(deps, hr, { kind: 'policy', title: '以旧换新', day, note: '', plans });

beforeAll(async () => {
  stores = await startTestStores();
  deps = { stores, now: () => at.getTime(), timeZone: 'Asia/Shanghai', log: silentLog };
  await publishTemplates(deps);
  const raw = new RawRows(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: '赵一', team: '一组', shop: '店' },
    { agent_id: 'sun', name: '孙三', team: '二组', shop: '店' },
  ]);
  await raw.derive();
});
afterAll(() => stores.close());

test('what is due, overdue and possible follows from the day and what was decided', () => {
  const of = (more: object) => isDue({ day: '2026-11-03', isDropped: false, isDecided: false, ...more }, '2026-11-03');
  expect([of({}), of({ day: '2026-11-04' }), of({ isDropped: true }), of({ isDecided: true })]).toEqual([
    ...[true, false, false, false],
  ]);
  expect([isOverdue('open', '2026-11-02', '2026-11-03'), isOverdue('open', '2026-11-03', '2026-11-03')]).toEqual([
    ...[true, false],
  ]);
  expect(isOverdue('done', '2026-11-02', '2026-11-03')).toBe(false);
  expect(actionStates.map((state) => actionMoves.map((move) => stateAfter(state, move)))).toEqual([
    ['done', 'dropped', null, 'open'],
    [null, null, 'open', null],
    [null, null, 'open', null],
  ]);
});

test('a plan is due from the day of an occasion until a named person records what came of it, or the occasion is called off', async () => {
  expect(await codeOf(occasion('2026-11-01', ['nowhere']))).toBe('review.plans');
  const [first, later, off] = [
    await occasion('2026-11-01'),
    await occasion('2026-11-04'),
    await occasion('2026-11-02'),
  ];
  expect(await dueNow()).toEqual([`${off.id} ${plan}`, `${first.id} ${plan}`]);
  await callOff(deps, hr, off.id, { reason: '政策推迟' });
  const decide = (more: object) => decidePlan(deps, hr, first.id, { plan, reason: '开会定的', ...more } as never);
  expect(await codeOf(decide({ outcome: 'changed' }))).toBe('review.oneLink');
  expect(await codeOf(decide({ outcome: 'changed', version: 99 }))).toBe('plan.noVersion');
  // Version 1 was published on the 3rd: it came of what was due by then, and not of what comes after.
  const early = { plan, reason: '提前', outcome: 'changed' as const, version: 1 };
  expect(await codeOf(decidePlan(deps, hr, later.id, early))).toBe('review.versionBefore');
  expect(await codeOf(decide({ outcome: 'kept', plan: 'optimised-service' }))).toBe('review.planUnknown');
  const draft = { planId: plan, content: 'id: x', origin: 'own' as const, baseVersion: 1, templateHash: null };
  await insertDraft(stores.postgres, { ...draft, id: 'd1', by: 'hr', at });
  await decide({ outcome: 'changed', draft: 'd1' });
  expect(await dueNow()).toEqual([]);
  const outcome = async () =>
    (await readReviews(deps, lead)).occasions.find(({ id }) => id === first.id)?.plans[0]?.decided;
  expect(await outcome()).toMatchObject({ outcome: 'changed', link: { kind: 'draft', draft: 'd1' }, by: 'hr' });
  await markDeleted(stores.postgres, 'd1', at);
  expect(await outcome()).toMatchObject({ link: { kind: 'draftDeleted' } });
  await markDeleted(stores.postgres, 'd1', null);
  const [version] = await readVersions(stores.postgres, plan);
  await transaction(stores.postgres, async (connection) => {
    const published = { plan: version?.plan as Plan, origin: 'own' as const, inForceFrom: '2026-12', written: '' };
    await insertVersion(connection, { ...published, draft: 'd1', by: 'hr', at });
    await removeDraft(connection, 'd1');
  });
  expect(await outcome()).toMatchObject({ link: { kind: 'version', version: 2 } });
  await decide({ outcome: 'changed', version: 1 });
  expect(await outcome()).toMatchObject({ link: { kind: 'version', version: 1 } });
  expect(await codeOf(decide({ outcome: 'kept' }))).toBe('done');
  expect(await outcome()).toMatchObject({ outcome: 'kept', link: null });
  expect(await codeOf(callOff(deps, hr, off.id, { reason: 'x' }))).toBe('review.dropped');
  expect(later.id).toBeGreaterThan(first.id);
});

test('interviews are masked, seen within one’s scope, and linked to a change that exists', async () => {
  const ask = (more: object) =>
    addInterview(deps, hr, {
      ...{
        occasion: null,
        whom: 'customer',
        who: '老客户 13812345678',
        day: '2026-11-02',
        summary: '等太久，13912345678',
      },
      ...more,
    } as never);
  expect(await codeOf(ask({ day: '2026-11-04' }))).toBe('review.dayAhead');
  expect(await codeOf(ask({ whom: 'person', who: 'nobody' }))).toBe('review.person');
  expect(await codeOf(ask({ occasion: 999 }))).toBe('review.unknown');
  const { id } = await ask({});
  await ask({ whom: 'person', who: 'sun' });
  await ask({ whom: 'person', who: 'zhao' });
  const seen = (await readReviews(deps, lead)).interviews;
  expect(seen.map(({ name }) => name)).toEqual(['赵一', expect.stringContaining('老客户')]);
  expect(JSON.stringify(seen)).not.toMatch(/1[38]\d12345678/);
  const link = (more: object) =>
    linkChange(deps, hr, id, { what: 'plan', subject: plan, version: 1, ...more } as never);
  expect(await codeOf(link({ version: 99 }))).toBe('plan.noVersion');
  expect(await codeOf(link({ what: 'definition', subject: 'csat_rate' }))).toBe('review.definitionUnknown');
  await link({});
  await link({});
  const weekAfter = { ...deps, now: () => Date.parse('2026-11-10T04:00:00Z') };
  const late = await addInterview(weekAfter, hr, {
    ...{ occasion: null, whom: 'customer', who: '新客户', day: '2026-11-10', summary: '还行' },
  });
  const before = linkChange(deps, hr, late.id, { what: 'plan', subject: plan, version: 1 });
  expect(await codeOf(before)).toBe('review.versionBefore');
  const changes = (await readReviews(deps, hr)).interviews.find((each) => each.id === id)?.changes;
  expect(changes).toMatchObject([{ what: 'plan', subject: plan, version: 1, by: 'hr' }]);
});

test('an action is overdue after its day while it is open; every move keeps its reason, and a dropped one can be opened again', async () => {
  const meeting = await addMeeting(deps, hr, { day: '2026-10-20', departments: ['客服', '物流', '客服'], notes: '' });
  const given = { occasion: null, department: '物流', owner: '周', what: '改签收短信', dueOn: '2026-11-01' };
  const strange = addAction(deps, hr, { ...given, meeting: meeting.id, department: '产品 13812345678' });
  await expect(strange).rejects.toMatchObject({ code: 'review.departmentUnknown' });
  await expect(strange).rejects.not.toThrow(/13812345678/);
  expect(await codeOf(addAction(deps, hr, { ...given, meeting: 99 }))).toBe('review.meetingUnknown');
  const { id } = await addAction(deps, hr, { ...given, meeting: meeting.id });
  const move = (input: object) => moveAction(deps, hr, id, { reason: '说明', ...input } as never);
  const now = async () => (await readReviews(deps, lead)).actions.find((each) => each.id === id);
  expect(await now()).toMatchObject({ state: 'open', overdue: true });
  expect(await codeOf(move({ move: 'moved', dueOn: '2026-11-01' }))).toBe('review.actionDay');
  await move({ move: 'moved', dueOn: '2026-11-20' });
  expect(await now()).toMatchObject({ overdue: false, dueOn: '2026-11-20' });
  await move({ move: 'dropped' });
  expect(await codeOf(move({ move: 'done' }))).toBe('review.actionState');
  await move({ move: 'reopened' });
  expect(await now()).toMatchObject({
    state: 'open',
    events: [{ what: 'moved' }, { what: 'dropped', reason: '说明', by: 'hr' }, { what: 'reopened' }],
  });
  expect((await readReviews(deps, hr)).meetings[0]?.departments).toEqual(['客服', '物流']);
});
