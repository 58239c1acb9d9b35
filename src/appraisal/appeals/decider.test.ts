import { expect, test } from 'vitest';
import type { Actor, Role } from '../../people/actor.ts';
import { hasSupervisor, refusalOf } from './decider.ts';

const who = (userId: string, role: Role, more: Partial<Actor> = {}): Actor => ({
  ...{ userId, name: userId, role, agentId: null, scope: { kind: 'all' } },
  ...more,
});
const lead = who('lead', 'supervisor', { scope: { kind: 'teams', teams: ['一组'] } });
const west = who('west', 'supervisor', { scope: { kind: 'teams', teams: ['二组'] } });
const hr = who('hr', 'hr');
const appeal = {
  ...{ agentId: 'zhao', submittedBy: 'zhao', judgedBy: [] as string[], team: '一组', shop: '店' },
  state: 'submitted' as const,
};

test('the first word is a supervisor’s: HR gives it only where no supervisor in scope is without a hand in what is disputed', () => {
  expect(refusalOf(appeal, [], hr, [lead, hr])).toBe('appeal.supervisorFirst');
  expect(refusalOf(appeal, [], lead, [lead, hr])).toBe(null);
  const assessed = { ...appeal, judgedBy: ['lead'] };
  expect(refusalOf(assessed, [], lead, [lead, hr])).toBe('appeal.ownFinding');
  for (const members of [[hr], [west, hr]]) expect(refusalOf(appeal, [], hr, members)).toBe(null);
  expect(refusalOf(assessed, [], hr, [lead, hr])).toBe(null);
  expect([hasSupervisor(assessed, [lead]), hasSupervisor(assessed, [lead, who('other', 'supervisor')])]).toEqual([
    ...[false, true],
  ]);
});

test('the second word is another person’s, whoever gave the first', () => {
  const second = { ...appeal, state: 'hr' as const };
  expect(refusalOf(second, [{ byId: 'hr' }], hr, [lead, hr])).toBe('appeal.sameDecider');
  expect(refusalOf(second, [{ byId: 'lead' }], hr, [lead, hr])).toBe(null);
  expect(refusalOf(second, [], who('zhao', 'hr', { agentId: 'zhao' }), [])).toBe('appeal.ownCase');
});
