import { add, divide, type Fraction, fraction, min, multiply, one, zero } from '../scores/fraction.ts';
import { baseMetric } from '../scores/planMetric.ts';
import type { Plan } from '../scores/planSchema.ts';
import type { ItemScore, Scorecard } from '../scores/scorecard.ts';

/** A card that open appeals dispute. */
export interface Dispute {
  /** How much of the period's own card it makes up: one, or in a longer period its part of the means. */
  readonly share: Fraction;
  /** The items in question, as the card has them; `all`: the grade of the whole card hangs on it. */
  readonly items: 'all' | readonly Pick<ItemScore, 'id' | 'metric' | 'effectiveWeight'>[];
}

/**
 * How much of pay by grade waits, 0 to 1: what the disputed items weigh, of a longer period over the parts that its mean was made of. What
 * two appeals dispute is never more than everything.
 */
export function heldPart(disputes: readonly Dispute[]): Fraction {
  const parts = disputes.map(({ share, items }) => {
    if (items === 'all') return share;
    const weighs = items.flatMap(({ effectiveWeight }) => effectiveWeight ?? []).map(fraction);
    return multiply(share, divide(weighs.reduce(add, zero), fraction('100')));
  });
  return min(one, parts.reduce(add, zero));
}

/**
 * How much of a blended card each period makes up that went into it, down to its months: one over the parts of its mean. What was
 * unrated made nothing of it and is not there. `cards` are one person's, by period; a period without a card is no mean.
 */
export function partShares(period: string, cards: ReadonlyMap<string, Scorecard>): ReadonlyMap<string, Fraction> {
  const shares = new Map([[period, one]]);
  const parts = (cards.get(period)?.steps ?? []).flatMap((step) => (step.kind === 'part' ? [step.period] : []));
  for (const part of parts)
    for (const [each, share] of partShares(part, cards))
      shares.set(each, divide(share, { n: BigInt(parts.length), d: 1n }));
  return shares;
}

/** Whether an incentive depends on something in dispute: on what its rate is of, or on what its coupling looks at. */
export function isDisputed(plan: Plan, incentive: string, disputes: readonly Dispute[]): boolean {
  const rests = restsOn(plan, incentive);
  return disputes.some(
    ({ items }) =>
      items === 'all' || items.some(({ id, metric }) => rests.items.has(id) || rests.metrics.has(baseMetric(metric))),
  );
}

/** The metrics and items that decide an incentive, through couplings of couplings too. */
function restsOn(plan: Plan, incentive: string): { metrics: ReadonlySet<string>; items: ReadonlySet<string> } {
  const found = plan.incentives?.find(({ id }) => id === incentive);
  const metrics = new Set(found?.of === undefined ? [] : [baseMetric(found.of)]);
  const items = new Set<string>();
  const couplings = new Set(found ? [found.coupling] : []);
  // A set hands out what is added to it while it is gone through.
  for (const id of couplings)
    for (const { of, by } of plan.couplings?.filter((each) => each.id === id) ?? [])
      for (const term of [of, ...by]) {
        if ('metric' in term) metrics.add(term.metric);
        else if ('item' in term) items.add(term.item);
        else couplings.add(term.coupling);
      }
  return { metrics, items };
}
