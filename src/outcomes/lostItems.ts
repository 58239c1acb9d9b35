import { add, compare, divide, fraction, subtract, toFixed, zero } from '../scores/fraction.ts';
import { grouped } from '../scores/grouped.ts';
import type { Plan } from '../scores/planSchema.ts';
import type { ItemScore, Scorecard } from '../scores/scorecard.ts';
import { learnFor } from './learn.ts';
import type { LostItem } from './proposal.ts';

/** At most so many: a plan of everything helps with nothing. */
const shown = 5;

/**
 * The items that cost most over these cards, the largest loss first: of several months the mean loss, with the figure and target of the
 * last. Items without a score lost nothing, as nothing was seen; bonus items cannot be lost.
 */
export function lostItems(plan: Plan, cards: readonly Pick<Scorecard, 'items'>[]): LostItem[] {
  const names = namesOf(plan);
  const scored = cards.flatMap(({ items }) => items.filter(({ bonus, points }) => !bonus && points !== null));
  const losses = [...grouped(scored, ({ id }) => id).values()].flatMap((some) => {
    const last = some.at(-1);
    const total = some.map(lossOf).reduce(add, zero);
    const mean = divide(total, { n: BigInt(some.length), d: 1n });
    return last && compare(mean, halfCent) >= 0 ? [{ last, mean }] : [];
  });
  return losses
    .sort((a, b) => compare(b.mean, a.mean) || (a.last.id < b.last.id ? -1 : 1))
    .slice(0, shown)
    .map(({ last: { id, metric, value, target }, mean }) => ({
      ...{ item: id, name: names.get(id) ?? { zh: id, en: id }, metric, value, target },
      ...{ lost: toFixed(mean, 2), learn: learnFor(id, metric) },
    }));
}

/** What rounds to nothing is no loss. */
const halfCent = fraction('0.005');

function lossOf({ effectiveWeight, points }: ItemScore) {
  return effectiveWeight === null || points === null ? zero : subtract(fraction(effectiveWeight), fraction(points));
}

function namesOf(plan: Plan) {
  const items = plan.blocks.flatMap((block) => [...block.items, ...(block.replacedBy ? [block.replacedBy] : [])]);
  const promoted = plan.promotion?.items.map(({ item }) => item) ?? [];
  return new Map([...items, ...promoted].map(({ id, name }) => [id, name]));
}
