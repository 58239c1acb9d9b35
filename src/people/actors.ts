import type { Queryable } from '../platform/transaction.ts';
import type { Actor } from './actor.ts';
import { allMembers } from './store.ts';

/** Everybody who has not left, as they act. */
export async function activeActors(postgres: Queryable): Promise<Actor[]> {
  const members = (await allMembers(postgres)).filter(({ deactivatedAt }) => deactivatedAt === null);
  return members.map(({ id, name, role, scope, agentId }) => ({ userId: id, name, role, scope, agentId }));
}

/** What everybody who ever had an account is called: by the person's id and by the account's. */
export async function accountNames(postgres: Queryable): Promise<ReadonlyMap<string, string>> {
  const members = await allMembers(postgres);
  return new Map(
    members.flatMap(({ id, userId, name }) =>
      [id, userId].flatMap((each) => (each === null ? [] : [[each, name] as const])),
    ),
  );
}
