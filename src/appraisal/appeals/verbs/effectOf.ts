import { parsePeriod } from '../../../metrics/period.ts';
import type { Actor } from '../../../people/actor.ts';
import { may } from '../../../people/authorise.ts';
import { Conflict } from '../../../platform/errors.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { type BlendPart, blend } from '../../../scores/blend.ts';
import { compare, fraction } from '../../../scores/fraction.ts';
import { type FrozenCard, readFrozenCards } from '../../../scores/frozenCardStore.ts';
import { gradeBase, gradePay, noPayBase, paidAs } from '../../../scores/gradePay.ts';
import { payBasesIn } from '../../../scores/payBaseStore.ts';
import { partsOf } from '../../../scores/periodSpan.ts';
import { score } from '../../../scores/score.ts';
import { readCycle } from '../../cycleStore.ts';
import { frozenPlan } from '../../frozenPlanStore.ts';
import { closedPool, gradedPeriods } from '../../frozenPoolStore.ts';
import { gradeText } from '../../gradeScale.ts';
import { changedItems } from '../compareCards.ts';
import { correctInput } from '../correctInput.ts';
import type { Correction } from '../correction.ts';
import { firings } from '../firings.ts';
import { regrade } from '../regrade.ts';
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
 * Throws Conflict `appeal.lowers` where the result would be worse than it was: an appeal never makes it so. `by`, `reason` and the
 * moment stand on the new versions.
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
  const longer = await longerCards(deps, postgres, card, made);
  const graded = await gradedPeriods(postgres, card.agentId);
  const [was, is] = [graded, graded.map((each) => replaced(each, [card, ...longer]))].map((each) =>
    firings(plan, each),
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
    longer: longer.map((each) => ({
      ...{ period: each.period, before: each.totalBefore, after: each.card.total },
    })),
    untouched: taken.untouched,
  };
  return { card, longer: longer.map(({ totalBefore: _, ...each }) => each), compared };
}

/** Unrated is no worse: whoever had nothing but what was overturned has nothing to be judged by. */
const isWorse = (before: string | null, after: string | null): boolean =>
  before !== null && after !== null && compare(fraction(after), fraction(before)) < 0;

const replaced = <Graded extends { readonly period: string }>(graded: Graded, cards: readonly FrozenCard[]) => {
  const card = cards.find(({ period }) => period === graded.period);
  return card ? { ...graded, grade: card.grade, band: card.card.grade } : graded;
};

type Made = Pick<FrozenCard, 'madeAt' | 'madeBy' | 'cause' | 'reason'>;

/** The next versions of the closed quarter and year that were made from a card's period. */
async function longerCards(
  deps: AppealDeps,
  postgres: Queryable,
  changed: FrozenCard,
  made: Made,
): Promise<(FrozenCard & { readonly totalBefore: string | null })[]> {
  const found: (FrozenCard & { readonly totalBefore: string | null })[] = [];
  for (const text of longerPeriods(changed.period)) {
    const [before] = await readFrozenCards(postgres, text, [changed.agentId]);
    const cycle = await readCycle(postgres, text);
    if (!before || cycle === null || cycle.state === 'final') continue;
    const period = parsePeriod(text, deps.timeZone);
    const plan = await frozenPlan(postgres, text, before.plan);
    const parts: BlendPart[] = [];
    for (const part of partsOf(period, deps.timeZone)) {
      const now = [changed, ...found].find((each) => each.period === part.text);
      const card = now ?? (await readFrozenCards(postgres, part.text, [changed.agentId]))[0];
      parts.push({ period: part.text, total: card?.card.total ?? null });
    }
    const card = blend(plan, parts);
    if (card.total === before.card.total) continue;
    const pool = plan.plan.distribution ? await closedPool(postgres, text, plan) : [];
    found.push({
      ...{ ...before, ...made, ...regrade(plan, before, card, pool) },
      ...{ version: before.version + 1, card, totalBefore: before.card.total },
    });
  }
  return found;
}

/** The quarter and the year that a month is part of, the year alone for a quarter. */
function longerPeriods(period: string): string[] {
  const year = period.slice(0, 4);
  const month = Number(/^\d{4}-(\d{2})$/.exec(period)?.[1]);
  if (month >= 1) return [`${year}-Q${Math.ceil(month / 3)}`, year];
  return period.includes('-Q') ? [year] : [];
}
