import { type ForcedGrade, forcedGrades, type Ranked } from '../scores/forcedGrades.ts';
import type { FrozenCard } from '../scores/frozenCardStore.ts';
import { isVetoed } from '../scores/isVetoed.ts';
import type { ResolvedPlan } from '../scores/resolvePlan.ts';
import type { Scorecard } from '../scores/scorecard.ts';
import { gradeScale } from './gradeScale.ts';

/** What a card comes to: the grade that counts, how it came about, and its coefficient. */
export type Graded = Pick<FrozenCard, 'grade' | 'level' | 'gradedBy' | 'coefficient'>;

/**
 * The grade of a corrected card. By distribution it is computed against everybody else's total as it was ranked, and theirs stay as
 * they are: nobody falls because another rose. A grade that was there before, also one of a calibration meeting, is never lowered.
 */
export function regrade(
  plan: ResolvedPlan,
  before: Pick<FrozenCard, 'agentId' | 'person' | 'card'> & Graded,
  card: Scorecard,
  pool: readonly Ranked[],
): Graded {
  const own = freshGrade(plan, before, card, pool);
  const scale = gradeScale(plan);
  const places = [own, before].map(({ grade }) => (grade === null ? -1 : scale.indexOf(grade)));
  const [now = -1, then = -1] = places;
  // Grades of two scales (a distribution that needs enough people, and the bands) cannot be compared.
  const fell = now >= 0 && then >= 0 && (then < now || (then === now && isBelow(own.level, before.level)));
  if (!fell) return own;
  const { grade, level, gradedBy, coefficient } = before;
  // By rank one is paid by the card's own coefficient, which is now the corrected card's.
  return { grade, level, gradedBy, coefficient: level === null ? coefficient : card.coefficient };
}

const isBelow = (level: number | null, than: number | null) => level !== null && than !== null && level > than;

/**
 * The grade of a card that was made again. A place in a distribution stays as it was issued while the card is rated, unless a red line
 * came or went; a grade by bands follows the total, down too.
 */
export function reissued(
  plan: ResolvedPlan,
  before: Pick<FrozenCard, 'agentId' | 'person' | 'card'> & Graded,
  card: Scorecard,
  pool: readonly Ranked[],
): Graded {
  const stays = before.level !== null && card.total !== null && isVetoed(plan, card) === isVetoed(plan, before.card);
  const { grade, level, gradedBy } = stays ? before : freshGrade(plan, before, card, pool);
  return { grade, level, gradedBy, coefficient: card.coefficient };
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
  const others = pool.filter(({ id }) => id !== agentId);
  const own = { id: agentId, total: card.total, vetoed, team, shop };
  return forcedGrades(distribution, [...others, own]).get(agentId) ?? null;
}
