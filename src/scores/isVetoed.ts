import type { ResolvedPlan } from './resolvePlan.ts';
import type { Scorecard } from './scorecard.ts';

/** Whether a red line forces the grade whatever the total is. One that takes a star only does not. */
export const isVetoed = (plan: ResolvedPlan, { vetoes }: Pick<Scorecard, 'vetoes'>): boolean =>
  vetoes.some(({ incident }) => plan.vetoes.has(incident));
