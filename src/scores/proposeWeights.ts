import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  multiply,
  one,
  subtract,
  sum,
  toDecimal,
  zero,
} from './fraction.ts';

/** One item of a block as it weighs now. */
export interface Weighed {
  readonly id: string;
  readonly weight: string;
}

export interface WeightMove extends Weighed {
  readonly proposed: string;
}

/**
 * What survey answers propose for the weights of one block: each item moves in whole points towards its share of what customers named,
 * by `step` points at most and never to nothing, and what some gain others lose, so that the block weighs what it did. An item nobody
 * named counts as named 0 times. Empty where there is nothing to move. Proposes only; people decide.
 */
export function proposeWeights(
  items: readonly Weighed[],
  mentions: ReadonlyMap<string, number>,
  step: number,
): WeightMove[] {
  const named = items.map(({ id }) => whole(mentions.get(id) ?? 0));
  const answers = sum(named);
  if (answers.n === 0n) return [];
  const weights = items.map(({ weight }) => fraction(weight));
  const all = sum(weights);
  const wanted = weights.map((weight, i) => {
    const share = divide(multiply(all, named[i] ?? zero), answers);
    return within(subtract(share, weight), weight, step);
  });
  const ups = wanted.map((change) => (compare(change, zero) > 0 ? change : zero));
  const downs = wanted.map((change) => (compare(change, zero) < 0 ? subtract(zero, change) : zero));
  const [gained, lost] = [sum(ups), sum(downs)];
  const points = floor(compare(gained, lost) < 0 ? gained : lost);
  if (points === 0) return [];
  const [more, less] = [shareOut(ups, points), shareOut(downs, points)];
  return items.map(({ id, weight }, i) => ({
    ...{ id, weight },
    proposed: exactText(add(weights[i] ?? zero, whole((more[i] ?? 0) - (less[i] ?? 0)))),
  }));
}

const whole = (count: number): Fraction => ({ n: BigInt(count), d: 1n });
const floor = ({ n, d }: Fraction): number => Number(n / d);

/** At most a step either way, and one point is left of whatever weighed more. */
function within(change: Fraction, weight: Fraction, step: number): Fraction {
  const most = whole(step);
  if (compare(change, most) > 0) return most;
  const spare = compare(weight, one) > 0 ? subtract(weight, one) : zero;
  const least = subtract(zero, compare(spare, most) < 0 ? spare : most);
  return compare(change, least) < 0 ? least : change;
}

/** Whole points in proportion to the parts; what is left over goes to the largest remainders, of equal ones to the first. */
function shareOut(parts: readonly Fraction[], points: number): number[] {
  const all = sum(parts);
  const due = parts.map((part) => divide(multiply(part, whole(points)), all));
  const given = due.map(floor);
  const left = points - given.reduce((total, each) => total + each, 0);
  const rest = due.map((each, i) => ({ i, rest: subtract(each, whole(given[i] ?? 0)) }));
  for (const { i } of rest.sort((a, b) => compare(b.rest, a.rest) || a.i - b.i).slice(0, left)) {
    given[i] = (given[i] ?? 0) + 1;
  }
  return given;
}

/** A decimal where it ends, else the fraction: 55/3 and a point are 58/3. */
function exactText(value: Fraction): string {
  const text = toDecimal(value);
  return compare(fraction(text), value) === 0 ? text : `${value.n}/${value.d}`;
}
