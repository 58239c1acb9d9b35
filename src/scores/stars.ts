import { compare, fraction, one } from './fraction.ts';
import type { Plan } from './planSchema.ts';
import type { Scorecard } from './scorecard.ts';

/** A month of somebody's stars: how many, and what moved them. */
export interface StarMonth {
  readonly period: string;
  readonly stars: number;
  readonly gained: boolean;
  readonly lost: number;
}

/**
 * Stars month by month, oldest first, from the floor on: one more after so many months in a row in which every named item met its
 * target in full, one less for each confirmed red line that costs a star, never below the floor. An unrated month neither counts
 * nor interrupts, but its red lines cost as any other month's; a gained star starts the count again.
 */
export function stars(
  plan: Pick<Plan, 'vetoes'> & { readonly stars: NonNullable<Plan['stars']> },
  months: readonly { readonly period: string; readonly card: Scorecard }[],
): StarMonth[] {
  const rule = plan.stars;
  const floor = Number(rule.floor);
  let [count, run] = [floor, 0];
  return months.map(({ period, card }) => {
    const lost = starLines(plan, card).length;
    if (card.status === 'rated') run = meetsAll(rule.meets, card) ? run + 1 : 0;
    const gained = run >= Number(rule.inARow);
    if (gained) run = 0;
    count = Math.max(floor, count + (gained ? 1 : 0) - lost);
    return { period, stars: count, gained, lost };
  });
}

/** The incidents of a month that cost a star each. A month that is unrated has no steps to tell them by, only its red lines. */
export function starLines({ vetoes }: Pick<Plan, 'vetoes'>, card: Scorecard): string[] {
  if (card.status === 'rated') return card.steps.flatMap((step) => (step.kind === 'star' ? step.incidents : []));
  const costs = new Set(vetoes.filter(({ effect }) => effect === 'starDown').map(({ incident }) => incident));
  return card.vetoes.filter(({ incident }) => costs.has(incident)).map(({ incidentId }) => incidentId);
}

function meetsAll(items: readonly string[], card: Scorecard): boolean {
  return items.every((id) => {
    const attainment = card.items.find((item) => item.id === id)?.attainment;
    return attainment != null && compare(fraction(attainment), one) >= 0;
  });
}
