import { Conflict, Invalid } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { Role, Scope } from './actor.ts';
import { countAdministrators } from './store.ts';

/**
 * Where a person stands: an agent is linked to an agent and sees only that one; `self` for another role needs the link too.
 * Throws Invalid with every problem.
 */
export function checkPlace(place: { role: Role; scope: Scope; agentId: string | null }): {
  scope: Scope;
  agentId: string | null;
} {
  const { role, scope, agentId } = place;
  if (role === 'agent') {
    if (agentId === null) throw new Invalid('person.invalid', [{ path: 'agentId', code: 'person.agentMissing' }]);
    return { scope: { kind: 'self', agentId }, agentId };
  }
  if (role === 'administrator' && scope.kind !== 'all') {
    throw new Invalid('person.invalid', [{ path: 'scope', code: 'person.administratorScope' }]);
  }
  if (scope.kind === 'self' && scope.agentId !== agentId) {
    throw new Invalid('person.invalid', [{ path: 'scope.agentId', code: 'person.otherAgent' }]);
  }
  return { scope, agentId };
}

/** PostgreSQL's unique violation as the conflict it means to people. */
export function conflictOf(member: { email: string; agentId: string | null }): (cause: unknown) => never {
  return (cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === '23505') {
      if ('constraint' in cause && cause.constraint === 'members_active_agent') {
        throw new Conflict('person.agentTaken', { agentId: member.agentId ?? '' }, { cause });
      }
      throw new Conflict('person.emailTaken', { email: member.email }, { cause });
    }
    throw cause;
  };
}

/** Serialises everything that could take administrators away, so that two of them cannot remove each other at once. */
export async function lockAdministrators(postgres: Queryable): Promise<void> {
  await postgres.query(`SELECT pg_advisory_xact_lock(hashtext('heng.administrators'))`);
}

/** To be asked after the change, in its transaction: without an administrator nobody could let anybody in. */
export async function keepAnAdministrator(postgres: Queryable): Promise<void> {
  if ((await countAdministrators(postgres)) === 0) throw new Conflict('person.lastAdministrator');
}
