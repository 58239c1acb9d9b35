import type { Ingest } from '../../../ingest/ingest.ts';
import { type Period, parsePeriod } from '../../../metrics/period.ts';
import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { type FrozenCard, readFrozenCards } from '../../../scores/frozenCardStore.ts';
import type { ResolvedPlan } from '../../../scores/resolvePlan.ts';
import type { CycleDeps } from '../../cycleDeps.ts';
import { readCycle } from '../../cycleStore.ts';
import { frozenPlan } from '../../frozenPlanStore.ts';
import type { Findings } from '../findings.ts';

export interface AppealDeps extends Deps {
  readonly ingest: Ingest;
  readonly findings: Findings;
  /** Done within the transaction that gives a published card its next version. */
  readonly whenPublished: CycleDeps['whenPublished'];
}

/** A card that counts, and the plan by which it was frozen. */
export interface OpenedCard {
  readonly card: FrozenCard;
  readonly plan: ResolvedPlan;
  readonly period: Period;
}

/** Throws NotFound `appeal.noCard` where the period is not closed or the person has no card in it. */
export async function openCard(
  deps: Pick<Deps, 'timeZone'>,
  postgres: Queryable,
  { period: text, agentId }: { readonly period: string; readonly agentId: string },
): Promise<OpenedCard> {
  const period = parsePeriod(text, deps.timeZone);
  const [card] = await readFrozenCards(postgres, text, [agentId]);
  if (!card) throw new NotFound('appeal.noCard', { agent: agentId, period: text });
  return { card, period, plan: await frozenPlan(postgres, text, card.plan) };
}

/**
 * Keeps the cards of a published period from changing until the transaction ends, and gives the day it was published. Throws Conflict
 * `appeal.notPublished`, and `appeal.cycleFinal` once nothing of it changes any more.
 */
export async function holdPublished(connection: Queryable, period: string): Promise<string> {
  const cycle = await readCycle(connection, period, true);
  if (!cycle?.publishedOn) throw new Conflict('appeal.notPublished', { period });
  if (cycle.state === 'final') throw new Conflict('appeal.cycleFinal', { period });
  return cycle.publishedOn;
}

/** Lets whoever has the person in reach pass, and the appellant. Throws Forbidden. */
export function mayRead(actor: Actor, whose: { agentId: string; team: string; shop: string }): void {
  authorise(actor, 'appeal.read', actor.agentId === whose.agentId ? undefined : whose);
}
