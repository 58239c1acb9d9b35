import { expect, test } from 'vitest';
import { scopeOf } from './personFields.ts';

const fields = { name: '张三', email: 'z@example.com', scopeKind: 'all', teams: ['一组'], agentId: 'a1' } as const;

test('an agent sees only themselves, whatever was chosen before', () => {
  expect(scopeOf({ ...fields, teams: ['一组'], role: 'agent' })).toEqual({ kind: 'self', agentId: 'a1' });
});

test('teams that were chosen count only where the scope is teams', () => {
  expect(scopeOf({ ...fields, teams: ['一组'], role: 'supervisor', scopeKind: 'teams' })).toEqual({
    kind: 'teams',
    teams: ['一组'],
  });
  expect(scopeOf({ ...fields, teams: ['一组'], role: 'hr' })).toEqual({ kind: 'all' });
});
