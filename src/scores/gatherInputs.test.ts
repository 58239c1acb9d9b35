import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsDefinition } from '../facts/factsDefinition.ts';
import { RawRows } from '../facts/testing.ts';
import { parsePeriod } from '../metrics/period.ts';
import { readEvidence } from '../metrics/verbs/readEvidence.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { approvedExemptions, insertExemption, markApproved } from './exemptionStore.ts';
import { gatherInputs } from './gatherInputs.ts';
import { measured } from './measured.ts';
import { peopleIn } from './organisation.ts';
import type { Plan, PlanItem } from './planSchema.ts';
import { resolvePlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { ScoreInput } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { shippedPlan } from './testing.ts';

const october = parsePeriod('2026-10', 'Asia/Shanghai');
const name = { zh: '项', en: 'item' };
const csat: PlanItem = { id: 'csat', name, metric: 'csat_rate', target: '90', attainment: { curve: 'ratio' } };
const { promotion: _, ...rest } = shippedPlan('appliance-aftersales');
const plan = (more: Partial<Plan> = {}, item: PlanItem = csat): Plan => ({
  ...rest,
  blocks: [{ id: 'all', name, weight: '100', values: 'period', items: [item] }],
  ...more,
});

let stores: TestStores;
let deps: ScoreDeps;

/** So many content and discontent ratings of an agent's tickets on one October day. */
const ratings = (agent: string, day: string, good: number, bad: number) =>
  Array.from({ length: good + bad }, (_, i) => ({
    id: `${agent}-${day}-${i}`,
    agent,
    // On the second day in the evening, on the first at noon.
    at: `2026-10-${day}T${day === '11' ? '20' : '12'}:00:00+08:00`,
    score: i < good ? 5 : 1,
  }));

beforeAll(async () => {
  stores = await startTestStores();
  deps = measured({ stores, now: () => Date.parse('2026-12-03T00:00:00Z'), timeZone: 'Asia/Shanghai' });
  const raw = new RawRows(stores);
  const person = (agent_id: string, team: string, manager_id: string, more: object = {}) => ({
    ...{ agent_id, name: agent_id, team, shop: '店', manager_id, hired_on: '2025-01-01' },
    ...more,
  });
  await raw.put('agents', [
    person('a1', '一组', 'm', { tier: 'junior' }),
    person('a2', '一组', 'm', { tier: 'senior' }),
    person('b1', '二组', 'm', { tier: 'junior', hired_on: '2026-10-09', attributes: { mentor_id: 'a2' } }),
    person('z', '三组', 'n'),
    ...[person('m', '', ''), person('n', '', '')],
  ]);
  const all = [
    ...ratings('a1', '10', 30, 10),
    ...ratings('a1', '11', 20, 20),
    ...ratings('a2', '10', 40, 0),
    ...ratings('b1', '10', 20, 20),
  ];
  await raw.put(
    'tickets',
    all.map(({ id, agent, at }) => ({
      ...{ ticket_id: id, customer_id: id, agent_id: agent, kind: 'consult', priority: 'normal', contacts: 1 },
      ...{ created_at: at, closed_at: at, first_closed_at: at },
    })),
  );
  await raw.put(
    'ratings',
    all.map(({ id, at, score: stars }) => ({ ticket_id: id, at, score: stars, valid: true, rating_id: id })),
  );
  const incident = (incident_id: string, at: string, severity: string, status: string) => ({
    ...{ incident_id, agent_id: 'a1', at, item: 'language', severity, status, session_id: '' },
  });
  await raw.put('incidents', [
    incident('i1', '2026-10-05T23:30:00+08:00', 'major', 'confirmed'),
    incident('i2', '2026-10-06T00:30:00+08:00', '', 'confirmed'),
    incident('i3', '2026-10-06T00:40:00+08:00', 'major', 'pending'),
    incident('i4', '2026-10-06T00:50:00+08:00', 'major', 'overturned'),
    { ...incident('i5', '2026-10-07T10:00:00+08:00', 'minor', 'confirmed'), item: 'listening' },
    { ...incident('i6', '2026-10-07T11:00:00+08:00', 'minor', 'confirmed'), item: 'complaint' },
  ]);
  await raw.put('calendar', [{ date: '2026-10-11', type: 'promotion', shop: '', metric: '' }]);
  await raw.derive();
});
afterAll(() => stores.close());

async function inputs(tried: Plan): Promise<ReadonlyMap<string, ScoreInput>> {
  const resolved = resolvePlan(tried, await deps.catalogue());
  const people = await peopleIn(stores.clickhouse, october);
  return gatherInputs(deps, resolved, october, people, await approvedExemptions(stores.postgres, october));
}
const card = async (tried: Plan, agent: string) => {
  const input = (await inputs(tried)).get(agent);
  return input && score(resolvePlan(tried, await deps.catalogue()), input);
};

test('promotion days are left out of the metrics a plan names', async () => {
  const excluding = plan({ promotion: { items: [], exclude: { metrics: ['csat_rate'] } } });
  expect((await card(plan(), 'a1'))?.items[0]).toMatchObject({ value: '62.5', n: 80 });
  expect((await card(excluding, 'a1'))?.items[0]).toMatchObject({ value: '75', n: 40, exemptDays: 1 });
});

test('an entry of the register acts once it is approved, on those whom it covers', async () => {
  const signed = { at: new Date('2026-10-12T00:00:00Z'), by: 'u1', name: '赵' };
  await insertExemption(stores.postgres, {
    ...{ id: 'e1', covers: 'agent', subject: 'a1', metrics: [], firstDay: '2026-10-11', lastDay: '2026-10-12' },
    ...{ reason: 'outage', note: '系统故障', enteredBy: 'u1', enteredName: '赵', at: signed.at },
  });
  expect((await card(plan(), 'a1'))?.items[0]?.value).toBe('62.5');
  await markApproved(stores.postgres, 'e1', { ...signed, by: 'u2' });
  const told = await card(plan(), 'a1');
  expect(told?.items[0]?.value).toBe('75');
  expect(told?.steps[0]).toEqual({
    kind: 'exempt',
    metric: 'csat_rate',
    days: ['2026-10-11'],
    reason: 'outage',
    entries: ['e1'],
  });
  expect((await card(plan(), 'b1'))?.items[0]).toMatchObject({ value: '50', exemptDays: 0 });
  await stores.postgres.query('DELETE FROM exemptions');
});

test('confirmed incidents come with severity and their day in the time zone of the organisation', async () => {
  const charges = [{ incident: 'language', minor: '1', major: '2' }];
  const charging = plan({}, { ...csat, target: '0', better: 'lower', attainment: { curve: 'deductions', charges } });
  expect(
    (await inputs(charging))
      .get('a1')
      ?.incidents?.map(({ incidentId, severity, day, teller }) => [incidentId, severity, day, teller]),
  ).toEqual([
    ['i1', 'major', '2026-10-05', 'imported'],
    ['i2', null, '2026-10-06', 'imported'],
  ]);
  expect((await card(charging, 'a1'))?.total).toBe('97.00');
  // A copy closed before it mattered whose word an incident is: a card made of it is charged for every record, as its month was.
  const { all } = stores.clickhouse;
  await all.command('TRUNCATE TABLE facts_definitions');
  await all.command('INSERT INTO facts_definitions VALUES (5, 1)');
  expect((await inputs(charging)).get('a1')?.incidents?.map((each) => 'teller' in each)).toEqual([false, false]);
  await all.command(`INSERT INTO facts_definitions VALUES (${factsDefinition}, 2)`);
});

test('items of one metric with different options have figures and records of their own', async () => {
  const kind = (item: string): PlanItem => ({
    ...{ id: item, name, metric: 'qa_defects', options: { item }, weight: '50', target: '1' },
    attainment: { curve: 'ratio' },
  });
  const both = plan({
    blocks: [{ id: 'all', name, weight: '100', values: 'period', items: [kind('language'), kind('listening')] }],
  });
  const items = (await card(both, 'a1'))?.items ?? [];
  expect(items.map(({ metric, value }) => [metric, value])).toEqual([
    ['qa_defects:item=language', '2'],
    ['qa_defects:item=listening', '1'],
  ]);
  const behind = await Promise.all(
    items.map(({ metric }) =>
      readEvidence({ ...deps, log: silentLog }, ownerOfTheMachine, {
        ...{ metric, period: '2026-10', filter: { agent: ['a1'] }, cursor: '' },
      }),
    ),
  );
  expect(behind.map(({ rows, numerator }) => [rows.map(({ id }) => id), numerator])).toEqual([
    [['i1', 'i2'], '2'],
    [['i5'], '1'],
  ]);
});

test('a standardised item has everybody’s case mix, less the days that do not count, and the raw value beside it', async () => {
  const mixed = plan({}, { ...csat, value: 'standardised' });
  // At noon 90 of 120 (0.75), in the evening 20 of 40 (0.5), all 110 of 160. a1: 50 ÷ (40 × 0.75 + 40 × 0.5) × 68.75%; a2: 40 ÷ 30 × 68.75%.
  const told = await card(mixed, 'a1');
  expect(told?.items[0]).toMatchObject({ value: '68.75', standardised: { raw: '62.5', strata: 2 }, n: 80 });
  expect((await card(mixed, 'a2'))?.items[0]).toMatchObject({
    value: `91.${'6'.repeat(33)}7`,
    standardised: { raw: '100', strata: 2 },
    points: '100',
  });
  // Without the evening: 30 ÷ (40 × 0.75) × 68.75%.
  const without = plan({ promotion: { items: [], exclude: { metrics: ['csat_rate'] } } }, mixed.blocks[0]?.items[0]);
  expect((await card(without, 'a1'))?.items[0]).toMatchObject({ value: '68.75', standardised: { raw: '75' }, n: 40 });
});

test('an entry that names a metric covers it whatever options an item names', async () => {
  const item: PlanItem = { ...csat, metric: 'ticket_24h_rate', options: { within: '4' } };
  const signed = { at: new Date('2026-10-12T00:00:00Z'), by: 'u2', name: '赵' };
  await insertExemption(stores.postgres, {
    ...{ id: 'e2', covers: 'all', subject: '', metrics: ['ticket_24h_rate'], firstDay: '2026-10-11' },
    ...{ lastDay: '2026-10-11', reason: 'outage', note: '', enteredBy: 'u1', enteredName: '钱', at: signed.at },
  });
  await markApproved(stores.postgres, 'e2', signed);
  expect((await card(plan({}, item), 'a1'))?.items[0]).toMatchObject({ n: 40, exemptDays: 1 });
  await stores.postgres.query('DELETE FROM exemptions');
});

test('a confirmed red line keeps the score and forces the lowest grade; what is pending or overturned does nothing', async () => {
  const strict = plan({ vetoes: [{ incident: 'language', name }] });
  const told = await card(strict, 'a1');
  expect(told?.vetoes.map(({ incidentId }) => incidentId)).toEqual(['i1', 'i2']);
  expect(told).toMatchObject({ total: '69.44', grade: 'needs_improvement', coefficient: '0' });
  expect((await card(strict, 'a2'))?.grade).toBe('senior');
});

test('a manager has the ratio of sums of the teams led, and a target weighted by their tiers', async () => {
  const byTier = { byTier: { junior: '60', mid: '70', senior: '90', unknown: '60' } };
  const team = plan({ appraises: 'team', mentoring: { months: '3' } }, { ...csat, target: byTier });
  const found = await inputs(team);
  expect([...found.keys()]).toEqual(['a2', 'm', 'n']);
  // (50 + 40 + 20) of 160; 120 ratings of juniors at 60 and 40 of seniors at 90.
  expect((await card(team, 'm'))?.items[0]).toMatchObject({ value: '68.75', n: 160, target: '67.5' });
  expect(found.get('n')?.values.csat_rate?.figure.status ?? 'noData').toBe('noData');
});

test('a mentor has the card of the new hire’s team for the first months', async () => {
  const team = plan({ appraises: 'team', mentoring: { months: '3' } });
  const mentor = await card(team, 'a2');
  expect(mentor?.items[0]?.value).toBe('50');
  expect(mentor?.steps[0]).toEqual({ kind: 'mentor', mentees: ['b1'] });
  expect((await inputs(plan({ appraises: 'team' }))).has('a2')).toBe(false);
});

test('the first partial month of a new hire is unrated, and only that', async () => {
  const present = plan({ presence: { firstPartMonth: true } });
  expect((await card(present, 'b1'))?.status).toBe('unrated');
  expect((await card(present, 'a1'))?.status).toBe('rated');
});
