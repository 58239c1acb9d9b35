import { add, divide, fraction, multiply, toDecimal, zero } from './fraction.ts';
import type { Plan } from './planSchema.ts';
import type { Scorecard } from './scorecard.ts';

export interface PartView {
  readonly id: string;
  readonly weight: string;
  /** Out of 100; null where none of its items gives a score. */
  readonly score: string | null;
}

/** A card's items seen in other groups: each group's score is the mean attainment of its items by weight. The total stays. */
export function viewScores(view: NonNullable<Plan['views']>[number], card: Pick<Scorecard, 'items'>): PartView[] {
  return view.parts.map(({ id, weight, items }) => {
    let [met, all] = [zero, zero];
    for (const item of card.items) {
      if (!items.includes(item.id) || item.attainment === null) continue;
      met = add(met, multiply(fraction(item.weight), fraction(item.attainment)));
      all = add(all, fraction(item.weight));
    }
    const score = all.n === 0n ? null : toDecimal(multiply(divide(met, all), fraction('100')));
    return { id, weight, score };
  });
}
