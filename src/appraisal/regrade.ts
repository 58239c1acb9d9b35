import { type ForcedGrade, gradeAmong, poolBeside, type Ranked, rankedPools } from '../scores/forcedGrades.ts';
import type { FrozenCard } from '../scores/frozenCardStore.ts';
import { isVetoed } from '../scores/isVetoed.ts';
import type { ResolvedPlan } from '../scores/resolvePlan.ts';
import type { Scorecard } from '../scores/scorecard.ts';
import { gradeSteps } from './gradeScale.ts';

/** What a card comes to: the grade that counts, how it came about, and its coefficient. */
export type Graded = Pick<FrozenCard, 'grade' | 'level' | 'gradedBy' | 'coefficient'>;

type Before = Pick<FrozenCard, 'agentId' | 'person' | 'card'> & Graded;

/**
 * The grade of a corrected card. By distribution it is computed against everybody else's total as it was ranked, and theirs stay as
 * they are: nobody falls because another rose, and whose pool was not ranked then is not ranked alone. A grade that was there before is never lowered, and one of a calibration meeting stays
 * (`isDecided`).
 */
export function regrade(plan: ResolvedPlan, before: Before, card: Scorecard, pool: readonly Ranked[]): Graded {
  const own = freshGrade(plan, before, card, pool);
  // What stands instead of a red line's grade is never worse, also where a pool is too small for it to be of the same scale.
  if (isVetoed(plan, before.card) && !isVetoed(plan, card)) return own;
  return isAbove(plan, before, own) || isDecided(plan, before, card, pool) ? kept(before, card) : own;
}

/**
 * The grade of a card that was made again. A place in a distribution stays as it was issued while the card is rated, unless a red line
 * came or went; a grade by bands follows the total, down too, but for one of a calibration meeting (`isDecided`).
 */
export function reissued(plan: ResolvedPlan, before: Before, card: Scorecard, pool: readonly Ranked[]): Graded {
  const stays = before.level === null ? isDecided(plan, before, card, pool) : isAsRated(plan, before, card);
  return stays ? kept(before, card) : { ...freshGrade(plan, before, card, pool), coefficient: card.coefficient };
}

/**
 * Whether a grade that people decided in a calibration meeting stays, of a month, a quarter and a year alike: while the card is rated and
 * no red line came or went, unless the card has risen by itself, above what it was and above what the meeting gave.
 */
function isDecided(plan: ResolvedPlan, before: Before, card: Scorecard, pool: readonly Ranked[]): boolean {
  if (before.gradedBy !== 'meeting' || !isAsRated(plan, before, card)) return false;
  const own = freshGrade(plan, before, card, pool);
  const rose = isAbove(plan, own, freshGrade(plan, before, before.card, pool)) && isAbove(plan, own, before);
  return !rose;
}

const isAsRated = (plan: ResolvedPlan, before: Before, card: Scorecard): boolean =>
  card.total !== null && isVetoed(plan, card) === isVetoed(plan, before.card);

/** Whether one grade is better. Of two scales (a distribution that needs enough people, and the bands) none is: they cannot be compared. */
function isAbove(plan: ResolvedPlan, one: Graded, other: Graded): boolean {
  if ((one.level === null) !== (other.level === null)) return false;
  const scale = gradeSteps(plan, one.level === null ? 'bands' : 'distribution').map(({ id }) => id);
  const [at = -1, than = -1] = [one, other].map(({ grade }) => (grade === null ? -1 : scale.indexOf(grade)));
  if (at !== than) return at >= 0 && than >= 0 && at < than;
  return one.level !== null && other.level !== null && one.level < other.level;
}

/** By rank one is paid by the card's own coefficient, which is now the new card's. */
function kept({ grade, level, gradedBy, coefficient }: Before, card: Scorecard): Graded {
  return { grade, level, gradedBy, coefficient: level === null ? coefficient : card.coefficient };
}

/** What a card comes to by itself: its place among everybody else's total of the closing, or its band. */
function freshGrade(
  plan: ResolvedPlan,
  { agentId, person }: Pick<FrozenCard, 'agentId' | 'person'>,
  card: Scorecard,
  pool: readonly Ranked[],
): Graded {
  const forced = forcedGrade(plan, agentId, person, card, pool);
  return forced
    ? { ...forced, gradedBy: 'distribution', coefficient: card.coefficient }
    : { grade: card.grade, level: null, gradedBy: 'bands', coefficient: card.coefficient };
}

function forcedGrade(
  plan: ResolvedPlan,
  agentId: string,
  { team, shop }: FrozenCard['person'],
  card: Scorecard,
  pool: readonly Ranked[],
): ForcedGrade | null {
  const { distribution } = plan.plan;
  if (!distribution || card.total === null) return null;
  const vetoed = isVetoed(plan, card);
  if (vetoed && distribution.vetoed) return { grade: distribution.vetoed.id, level: 1 };
  const own = { id: agentId, total: card.total, vetoed, team, shop };
  const people = poolBeside(distribution, rankedPools(distribution, pool), own)?.people;
  if (!people) return null;
  const others = people.filter(({ id }) => id !== agentId).map(({ total }) => total);
  return gradeAmong(distribution, [...others, card.total], card.total);
}
