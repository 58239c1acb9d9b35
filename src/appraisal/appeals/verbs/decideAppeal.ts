import { todayIn } from '../../../facts/calendarDays.ts';
import { appendEntries } from '../../../ledger/appendEntries.ts';
import { sha256Hex } from '../../../ledger/ledgerContent.ts';
import type { Actor } from '../../../people/actor.ts';
import { activeActors } from '../../../people/actors.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Forbidden, Invalid } from '../../../platform/errors.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { transaction } from '../../../platform/transaction.ts';
import { cardEntry } from '../../../scores/frozenCardStore.ts';
import { holdLonger } from '../../longerCards.ts';
import { storeCards } from '../../verbs/storeCards.ts';
import { appealById, decisionsOf, insertDecision, moveAppeal, type StoredAppeal } from '../appealStore.ts';
import type { Correction } from '../correction.ts';
import { permissionOf, refusalOf, stepOf } from '../decider.ts';
import { correctionIssues, proposedCorrections } from '../proposed.ts';
import type { Compared, DecideAppeal } from '../schemas.ts';
import { decideBy } from '../window.ts';
import { type Effect, effectOf } from './effectOf.ts';
import { type AppealDeps, holdPublished, mayRead, openCard } from './openCard.ts';
import { overturn, sendOverturned } from './overturn.ts';
import { specialDaysFrom } from './specialDaysFrom.ts';

/**
 * Gives a word on an appeal: first a supervisor without a hand in it (HR, where there is none, which is noted), then another person of
 * HR, whose decision is final. Upheld by HR, the card gets its next version, what
 * was overturned goes out to the facts, and the same on other people is opened for review. Throws Conflict `appeal.decided`, `appeal.lowers`,
 * `appeal.nothingCorrected`, `appeal.recordUnknown`; Forbidden `appeal.ownCase`, `appeal.ownFinding`, `appeal.sameDecider`, `appeal.supervisorFirst`; Invalid
 * `appeal.corrections`.
 */
export async function decideAppeal(deps: AppealDeps, actor: Actor, id: number, input: DecideAppeal): Promise<void> {
  authorise(actor, 'appeal.read');
  await transaction(deps.stores.postgres, async (connection) => {
    // The period is held before the appeal, as everywhere: two that decide at once wait for each other, not on each other.
    const { period } = await appealById(connection, id);
    const { appeal, step } = await mayDecide(deps, actor, connection, id, () => holdPublished(connection, period));
    await holdLonger(connection, period);
    const at = new Date(deps.now());
    await insertDecision(connection, id, {
      ...{ step, decision: input.decision, reason: input.reason, corrections: input.corrections },
      ...{ at, byId: actor.userId, byName: actor.name, inPlace: step === 'supervisor' && actor.role !== 'supervisor' },
    });
    if (step === 'supervisor') {
      if (input.corrections.length > 0) await checked(deps, connection, actor, appeal, input);
      const { plan } = await openCard(deps, connection, appeal);
      const today = todayIn(deps);
      const dueOn = decideBy(plan.plan, today, await specialDaysFrom(deps, today));
      await moveAppeal(connection, id, { state: 'hr', dueOn });
    } else {
      const upheld = input.decision === 'upheld';
      const effect = upheld ? await checked(deps, connection, actor, appeal, input) : null;
      await recordDecision(deps, actor, connection, appeal, input);
      if (effect) {
        await storeCards(deps, connection, [effect.card, ...effect.longer]);
        const word = { at, by: { userId: actor.userId, name: actor.name }, text: input.reason };
        await overturn(deps, connection, { appeal, corrections: input.corrections, word });
      }
      await moveAppeal(connection, id, { state: 'final', outcome: input.decision, result: effect?.compared ?? null });
    }
    await audit(deps, actor, `appeal.${input.decision}`, `${id} ${step} ${period} ${appeal.agentId}`, connection);
  });
  await sendOverturned(deps);
}

/** Before → after of what somebody thinks of putting right; nothing is stored. */
export async function previewAppeal(
  deps: AppealDeps,
  actor: Actor,
  id: number,
  { corrections }: { readonly corrections: readonly Correction[] },
): Promise<Compared> {
  authorise(actor, 'appeal.read');
  const { postgres } = deps.stores;
  const { appeal } = await mayDecide(deps, actor, postgres, id);
  const { compared } = await checked(deps, postgres, actor, appeal, { corrections, reason: '' });
  return compared;
}

/** Lets whoever may decide the step at hand pass. */
async function mayDecide(
  deps: AppealDeps,
  actor: Actor,
  connection: Queryable,
  id: number,
  hold: () => Promise<unknown> = async () => null,
) {
  const seen = await appealById(connection, id);
  mayRead(actor, seen);
  const first = stepOf(seen);
  authorise(actor, permissionOf[first ?? 'hr'], seen);
  await hold();
  const appeal = await appealById(connection, id, connection !== deps.stores.postgres);
  const step = stepOf(appeal);
  if (step === null || step !== first) throw new Conflict('appeal.decided');
  const refusal = refusalOf(appeal, await decisionsOf(connection, id), actor, await activeActors(connection));
  if (refusal) throw new Forbidden(refusal);
  return { appeal, step };
}

/** The effect of what is to be put right, where that is possible at all. */
async function checked(
  deps: AppealDeps,
  postgres: Queryable,
  actor: Actor,
  appeal: StoredAppeal,
  { corrections, reason }: { readonly corrections: readonly Correction[]; readonly reason: string },
): Promise<Effect> {
  if (corrections.length === 0) throw new Conflict('appeal.nothingCorrected');
  const opened = await openCard(deps, postgres, appeal);
  const inspection =
    appeal.kind === 'inspection' ? await deps.findings.inspection(postgres, Number(appeal.subject)) : null;
  const proposed = proposedCorrections(appeal, inspection);
  const issues = correctionIssues(opened.plan, opened.card, appeal, { corrections, proposed });
  if (issues.length > 0) throw new Invalid('appeal.corrections', issues);
  const effect = await effectOf(deps, postgres, actor, opened, {
    corrections,
    reason: `#${appeal.id} ${reason}`.trim(),
  });
  const { items, untouched } = effect.compared;
  const named = appeal.kind === 'item' && corrections.every(({ kind }) => kind === 'record');
  if (named && items.length + untouched.length === 0) throw new Conflict('appeal.recordUnknown');
  return effect;
}

/** Says in the ledger what was decided about which card. */
async function recordDecision(
  deps: AppealDeps,
  actor: Actor,
  connection: Queryable,
  { id, period, agentId, kind, subject }: StoredAppeal,
  { decision, reason }: DecideAppeal,
): Promise<void> {
  const record = {
    ...{ kind: 'appealDecided' as const, appealId: String(id), period, agentId, decision },
    ...{ item: kind === 'item' ? subject : null, decidedBy: actor.name, reasonHash: sha256Hex(reason) },
    scorecard: await cardEntry(connection, period, agentId),
  };
  await appendEntries(connection, [{ record }], deps);
}
