import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Forbidden } from '../../../platform/errors.ts';
import { type Queryable, transaction } from '../../../platform/transaction.ts';
import { holdLonger } from '../../longerCards.ts';
import { storeCards } from '../../verbs/storeCards.ts';
import { closeReview, reviewById, type StoredReview } from '../reviewStore.ts';
import type { Compared } from '../schemas.ts';
import { effectOf } from './effectOf.ts';
import { type AppealDeps, holdPublished, openCard } from './openCard.ts';
import { overturnIncident, sendOverturned } from './overturn.ts';

/**
 * Decides on what an upheld appeal of somebody else has thrown doubt on: it stands, or it is overturned here too and the card gets its
 * next version. Throws Conflict `appeal.decided`, Forbidden `appeal.ownCase`, `appeal.ownFinding`.
 */
export async function decideReview(
  deps: AppealDeps,
  actor: Actor,
  id: number,
  { decision, reason }: { readonly decision: 'stands' | 'overturned'; readonly reason: string },
): Promise<void> {
  authorise(actor, 'appeal.conclude');
  await transaction(deps.stores.postgres, async (connection) => {
    const { period } = await reviewById(connection, id);
    await holdPublished(connection, period);
    await holdLonger(connection, period);
    const review = await reviewById(connection, id, true);
    await mayReview(deps, actor, connection, review);
    const at = new Date(deps.now());
    const by = { userId: actor.userId, name: actor.name };
    let result: Compared | null = null;
    if (decision === 'overturned') {
      const effect = await effectOfReview(deps, connection, actor, review, reason);
      await storeCards(deps, connection, [effect.card, ...effect.longer]);
      const word = { at, by, text: `#${review.appeal} ${reason}` };
      await overturnIncident(deps, connection, { ...review, word });
      result = effect.compared;
    }
    await closeReview(connection, id, { state: decision, reason, at, by, result });
    await audit(deps, actor, `appeal.review.${decision}`, `${id} ${period} ${review.agentId}`, connection);
  });
  await sendOverturned(deps);
}

/** Before → after of overturning it here too; nothing is stored. */
export async function previewReview(deps: AppealDeps, actor: Actor, id: number): Promise<Compared> {
  authorise(actor, 'appeal.conclude');
  const { postgres } = deps.stores;
  const review = await reviewById(postgres, id);
  await mayReview(deps, actor, postgres, review);
  return (await effectOfReview(deps, postgres, actor, review, '')).compared;
}

async function mayReview(deps: AppealDeps, actor: Actor, postgres: Queryable, review: StoredReview): Promise<void> {
  authorise(actor, 'appeal.conclude', review);
  if (review.state !== 'open') throw new Conflict('appeal.decided');
  if (actor.agentId === review.agentId) throw new Forbidden('appeal.ownCase');
  const judges = await deps.findings.hitJudges(postgres, review.incidentId);
  if (judges.some(({ userId }) => userId === actor.userId)) throw new Forbidden('appeal.ownFinding');
}

async function effectOfReview(
  deps: AppealDeps,
  postgres: Queryable,
  actor: Actor,
  review: StoredReview,
  reason: string,
) {
  const opened = await openCard(deps, postgres, review);
  const corrections = [{ kind: 'incident' as const, incidentId: review.incidentId }];
  return effectOf(deps, postgres, actor, opened, { corrections, reason: `#${review.appeal} ${reason}`.trim() });
}
