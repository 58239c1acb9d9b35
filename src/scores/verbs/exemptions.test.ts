import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor, Role } from '../../people/actor.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import type { EnterExemption } from '../exemptionSchemas.ts';
import { exemptionListSchema } from '../exemptionSchemas.ts';
import { measured } from '../measured.ts';
import { publishTemplates } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { putExampleDesk } from '../testDesk.ts';
import { approveExemption, withdrawExemption } from './decideExemption.ts';
import { enterExemption } from './enterExemption.ts';
import { listExemptions } from './listExemptions.ts';
import { showScorecard } from './showScorecard.ts';

let stores: TestStores;
let deps: ScoreDeps;
const actor = (userId: string, role: Role, teams?: string[]): Actor => ({
  ...{ userId, name: userId, role, agentId: null },
  scope: teams ? { kind: 'teams', teams } : { kind: 'all' },
});
const east = actor('east', 'supervisor', ['一组']);
const hr = actor('hr', 'hr');
const other = actor('other', 'hr');
const outage: EnterExemption = {
  ...{ covers: 'team', subject: '一组', metrics: ['csat_rate'], reason: 'outage', note: '电话线路中断' },
  ...{ firstDay: '2026-10-05', lastDay: '2026-10-06' },
};

beforeAll(async () => {
  stores = await startTestStores();
  await putExampleDesk(stores);
  deps = measured({ stores, now: () => Date.parse('2026-10-20T00:00:00Z'), timeZone: 'Asia/Shanghai' });
});
afterAll(() => stores.close());
beforeEach(() => stores.postgres.query('TRUNCATE exemptions CASCADE'));

test('an entry takes two people, and each step is in the audit', async () => {
  const { id } = await enterExemption(deps, hr, outage);
  await expect(approveExemption(deps, hr, id)).rejects.toMatchObject({ code: 'exemption.ownEntry' });
  await approveExemption(deps, other, id);
  await expect(approveExemption(deps, other, id)).rejects.toMatchObject({ code: 'exemption.decided' });
  await withdrawExemption(deps, hr, { id, reason: '线路其实正常' });
  await expect(withdrawExemption(deps, hr, { id, reason: '再撤' })).rejects.toMatchObject({
    code: 'exemption.decided',
  });
  const { exemptions } = exemptionListSchema.parse(await listExemptions(deps, east));
  expect(exemptions[0]).toMatchObject({
    ...{ status: 'withdrawn', entered: { by: 'hr' }, approved: { by: 'other' } },
    withdrawn: { by: 'hr', reason: '线路其实正常' },
  });
  const { rows } = await stores.postgres.query(`SELECT action FROM audit_log WHERE subject LIKE $1 ORDER BY at, id`, [
    `${id}%`,
  ]);
  expect(rows.map(({ action }) => action)).toEqual(['exemption.entered', 'exemption.approved', 'exemption.withdrawn']);
});

test('the database itself refuses an entry approved by whoever entered it', async () => {
  const { id } = await enterExemption(deps, hr, outage);
  await expect(
    stores.postgres.query(
      'UPDATE exemptions SET approved_at = now(), approved_by = $2, approved_name = $2 WHERE id = $1',
      [id, 'hr'],
    ),
  ).rejects.toMatchObject({ code: '23514' });
});

test('of two who approve at once one does', async () => {
  const { id } = await enterExemption(deps, east, outage);
  const both = await Promise.allSettled([hr, other].map((each) => approveExemption(deps, each, id)));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a supervisor enters and sees what touches their own people, never everybody or another team', async () => {
  const west = { ...outage, subject: '二组' };
  for (const beyond of [
    west,
    { ...outage, covers: 'all' as const, subject: '' },
    { ...outage, covers: 'agent' as const, subject: 'sun' },
  ])
    await expect(enterExemption(deps, east, beyond)).rejects.toMatchObject({ code: 'scope.outside' });
  await enterExemption(deps, east, { ...outage, covers: 'agent', subject: 'zhao' });
  await enterExemption(deps, hr, west);
  await enterExemption(deps, hr, { ...outage, covers: 'all', subject: '' });
  const { exemptions } = await listExemptions(deps, east);
  expect(exemptions.map(({ covers, subjectName }) => [covers, subjectName]).sort()).toEqual([
    ['agent', '赵一'],
    ['all', ''],
  ]);
  expect(exemptions.find(({ covers }) => covers === 'all')?.mayWithdraw).toBe(false);
  await expect(approveExemption(deps, east, exemptions[0]?.id ?? '')).rejects.toMatchObject({
    code: 'permission.missing',
  });
});

test.each([
  ['a reversed span', { lastDay: '2026-10-04' }, 'lastDay', 'exemption.reversed'],
  ['half a year', { lastDay: '2027-03-04' }, 'lastDay', 'exemption.tooLong'],
  ['a team that nobody is in', { subject: '五组' }, 'subject', 'exemption.nobody'],
  ['a metric that vanished', { metrics: ['happiness'] }, 'metrics[0]', 'metric.unknown'],
  ['a metric that no day has', { metrics: ['qa_score'] }, 'metrics[0]', 'exemption.notDaily'],
])('%s is refused with its place, and nothing is kept', async (_, change, path, code) => {
  await expect(enterExemption(deps, hr, { ...outage, ...change })).rejects.toMatchObject({
    code: 'exemption.invalid',
    issues: [{ path, code }],
  });
  expect((await listExemptions(deps, hr)).exemptions).toEqual([]);
});

test('an approved entry takes its days out of a card as a named step, once in the audit; a withdrawn one gives them back', async () => {
  await publishTemplates(deps);
  // Of worked example 4 the 200 ratings are of one day: without it there is none left.
  const day = { firstDay: '2026-10-31', lastDay: '2026-10-31' };
  const { id } = await enterExemption(deps, hr, { ...outage, ...day });
  const card = () => showScorecard(deps, hr, { plan: 'appliance-aftersales', period: '2026-10', agentId: 'zhao' });
  const csat = async () => (await card()).items.find(({ metric }) => metric === 'csat_rate');
  expect((await csat())?.value).toBe('93.5');
  await approveExemption(deps, other, id);
  expect((await csat())?.status).toBe('noData');
  const step = (await card()).steps.find(({ kind }) => kind === 'exempt');
  expect(step?.text.zh).toContain(id);
  const audited = async () =>
    (await stores.postgres.query(`SELECT subject FROM audit_log WHERE action = 'exemption.used'`)).rows;
  expect(await audited()).toEqual([{ subject: `${id} 2026-10 (1)` }]);
  expect((await listExemptions(deps, hr)).exemptions[0]?.uses).toBe(1);
  await withdrawExemption(deps, hr, { id, reason: '误登' });
  expect((await csat())?.value).toBe('93.5');
});
