import { expect, test } from 'vitest';
import { type PayGround, type PayProposal, payTable } from './payTable.ts';

const coefficient = (agentId: string, more: Partial<PayProposal> = {}): PayProposal => ({
  ...{ agentId, name: agentId, team: '一组', shop: '店', rule: 'coefficient', revision: 1, words: null },
  ...{ suggestion: { kind: 'coefficient', coefficient: '1.2' }, state: 'approved' },
  decision: { baseFen: '600000', amountFen: '720000' },
  ...more,
});
const table = (proposals: PayProposal[], more: Partial<PayGround> = {}) =>
  payTable({
    ...{ proposals, unrated: [], held: new Map(), weights: new Map(), budget: null },
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

test('of pay by grade an appeal holds what the disputed items weigh, or everything; an incentive waits for the whole card only', () => {
  const incentive = coefficient('zhao', {
    ...{ rule: 'commission', decision: { amountFen: '10000' } },
    suggestion: { kind: 'incentive', rate: '2', factor: '0.8', percent: '1.6', of: '6250' },
  });
  const weights = new Map([['zhao', new Map([['csat', '15']])]]);
  const part = table([coefficient('zhao'), incentive], { held: new Map([['zhao', ['csat']]]), weights });
  expect(part.rows[0]).toMatchObject({ heldFen: '108000', payableFen: '622000' });
  const all = table([coefficient('zhao'), incentive], { held: new Map([['zhao', 'all']]) });
  expect(all.rows[0]).toMatchObject({ heldFen: '730000', payableFen: '0' });
});

test('a budget scales what was approved, and what is held with it; who is unrated stands there without a payment', () => {
  const held = new Map([['zhao', 'all' as const]]);
  const budget = { capFen: 720_001n, floorBasisPoints: 0n, ceilingFen: null };
  const unrated = [{ agentId: 'sun', name: 'sun', team: '一组', shop: '店' }];
  const { rows } = table([coefficient('zhao'), coefficient('qian')], { held, budget, unrated });
  expect(rows.map(({ agentId, shareFen, heldFen, payableFen }) => [agentId, shareFen, heldFen, payableFen])).toEqual([
    ['qian', '360001', '0', '360001'],
    ['sun', null, null, null],
    ['zhao', '360000', '360000', '0'],
  ]);
  expect(rows.find(({ agentId }) => agentId === 'sun')).toMatchObject({ unrated: true, lines: [] });
});
