import type { Queryable } from '../platform/transaction.ts';
import type { Actor } from './actor.ts';
import { allMembers } from './store.ts';

/** Everybody who has not left, as they act. */
export async function activeActors(postgres: Queryable): Promise<Actor[]> {
  const members = (await allMembers(postgres)).filter(({ deactivatedAt }) => deactivatedAt === null);
  return members.map(({ id, name, role, scope, agentId }) => ({ userId: id, name, role, scope, agentId }));
}
