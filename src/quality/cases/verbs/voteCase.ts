import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, isInScope } from '../../../people/authorise.ts';
import { Conflict, Forbidden, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { type Queryable, transaction } from '../../../platform/transaction.ts';
import { caseById, keepVote } from '../caseStore.ts';

/** A case of the actor's scope that is not their own, held until the transaction ends. Throws NotFound `case.unknown`, Forbidden `case.own`. */
export async function caseInReach(connection: Queryable, actor: Actor, id: number) {
  const found = await caseById(connection, actor.userId, id, 'lock');
  const { agentId, team, shop } = found;
  if (!isInScope(actor, { agentId, team, shop })) throw new NotFound('case.unknown', { case: id });
  if (actor.agentId !== null && actor.agentId === agentId) throw new Forbidden('case.own');
  return found;
}

/** Votes for a proposal, once however often one does, or takes the vote back. Throws Conflict `case.closed` once it is a template. */
export async function voteCase(deps: Deps, actor: Actor, id: number, input: { for: boolean }): Promise<void> {
  authorise(actor, 'case.vote');
  await transaction(deps.stores.postgres, async (connection) => {
    const { template } = await caseInReach(connection, actor, id);
    if (template) throw new Conflict('case.closed');
    await keepVote(connection, id, actor.userId, input.for ? new Date(deps.now()) : null);
    await audit(deps, actor, input.for ? 'case.voted' : 'case.unvoted', String(id), connection);
  });
}
