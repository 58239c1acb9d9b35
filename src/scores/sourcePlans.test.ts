import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawRows } from '../facts/testing.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { measured } from './measured.ts';
import { publishTemplates } from './publishTemplates.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { printedDocument } from './testing.ts';
import { streamCards } from './verbs/scorecards.ts';

let stores: TestStores;
let deps: ScoreDeps;

/** So many incidents of an item, a day apart, at noon of October days; ids tell them apart. */
const incidents = (item: string, ...severities: string[]) =>
  severities.map((severity, i) => ({
    ...{ incident_id: `${item}-${i}`, agent_id: 'lin', item, severity, status: 'confirmed', session_id: '' },
    at: `2026-10-${String(5 + i).padStart(2, '0')}T12:00:00+08:00`,
  }));

beforeAll(async () => {
  stores = await startTestStores();
  deps = measured({ stores, now: () => Date.parse('2026-12-03T00:00:00Z'), timeZone: 'Asia/Shanghai' });
  const raw = new RawRows(stores);
  const people = ['lin', 'z'].map((agent_id) => ({ agent_id, name: agent_id, team: '一组', shop: '店' }));
  await raw.put('agents', people);
  await raw.put('incidents', [
    ...incidents('platform_rules', '', '', ''),
    ...incidents('product', '', '', '', '', '', ''),
    ...incidents('order_process', ''),
    ...incidents('language', 'minor', 'minor', 'major'),
    ...incidents('listening', ''),
    ...incidents('emotion', ''),
    ...incidents('objection', 'major'),
    ...incidents('analysis', 'minor', 'major'),
    ...incidents('cross_department', 'minor'),
    ...incidents('customer_first', ''),
    ...incidents('responsibility', 'major', 'major', 'major'),
    ...incidents('response_time', '', ''),
    ...incidents('resolution_time', '', '', '', ''),
    { ...incidents('warmth', 'major')[0], incident_id: 'later', status: 'overturned' },
  ]);
  await raw.derive();
  await publishTemplates(deps);
});
afterAll(() => stores.close());

const cardsOf = async (plan: string) =>
  (await printedDocument(await streamCards(deps, ownerOfTheMachine, { plan, period: '2026-10' }, { previous: false })))
    .agents;
const cardOf = async (plan: string, agent: string) => (await cardsOf(plan)).find(({ agent_id }) => agent_id === agent);

test('worked example 5 out of raw incidents: 58.00 with every item as computed', async () => {
  const card = await cardOf('jd-training-assessment', 'lin');
  expect(card).toMatchObject({ status: 'rated', total: '58.00', grade: '待改进' });
  const points = (card?.items ?? []).slice(0, 16).map(({ points: won }) => Number(won));
  expect(points).toEqual([4, 0, 4, 5, 6, 4, 3, 3, 5, 10, 4, 4, 5, 0, 1, 0]);
  const kinds = new Set(card?.steps.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['redistribute', 'deduction', 'item', 'track', 'round', 'grade']));
});

test('somebody of whom nothing was recorded is not at full marks', async () => {
  expect(await cardOf('jd-training-assessment', 'z')).toMatchObject({ status: 'unrated', total: null });
});

test.each([
  'jd-service-desk',
  'jd-training-assessment',
  'optimised-service',
  'taobao-service-manager',
  'appliance-aftersales',
])('the shipped plan %s makes cards of raw rows', async (plan) => {
  expect((await cardsOf(plan)).length).toBeGreaterThan(0);
});
