import { expect, test } from 'vitest';
import { shippedPlan } from '../scores/testing.ts';
import { type PayGround, type PayProposal, payTable } from './payTable.ts';
import { item } from './testing.ts';

const coefficient = (agentId: string, more: Partial<PayProposal> = {}): PayProposal => ({
  ...{ agentId, name: agentId, team: '一组', shop: '店', rule: 'coefficient', revision: 1, words: null },
  ...{ planId: 'taobao-service-manager', planVersion: 1 },
  ...{ suggestion: { kind: 'coefficient', coefficient: '1.2' }, state: 'approved' },
  decision: { baseFen: '600000', amountFen: '720000' },
  ...more,
});
const table = (proposals: PayProposal[], more: Partial<PayGround> = {}) =>
  payTable({
    ...{ proposals, unrated: [], disputes: new Map(), budget: null },
    planOf: () => shippedPlan('taobao-service-manager'),
    baseOf: () => ({ salaryFen: 600_000n, performanceFen: null }),
    ...more,
  });

test('what was approved is due until something else is approved; what waits is shown beside it and not paid', () => {
  const next = coefficient('zhao', { revision: 2, state: 'proposed', decision: null });
  const [row] = table([next, coefficient('zhao')]).rows;
  expect(row?.lines).toMatchObject([{ approvedFen: '720000', waiting: { status: 'known', amountFen: '720000' } }]);
  expect(row).toMatchObject({ approvedFen: '720000', payableFen: '720000' });
  const other = coefficient('zhao', { revision: 2, decision: { amountFen: '600000' } });
  expect(table([coefficient('zhao'), other]).rows[0]).toMatchObject({ approvedFen: '600000' });
});

const share = { n: 1n, d: 1n };
const whole = new Map([['zhao', [{ share, items: 'all' as const }]]]);

test('of pay by grade an appeal holds what the disputed items weigh, or everything; an incentive waits as a whole where they decide it', () => {
  const incentive = coefficient('zhao', {
    ...{ rule: 'commission', decision: { amountFen: '10000' } },
    suggestion: { kind: 'incentive', rate: '2', factor: '0.8', percent: '1.6', of: '6250' },
  });
  const disputing = (metric: string) => ({
    disputes: new Map([['zhao', [{ share, items: [item(metric, '15', '9')] }]]]),
  });
  const held = (ground: Partial<PayGround>) => table([coefficient('zhao'), incentive], ground).rows[0];
  expect(held(disputing('nps'))).toMatchObject({ heldFen: '108000', payableFen: '622000' });
  // The coupling of the commission looks at the satisfaction.
  expect(held(disputing('csat_rate'))).toMatchObject({ heldFen: '118000', payableFen: '612000' });
  expect(held({ disputes: whole })).toMatchObject({ heldFen: '730000', payableFen: '0' });
});

test('a budget scales what was approved, and what is held with it; who is unrated stands there without a payment', () => {
  const budget = { capFen: 720_001n, floorBasisPoints: 0n, ceilingFen: null };
  const unrated = [{ agentId: 'sun', name: 'sun', team: '一组', shop: '店' }];
  const { rows } = table([coefficient('zhao'), coefficient('qian')], { disputes: whole, budget, unrated });
  expect(rows.map(({ agentId, shareFen, heldFen, payableFen }) => [agentId, shareFen, heldFen, payableFen])).toEqual([
    ['qian', '360001', '0', '360001'],
    ['sun', null, null, null],
    ['zhao', '360000', '360000', '0'],
  ]);
  expect(rows.find(({ agentId }) => agentId === 'sun')).toMatchObject({ unrated: true, lines: [] });
});
