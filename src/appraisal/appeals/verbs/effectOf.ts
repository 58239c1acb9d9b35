import type { Actor } from '../../../people/actor.ts';
import { may } from '../../../people/authorise.ts';
import { Conflict } from '../../../platform/errors.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { compare, fraction } from '../../../scores/fraction.ts';
import type { FrozenCard } from '../../../scores/frozenCardStore.ts';
import { gradeBase, gradePay, noPayBase, paidAs } from '../../../scores/gradePay.ts';
import { payBasesIn } from '../../../scores/payBaseStore.ts';
import { score } from '../../../scores/score.ts';
import { closedPool, gradedPeriods } from '../../frozenPoolStore.ts';
import { gradeText } from '../../gradeScale.ts';
import { longerCards } from '../../longerCards.ts';
import { regrade } from '../../regrade.ts';
import { changedItems } from '../compareCards.ts';
import { correctInput } from '../correctInput.ts';
import type { Correction } from '../correction.ts';
import { firings } from '../firings.ts';
import type { Compared } from '../schemas.ts';
import type { AppealDeps, OpenedCard } from './openCard.ts';
import { sharesOf } from './sharesOf.ts';

/** What corrections bring about: the card as it would be, longer periods made from it, and all of it in words. Nothing is stored. */
export interface Effect {
  readonly card: FrozenCard;
  readonly longer: readonly FrozenCard[];
  readonly compared: Compared;
}

/**
 * Throws Conflict `appeal.lowers` where the result would be worse than it was: an appeal never makes it so, and `cycle.longerFinal`. `by`,
 * `reason` and the moment stand on the new versions.
 */
export async function effectOf(
  deps: AppealDeps,
  postgres: Queryable,
  actor: Actor,
  { card: before, plan, period }: OpenedCard,
  { corrections, reason }: { readonly corrections: readonly Correction[]; readonly reason: string },
): Promise<Effect> {
  const { input } = before;
  if (!input) throw new Conflict('appeal.ofParts', { period: period.text });
  const taken = await sharesOf(deps, { card: before, plan, period }, corrections);
  const corrected = correctInput(plan, input, corrections, taken.shares);
  const scored = score(plan, corrected);
  const pool = plan.plan.distribution ? await closedPool(postgres, period.text, plan) : [];
  const standing = regrade(plan, before, scored, pool);
  if (isWorse(before.card.total, scored.total)) throw new Conflict('appeal.lowers');
  const madeAt = new Date(deps.now()).toISOString();
  const made = { madeAt, madeBy: { userId: actor.userId, name: actor.name }, cause: 'appeal' as const, reason };
  const card: FrozenCard = {
    ...before,
    ...made,
    ...standing,
    ...{ version: before.version + 1, input: corrected, card: scored },
  };
  const longer = await longerCards(deps, postgres, card, { made, grade: regrade });
  const graded = await gradedPeriods(postgres, card.agentId);
  const [was, is] = [graded, graded.map((each) => replaced(each, [card, ...longer.map(({ next }) => next)]))].map(
    (each) => firings(plan, each),
  );
  const as = may(actor, 'pay.read') ? paidAs(plan.plan, period.kind) : null;
  // What is paid is paid by the pay on record today, also of a closed period.
  const base = as && gradeBase(as, (await payBasesIn(deps.stores.clickhouse, period)).get(card.agentId) ?? noPayBase);
  const told = (each: FrozenCard) => ({
    ...{ version: each.version, total: each.card.total, level: each.level, coefficient: each.coefficient },
    grade: gradeText(plan, each.grade),
    payFen: base === null ? null : (gradePay(each.coefficient, base)?.toString() ?? null),
  });
  const without = (some: typeof was, others: typeof was) =>
    (some ?? []).filter(
      ({ outcome, period: at }) => !others?.some((other) => other.outcome === outcome && other.period === at),
    );
  const compared: Compared = {
    ...{ before: told(before), after: told(card), items: changedItems(plan, before.card, scored) },
    ...{ gained: without(is, was), lost: without(was, is) },
    longer: longer.map(({ next, totalBefore, grades }) => ({
      ...{ period: next.period, before: totalBefore, after: next.card.total, grades },
    })),
    untouched: taken.untouched,
  };
  return { card, longer: longer.map(({ next }) => next), compared };
}

/** Unrated is no worse: whoever had nothing but what was overturned has nothing to be judged by. */
const isWorse = (before: string | null, after: string | null): boolean =>
  before !== null && after !== null && compare(fraction(after), fraction(before)) < 0;

const replaced = <Graded extends { readonly period: string }>(graded: Graded, cards: readonly FrozenCard[]) => {
  const card = cards.find(({ period }) => period === graded.period);
  return card ? { ...graded, grade: card.grade, band: card.card.grade } : graded;
};
