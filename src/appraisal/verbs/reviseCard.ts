import { canonicalJson } from '../../ledger/canonicalJson.ts';
import { readDefinitions } from '../../metrics/definitionStore.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import { transaction } from '../../platform/transaction.ts';
import { approvedExemptions } from '../../scores/exemptionStore.ts';
import { type FrozenCard, readFrozenCards } from '../../scores/frozenCardStore.ts';
import { gatherInputs } from '../../scores/gatherInputs.ts';
import { measured } from '../../scores/measured.ts';
import { score } from '../../scores/score.ts';
import { planHistory } from '../../scores/scorePeople.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { cyclePeriod } from '../cyclePeriod.ts';
import { readCycle } from '../cycleStore.ts';
import { closedPool } from '../frozenPoolStore.ts';
import { holdLonger, longerCards } from '../longerCards.ts';
import { reissued } from '../regrade.ts';
import { evidenceOf } from './freezeCards.ts';
import { storeCards } from './storeCards.ts';

export interface ReviseCard {
  readonly period: string;
  readonly agentId: string;
  readonly reason: string;
}

/**
 * Makes one person's card of a closed month again from today's facts, by the plan it was made by, as a new version beside the old.
 * The closed quarter and year that were made from it get theirs too; nobody else moves. Throws Conflict `cycle.wrongState`, `cycle.longerFinal`,
 * `cycle.nothingRevised` where today's facts give the same card, `cycle.appealed` where an appeal made it, `cycle.revisedMeanwhile`, NotFound `scorecard.agentUnknown`.
 */
export async function reviseCard(
  deps: CycleDeps,
  actor: Actor,
  { period: text, agentId, reason }: ReviseCard,
): Promise<{ before: string | null; after: string | null; version: number }> {
  authorise(actor, 'cycle.write');
  const period = cyclePeriod(text, deps.timeZone);
  const { stores } = deps;
  const [before] = await readFrozenCards(stores.postgres, period.text, [agentId]);
  if (!before) throw new NotFound('scorecard.agentUnknown', { agent: agentId, period: period.text });
  authorise(actor, 'cycle.write', before.person);
  if (period.kind !== 'month') throw new Conflict('cycle.reviseMonths', { period: period.text });
  // What an appeal put right is in the frozen inputs alone, and today's facts would undo it.
  if (before.cause === 'appeal') throw new Conflict('cycle.appealed', { agent: agentId });
  await deps.derive();
  const today = measured(deps, deps.batch, stores.clickhouse);
  const { plan } = (await planHistory(today, before.plan.id, before.plan.version)).at(period);
  const exemptions = await approvedExemptions(stores.postgres, period);
  const input = (await gatherInputs(today, plan, period, [before.person], exemptions)).get(agentId);
  if (!input) throw new NotFound('scorecard.agentUnknown', { agent: agentId, period: period.text });
  const card = score(plan, input);
  if (canonicalJson(card) === canonicalJson(before.card))
    throw new Conflict('cycle.nothingRevised', { agent: agentId });
  const definitions = await readDefinitions(stores.postgres);
  const evidence = await evidenceOf(today, { plan, definitions, period, people: [before.person] });
  const pool = plan.plan.distribution ? await closedPool(stores.postgres, period.text, plan) : [];
  const made = {
    ...{ cause: 'revision' as const, reason, madeAt: new Date(deps.now()).toISOString() },
    madeBy: { userId: actor.userId, name: actor.name },
  };
  const revised: FrozenCard = {
    ...before,
    ...{ version: before.version + 1, input, card, evidence: evidence.get(agentId) ?? {} },
    ...reissued(plan, before, card, pool),
    ...made,
  };
  await transaction(stores.postgres, async (connection) => {
    const state = (await readCycle(connection, period.text, true))?.state;
    if (state !== 'closed' && state !== 'published') throw new Conflict('cycle.wrongState', { period: period.text });
    // Somebody else's correction, or an appeal's, may have come in since it was read.
    const [latest] = await readFrozenCards(connection, period.text, [agentId]);
    if (latest?.version !== before.version) throw new Conflict('cycle.revisedMeanwhile', { agent: agentId });
    await holdLonger(connection, period.text);
    const longer = await longerCards(deps, connection, revised, { made, grade: reissued });
    await storeCards(deps, connection, [revised, ...longer.map(({ next }) => next)]);
    await audit(deps, actor, 'scorecard.revised', `${agentId} ${period.text}`, connection);
  });
  return { before: before.card.total, after: card.total, version: revised.version };
}
