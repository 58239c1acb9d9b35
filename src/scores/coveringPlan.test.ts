import { expect, test } from 'vitest';
import { type Assignment, coveringPlan, plainPlan } from './coveringPlan.ts';

const rule = (planId: string | null, who: Partial<Assignment> = {}): Assignment => ({
  ...{ team: '', tier: '', agentId: '', fromMonth: '2026-01', planId },
  ...who,
});
const zhao = { agentId: 'zhao', team: '一组', tier: 'mid' } as const;
const all = [
  rule('everybody'),
  rule('of-tier', { tier: 'mid' }),
  rule('of-team', { team: '一组' }),
  rule('of-both', { team: '一组', tier: 'mid' }),
  rule('of-zhao', { agentId: 'zhao' }),
];

test('the rule that says most about somebody holds', () => {
  const held = [5, 4, 3, 2, 1, 0].map((count) => coveringPlan(all.slice(0, count), zhao, '2026-10'));
  expect(held).toEqual(['of-zhao', 'of-both', 'of-team', 'of-tier', 'everybody', plainPlan]);
  expect(coveringPlan(all, { agentId: 'sun', team: '二组', tier: null }, '2026-10')).toBe('everybody');
});

test('a rule holds from its month on, and one taken back gives way to the more general one', () => {
  const rules = [rule('everybody'), rule('new', { team: '一组', fromMonth: '2026-12' })];
  expect(coveringPlan(rules, zhao, '2026-11')).toBe('everybody');
  expect(coveringPlan(rules, zhao, '2026-12')).toBe('new');
  const back = [...rules, rule(null, { team: '一组', fromMonth: '2027-02' })];
  expect(coveringPlan(back, zhao, '2027-01')).toBe('new');
  expect(coveringPlan(back, zhao, '2027-02')).toBe('everybody');
});
