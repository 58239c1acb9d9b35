import type { Bilingual } from '../platform/language.ts';
import type { ResolvedPlan } from '../scores/resolvePlan.ts';

/** A grade in words. */
export interface GradeText extends Bilingual {
  readonly id: string;
}

interface Step {
  readonly id: string;
  readonly name: Bilingual;
  readonly levels: number;
  /** Reached by a red line only: nobody is moved there. */
  readonly byRedLine: boolean;
}

/** The grades of a plan, the best first: of the distribution, or of the bands. */
export function gradeSteps(plan: ResolvedPlan, of: 'distribution' | 'bands'): Step[] {
  const { distribution } = plan.plan;
  if (of === 'bands' || !distribution)
    return plan.bands.map(({ id, name, vetoOnly }) => ({ id, name, levels: 1, byRedLine: vetoOnly }));
  const { top, second, standard, bottom, vetoed } = distribution;
  const ranks = [top, second, standard, bottom].map(({ id, name, levels }) => ({
    ...{ id, name, levels: Number(levels), byRedLine: false },
  }));
  return vetoed ? [...ranks, { id: vetoed.id, name: vetoed.name, levels: 1, byRedLine: true }] : ranks;
}

/** A grade in words, of the bands or of the distribution; null for none. */
export function gradeText(plan: ResolvedPlan, id: string | null): GradeText | null {
  const found = [...gradeSteps(plan, 'bands'), ...gradeSteps(plan, 'distribution')].find((each) => each.id === id);
  return found ? { id: found.id, ...found.name } : null;
}
