import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, isInScope } from '../../people/authorise.ts';
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { type FrozenCard, readFrozenCards } from '../../scores/frozenCardStore.ts';
import type { Plan } from '../../scores/planSchema.ts';
import { readVersions } from '../../scores/planStore.ts';
import { kindOf, publishedPeriods } from '../groundStore.ts';
import { lostItems } from '../lostItems.ts';
import type { Proposed, Suggestion } from '../proposal.ts';
import { keepChanges } from '../proposalStore.ts';
import { basisOf, nextTier } from '../proposeFor.ts';
import type { EnterInput } from '../schemas.ts';

/**
 * Proposes something for one person by hand, on the card of a published period. Throws NotFound `outcome.noCard`, also for somebody out of
 * scope, Forbidden `outcome.own`, Conflict `outcome.unpublished`.
 */
export async function enterProposal(deps: Deps, actor: Actor, input: EnterInput): Promise<{ id: number }> {
  authorise(actor, 'outcome.propose');
  return transaction(deps.stores.postgres, async (connection) => {
    const kind = kindOf(input.period);
    const published = kind === null ? [] : await publishedPeriods(connection, kind);
    if (!published.includes(input.period)) throw new Conflict('outcome.unpublished', { period: input.period });
    const [card] = await readFrozenCards(connection, input.period, [input.agentId]);
    const { team, shop } = card?.person ?? {};
    if (!card || !isInScope(actor, { agentId: input.agentId, team: team ?? null, shop: shop ?? null }))
      throw new NotFound('outcome.noCard', { agent: input.agentId, period: input.period });
    if (actor.agentId === input.agentId) throw new Forbidden('outcome.own');
    const plan = (await readVersions(connection, card.plan.id)).find(({ version }) => version === card.plan.version);
    if (!plan) throw new Error('a frozen card names a plan that was never published');
    const proposed: Proposed = {
      ...{ kind: input.kind, words: null, basis: [basisOf(plan.plan, { ...card, total: card.card.total })] },
      // Each entry is one of its own.
      rule: `byHand ${deps.now()} ${actor.userId}`,
      suggestion: suggestedFor(input.kind, plan.plan, card),
    };
    const by = { at: new Date(deps.now()), userId: actor.userId, name: actor.name, reason: input.reason };
    const [id] = await keepChanges(connection, [{ card, change: { change: 'propose', proposed, revision: 1 } }], by);
    if (id === undefined) throw new Error('the insert of a proposal returned nothing');
    await audit(deps, actor, 'outcome.entered', `${id} ${input.kind} ${input.period} ${input.agentId}`, connection);
    return { id };
  });
}

function suggestedFor(kind: EnterInput['kind'], plan: Plan, card: FrozenCard): Suggestion {
  switch (kind) {
    case 'raise':
      return { kind, from: null, to: null };
    case 'promotion':
      return { kind, from: card.person.tier, to: nextTier(card.person.tier) };
    case 'honour':
      return { kind, title: null };
    case 'training':
      return { kind, paidMonths: null, lost: lostItems(plan, [card.card]) };
    case 'improvementPlan':
      return { kind, lost: lostItems(plan, [card.card]) };
    case 'transfer':
      return { kind };
  }
}
