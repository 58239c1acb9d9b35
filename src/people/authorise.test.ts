import { describe, expect, it } from 'vitest';
import { type Actor, type Role, roles, type Scope } from './actor.ts';
import { authorise, isInScope, type Resource, scopeFilter } from './authorise.ts';
import { mayRole, permissions } from './permissions.ts';

function anActor(role: Role, scope: Scope, agentId: string | null = null): Actor {
  return { userId: 'u', name: 'n', role, scope, agentId };
}

const everything: Scope = { kind: 'all' };
const codeOf = (act: () => void) => {
  try {
    act();
    return 'passed';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('authorise', () => {
  it('lets a role through exactly the doors of the table', () => {
    for (const role of roles) {
      const actor = anActor(role, everything, 'A1');
      for (const permission of permissions) {
        const expected = mayRole(role, permission) ? 'passed' : 'permission.missing';
        expect([role, permission, codeOf(() => authorise(actor, permission))]).toEqual([role, permission, expected]);
      }
    }
  });

  it('narrows a key to what it was made for', () => {
    const key: Actor = { ...anActor('administrator', everything), only: ['ingest.write'] };
    expect(permissions.filter((permission) => codeOf(() => authorise(key, permission)) === 'passed')).toEqual([
      'ingest.write',
    ]);
  });

  const placed: Resource = { agentId: 'A1', team: 'T1', shop: 'S1' };
  it.each<[string, Actor, Resource, boolean]>([
    ['everything sees all', anActor('hr', everything), placed, true],
    ['everything sees what has no place', anActor('hr', everything), {}, true],
    ['a team sees its own', anActor('supervisor', { kind: 'teams', teams: ['T0', 'T1'] }), placed, true],
    ['a team does not see another', anActor('supervisor', { kind: 'teams', teams: ['T2'] }), placed, false],
    [
      'a team does not see what has no team',
      anActor('supervisor', { kind: 'teams', teams: ['T1'] }),
      { agentId: 'A1' },
      false,
    ],
    [
      'a team sees a session that one of its people took part in',
      anActor('supervisor', { kind: 'teams', teams: ['T1'] }),
      { team: ['T2', 'T1'] },
      true,
    ],
    ['an empty list of teams sees nothing', anActor('supervisor', { kind: 'teams', teams: [] }), placed, false],
    ['a shop sees its own', anActor('director', { kind: 'shops', shops: ['S1'] }), placed, true],
    ['a shop does not see another', anActor('director', { kind: 'shops', shops: ['S2'] }), placed, false],
    ['an agent sees themself', anActor('agent', { kind: 'self', agentId: 'A1' }, 'A1'), placed, true],
    [
      'an agent does not see another',
      anActor('agent', { kind: 'self', agentId: 'A1' }, 'A1'),
      { ...placed, agentId: 'A2' },
      false,
    ],
    [
      'an agent whose scope says everything still sees themself only',
      anActor('agent', everything, 'A1'),
      { ...placed, agentId: 'A2' },
      false,
    ],
    [
      'an agent whose scope names another agent still sees themself only',
      anActor('agent', { kind: 'self', agentId: 'A2' }, 'A1'),
      { ...placed, agentId: 'A2' },
      false,
    ],
    ['an agent linked to nobody sees nothing', anActor('agent', { kind: 'self', agentId: 'A1' }), placed, false],
    [
      'an agent linked to nobody does not see what belongs to nobody',
      anActor('agent', everything),
      { agentId: '' },
      false,
    ],
    ['an agent sees a session they took part in', anActor('agent', everything, 'A1'), { agentId: ['A2', 'A1'] }, true],
  ])('%s', (_, actor, resource, expected) => {
    expect(isInScope(actor, resource)).toBe(expected);
    expect(codeOf(() => authorise(actor, 'scorecard.read', resource))).toBe(expected ? 'passed' : 'scope.outside');
  });

  it('gives queries the filter that says the same', () => {
    expect(scopeFilter(anActor('hr', everything))).toEqual({ agents: null, teams: null, shops: null });
    expect(scopeFilter(anActor('agent', everything, 'A1'))).toEqual({ agents: ['A1'], teams: null, shops: null });
    expect(scopeFilter(anActor('agent', everything))).toEqual({ agents: [], teams: null, shops: null });
    expect(scopeFilter(anActor('supervisor', { kind: 'teams', teams: ['T1'] }))).toEqual({
      agents: null,
      teams: ['T1'],
      shops: null,
    });
  });
});
