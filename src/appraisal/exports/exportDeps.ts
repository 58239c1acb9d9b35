import type { Actor } from '../../people/actor.ts';
import type { Deps } from '../../platform/http.ts';
import type { DecidedOutcome } from './outcomesSheet.ts';

/** Exports need to be told what was decided: outcomes follow from appraisal, so the server ties the two together (src/cycleParts.ts). */
export interface ExportDeps extends Pick<Deps, 'stores' | 'now' | 'timeZone'> {
  /** What was decided for a published period, as far as the reader may see it. */
  readonly decidedOutcomes: (actor: Actor, period: string) => Promise<readonly DecidedOutcome[]>;
}
