import { add, compare, type Fraction, fraction } from './fraction.ts';
import { grouped } from './grouped.ts';
import { isVetoed } from './isVetoed.ts';
import type { Plan } from './planSchema.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { Scorecard } from './scorecard.ts';

export type Distribution = NonNullable<Plan['distribution']>;

export interface Ranked {
  readonly id: string;
  /** As rounded. */
  readonly total: string;
  readonly vetoed: boolean;
  readonly team: string;
  readonly shop: string;
}

/** Those of some people who take part in the ranking: whoever has a total. */
export function rankedOf(
  plan: ResolvedPlan,
  people: readonly { readonly agentId: string; readonly team: string; readonly shop: string }[],
  cards: ReadonlyMap<string, Pick<Scorecard, 'total' | 'vetoes'>>,
): Ranked[] {
  return people.flatMap(({ agentId, team, shop }) => {
    const card = cards.get(agentId);
    if (!card || card.total === null) return [];
    const vetoed = isVetoed(plan, card);
    return [{ id: agentId, total: card.total, vetoed, team, shop }];
  });
}

/** A grade of the distribution and the level within it, the best first and counted from 1. */
export interface ForcedGrade {
  readonly grade: string;
  readonly level: number;
}

/** People who are ranked among themselves. */
export interface RankedPool {
  /** `all`, the team or shop; '' for the small ones that are ranked together. */
  readonly name: string;
  readonly people: readonly Ranked[];
  /** How many may be at most in the best grade, in the best two, and how many are not in the lowest. */
  readonly cutOffs: { readonly top: number; readonly second: number; readonly bottom: number };
}

/** The pools of a distribution that are large enough to be ranked; whoever has a grade of their own for a red line is in none. */
export function rankedPools(distribution: Distribution, people: readonly Ranked[]): RankedPool[] {
  const ranked = distribution.vetoed ? people.filter(({ vetoed }) => !vetoed) : people;
  return poolsOf(distribution, ranked)
    .filter(([, pool]) => pool.length >= Number(distribution.smallest))
    .map(([name, pool]) => ({ name, people: pool, cutOffs: cutOffsOf(distribution, pool.length) }));
}

/**
 * Grades by rank among the rated people of one pool: top if #{y ≥ x} ≤ ⌊top · n⌋, second if ≤ ⌊(top + second) · n⌋, bottom if
 * #{y > x} ≥ n − ⌊bottom · n⌋, else standard: ties fall at the top and rise at the bottom. A red line has its own grade and is not
 * ranked. Pools that are too small are not ranked (null: the bands decide), or are ranked as one pool of everybody.
 */
export function forcedGrades(
  distribution: Distribution,
  people: readonly Ranked[],
): ReadonlyMap<string, ForcedGrade | null> {
  const found = new Map<string, ForcedGrade | null>();
  const { vetoed } = distribution;
  const ranked = vetoed ? people.filter((person) => !person.vetoed) : people;
  if (vetoed)
    for (const { id } of people.filter((person) => person.vetoed)) found.set(id, { grade: vetoed.id, level: 1 });
  for (const [, pool] of poolsOf(distribution, ranked)) {
    const enough = pool.length >= Number(distribution.smallest);
    const places = placesIn(pool.map(({ total }) => total));
    for (const { id, total } of pool) {
      const place = places.get(total);
      found.set(id, enough && place ? gradeAt(distribution, pool.length, place) : null);
    }
  }
  return found;
}

/**
 * Where somebody is ranked beside the pools of a closing: in their own of those that were ranked then. null: in none, also where one
 * person more would make a pool large enough, as nobody else would be on that scale.
 */
export function poolBeside(distribution: Distribution, ranked: readonly RankedPool[], own: Ranked): RankedPool | null {
  const { pool, otherwise } = distribution;
  const issued = ranked.find(({ people }) => people.some(({ id }) => id === own.id));
  const named = ranked.find(({ name }) => name === (pool === 'all' ? 'all' : own[pool]));
  const merged = pool !== 'all' && otherwise === 'merge' ? ranked.find(({ name }) => name === '') : undefined;
  return issued ?? named ?? merged ?? null;
}

/** The totals of a pool with one of them replaced; with one more where nothing is replaced. */
export function replaced(totals: readonly string[], was: string | null, is: string): string[] {
  const at = was === null ? -1 : totals.indexOf(was);
  return [...(at < 0 ? totals : totals.toSpliced(at, 1)), is];
}

function poolsOf(
  { pool, smallest, otherwise }: Distribution,
  people: readonly Ranked[],
): (readonly [name: string, people: readonly Ranked[]])[] {
  if (pool === 'all') return [['all', people]];
  const pools = [...grouped(people, (person) => person[pool])];
  if (otherwise === 'bands') return pools;
  // People without a team or shop are no pool of their own, however many: they are ranked with those whose pool is too small, under no name.
  const isLarge = ([name, { length }]: readonly [string, readonly Ranked[]]) =>
    name !== '' && length >= Number(smallest);
  const others = pools.filter((each) => !isLarge(each)).flatMap(([, some]) => some);
  return [...pools.filter(isLarge), ['', others]];
}

/** How many of so many may be at most in the best grade, in the best two, and how many are not in the lowest. */
export function cutOffsOf({ top, second, bottom }: Distribution, n: number): RankedPool['cutOffs'] {
  return {
    top: share(fraction(top.share), n),
    second: share(add(fraction(top.share), fraction(second.share)), n),
    bottom: n - share(fraction(bottom.share), n),
  };
}

/** ⌊percent of so many⌋. */
const share = ({ n, d }: Fraction, of: number): number => Number((n * BigInt(of)) / (d * 100n));

/** How many are above a total, and how many have at least as much. */
interface Place {
  readonly above: number;
  readonly atLeast: number;
}

/** By total, as everybody rounds the same way. */
function placesIn(totals: readonly string[]): ReadonlyMap<string, Place> {
  const counts = new Map<string, number>();
  for (const total of totals) counts.set(total, (counts.get(total) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => compare(fraction(b), fraction(a)));
  let above = 0;
  return new Map(
    sorted.map(([total, count]) => {
      const place = { above, atLeast: above + count };
      above += count;
      return [total, place];
    }),
  );
}

/** The grade of a total among those of its pool, its own included; null for one that is not among them. */
export function gradeAmong(distribution: Distribution, totals: readonly string[], total: string): ForcedGrade | null {
  const place = placesIn(totals).get(total);
  return place ? gradeAt(distribution, totals.length, place) : null;
}

function gradeAt(distribution: Distribution, n: number, { above, atLeast }: Place): ForcedGrade {
  const { top, second, standard, bottom } = distribution;
  const { top: best, second: good, bottom: worst } = cutOffsOf(distribution, n);
  if (atLeast <= best) return levelIn(top, above, 0, best);
  if (atLeast <= good) return levelIn(second, above, best, good);
  if (above >= worst) return levelIn(bottom, above, worst, n);
  return levelIn(standard, above, good, worst);
}

/** The places of a grade are split evenly over its levels; who ties shares the level of the best of them. */
function levelIn(rank: { id: string; levels: string }, above: number, from: number, to: number): ForcedGrade {
  const levels = Number(rank.levels);
  const place = Math.max(0, above - from) / Math.max(1, to - from);
  return { grade: rank.id, level: Math.min(levels, 1 + Math.floor(place * levels)) };
}
