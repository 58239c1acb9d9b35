import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { Compared } from './schemas.ts';

/** A grade in words, of the bands or of the distribution; null for none. */
export function gradeText({ plan }: ResolvedPlan, id: string | null): Compared['before']['grade'] {
  const { top, second, standard, bottom, vetoed } = plan.distribution ?? {};
  const found = [...plan.bands, top, second, standard, bottom, vetoed].find((each) => each?.id === id);
  return found ? { id: found.id, ...found.name } : null;
}
