import type { Actor } from '../../people/actor.ts';
import type { ScorecardList } from '../schemas.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { assignedCards } from './assignedCards.ts';
import { listOf, type ScorecardQuery, streamCards } from './scorecards.ts';

/** A plan that was chosen, or, left out, for each person the one that covers them. */
export interface ListQuery extends Omit<ScorecardQuery, 'plan'> {
  readonly plan?: string | undefined;
}

/**
 * The cards the actor may see as the table shows them. People of several plans have no items in common: then the list has no plan,
 * blocks and columns, and each row names its own. Throws NotFound `plan.unknown`, BadInput `period.unreadable`.
 */
export async function listScorecards(deps: ScoreDeps, actor: Actor, input: ListQuery): Promise<ScorecardList> {
  const { plan } = input;
  if (plan !== undefined) return listOf(await streamCards(deps, actor, { ...input, plan }));
  const lists = await Promise.all((await assignedCards(deps, actor, input)).map(listOf));
  const [only, ...others] = lists;
  if (only && others.length === 0) return only;
  return { plan: null, period: input.period, blocks: [], columns: [], rows: lists.flatMap(({ rows }) => rows) };
}
