import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../../ledger/canonicalJson.ts';
import { keepLedger, type LedgerDeps } from '../../ledger/keepLedger.ts';
import { makeReceipt } from '../../ledger/makeReceipt.ts';
import { testLedger } from '../../ledger/testLedger.ts';
import { verifyReceipt } from '../../ledger/verifyReceipt.ts';
import { catalogue } from '../../metrics/catalogue.ts';
import { parsePeriod } from '../../metrics/period.ts';
import { silentLog } from '../../platform/log.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { blend } from '../../scores/blend.ts';
import { forcedGrades, rankedOf } from '../../scores/forcedGrades.ts';
import { cardEntry, type FrozenCard, insertFrozenCards, readFrozenCards } from '../../scores/frozenCardStore.ts';
import { keptMetrics } from '../../scores/keptMetrics.ts';
import { measured } from '../../scores/measured.ts';
import { planContent } from '../../scores/planContent.ts';
import { publishTemplates } from '../../scores/publishTemplates.ts';
import { resolved, shippedPlan } from '../../scores/testing.ts';
import { insertClosing } from '../closingStore.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { closedPool } from '../frozenPoolStore.ts';
import { type Graded, regrade } from '../regrade.ts';
import { recordCards, recordRevision } from './recordCards.ts';

const period = '2026-Q4';
const planId = 'jd-service-desk';
const plan = resolved(shippedPlan(planId));
const { distribution } = plan.plan;
if (!distribution) throw new Error('the plan distributes no grades');
const nowMs = Date.parse('2027-01-08T04:00:00Z');
const made = { madeAt: new Date(nowMs).toISOString(), madeBy: { userId: 'hr', name: '人事' } };

/** A quarter whose only month had this total. */
const cardOf = (total: string) => blend(plan, [{ period: '2026-10', total }]);
const people = Array.from({ length: 20 }, (_, i) => ({
  ...{ agentId: `p${String(i).padStart(2, '0')}`, name: `客服 ${i}` },
  ...{ team: '一组', shop: '旗舰店', tier: 'mid' as const },
}));
/** From 99 points down, two apart. */
const cards = new Map(people.map(({ agentId }, i) => [agentId, cardOf(`${99 - i * 2}`)]));
const places = forcedGrades(distribution, rankedOf(plan, people, cards));

let stores: TestStores;
let deps: CycleDeps;
let ledger: LedgerDeps;

beforeAll(async () => {
  stores = await startTestStores();
  ledger = testLedger(stores);
  const scoring = measured({ stores, now: () => nowMs, timeZone: 'Asia/Shanghai' });
  await publishTemplates(scoring);
  deps = { ...scoring, log: silentLog, derive: async () => undefined, checks: [], whenPublished: [] };
  await stores.postgres.query(`INSERT INTO cycles (period, state, changed_at) VALUES ($1, 'closed', $2)`, [
    ...[period, made.madeAt],
  ]);
  await insertClosing(stores.postgres, {
    ...{ period, copy: 'none', at: new Date(nowMs), by: made.madeBy, people: people.length },
    ...{ metrics: canonicalJson(keptMetrics(plan.plan, catalogue)), plans: [], calendar: [], exemptions: [] },
  });
  const closed = people.map((person): FrozenCard => {
    const [card, place] = [cards.get(person.agentId), places.get(person.agentId)];
    if (!card || !place) throw new Error('not ranked');
    return {
      ...{ period, agentId: person.agentId, version: 1, person, input: null, card, evidence: {} },
      ...{ plan: { id: planId, version: 1, hash: planContent(plan.plan).hash }, coefficient: card.coefficient },
      ...{ ...place, gradedBy: 'distribution', cause: 'closing', reason: '', ...made },
    };
  });
  const [some] = closed;
  if (!some) throw new Error('nobody');
  // Nobody knew anything of this one when the period was closed.
  const unrated: FrozenCard = {
    ...{ ...some, agentId: 'late', person: { ...some.person, agentId: 'late', name: '后到' } },
    ...{ card: blend(plan, []), grade: null, level: null, gradedBy: 'bands', coefficient: null },
  };
  await insertFrozenCards(stores.postgres, [...closed, unrated]);
});
afterAll(() => stores.close());

/** Gives somebody's card its next version with another total. */
async function revise(
  agentId: string,
  total: string,
  graded: (before: FrozenCard, card: FrozenCard['card']) => Graded | Promise<Graded>,
): Promise<FrozenCard> {
  const [before] = await readFrozenCards(stores.postgres, period, [agentId]);
  if (!before) throw new Error('no card');
  const card = cardOf(total);
  const revised: FrozenCard = {
    ...{ ...before, ...(await graded(before, card)), card, version: before.version + 1 },
    ...{ cause: 'revision', reason: '数据更正' },
  };
  await insertFrozenCards(stores.postgres, [revised]);
  return revised;
}

const asIssued = (before: FrozenCard) => before;
const ranksAgain = async (before: FrozenCard, card: FrozenCard['card']) =>
  regrade(plan, before, card, await closedPool(stores.postgres, period, plan));

/** What the receipt of somebody's newest entry says of their rank, and of the whole. */
async function proved(agentId: string) {
  await keepLedger(ledger);
  const hash = await cardEntry(stores.postgres, period, agentId);
  const receipt = await makeReceipt(stores.postgres, { hash: hash ?? '' }, null);
  const { findings, record } = verifyReceipt(receipt, { key: null, witnesses: [] });
  if (record?.kind !== 'scorecard') throw new Error('no card');
  const failed = findings.filter(({ state }) => state === 'fails').map(({ code }) => code);
  const said = findings.map(({ code }) => code).filter((code) => code.startsWith('receipt.rank'));
  return { failed, said, rank: record.rank && { grade: record.rank.grade, level: record.rank.level } };
}

test('whoever was ranked can prove it; a card that was revised before its publication keeps its place and takes nobody else’s', async () => {
  await revise('p00', '62', asIssued);
  await recordCards(deps, stores.postgres, parsePeriod(period, 'Asia/Shanghai'), async () => undefined);
  expect(await proved('p00')).toEqual({ failed: [], said: ['receipt.rankStays'], rank: places.get('p00') });
  for (const agentId of ['p01', 'p10', 'p19'])
    expect(await proved(agentId)).toEqual({ failed: [], said: ['receipt.ranked'], rank: places.get(agentId) });
});

test('a card that is revised after its publication names its rank: as issued, or ranked again where an appeal raised it', async () => {
  await recordRevision(deps, stores.postgres, await revise('p10', '78.5', asIssued));
  expect(await proved('p10')).toEqual({ failed: [], said: ['receipt.rankStays'], rank: places.get('p10') });
  const raised = await revise('p19', '98', ranksAgain);
  await recordRevision(deps, stores.postgres, raised);
  expect(places.get('p19')).not.toEqual(places.get('p01'));
  expect(await proved('p19')).toEqual({ failed: [], said: ['receipt.ranked'], rank: places.get('p01') });
});

test('whoever the closing did not rank proves a place that stays through revisions, by the total it came from', async () => {
  await recordRevision(deps, stores.postgres, await revise('late', '90', ranksAgain));
  const first = await proved('late');
  expect(first).toMatchObject({ failed: [], said: ['receipt.ranked'] });
  expect(first.rank).not.toBeNull();
  for (const total of ['65', '64']) {
    await recordRevision(deps, stores.postgres, await revise('late', total, asIssued));
    expect(await proved('late')).toEqual({ failed: [], said: ['receipt.rankStays'], rank: first.rank });
  }
});
