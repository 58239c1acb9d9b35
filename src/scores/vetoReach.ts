import type { Period } from '../metrics/period.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { Scorecard, Veto } from './scorecard.ts';

const reaching = { month: [], quarter: ['quarter'], year: ['quarter', 'year'] } as const;

/**
 * Whether a red line of a month acts in this longer period too: its grade is then the lowest and its coefficient 0 whatever the mean is. In
 * its own month it always acts; a plan that does not say acts in months alone.
 */
export const vetoesReach = ({ plan: { vetoReach } }: Pick<ResolvedPlan, 'plan'>, kind: Period['kind']): boolean =>
  reaching[vetoReach?.upTo ?? 'month'].some((each) => each === kind);

/** The red lines on the card of a month, as they stand on that of a longer period; none where there is no card. */
export const vetoesOf = (card: Pick<Scorecard, 'vetoes'> | undefined, period: string): Veto[] =>
  (card?.vetoes ?? []).map((veto) => ({ ...veto, period }));

/** Of a period that is the mean of others. */
export const longerKind = (period: string): 'quarter' | 'year' => (period.includes('-Q') ? 'quarter' : 'year');
