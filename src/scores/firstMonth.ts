import { monthAfter } from './monthAfter.ts';
import type { StoredVersion } from './planStore.ts';

type Version = Pick<StoredVersion, 'origin' | 'inForceFrom'>;

/** How many months ahead a version may be published. */
export const monthsAheadMax = 24;

interface Decided {
  /** Whether anybody has acknowledged a version of the plan. */
  readonly adopted: boolean;
  /** The latest month that is closed; null where none is. */
  readonly lastClosed: string | null;
}

/**
 * The first month a new version may apply to; null: any, the past too. A version locks when its period opens: once one of the
 * organisation's own is in force, the next takes effect from the next month at the earliest. A plan of which nothing but the
 * shipped template was ever in force may still begin earlier, after whatever is closed: nobody has decided on it yet.
 */
export function firstMonth(
  versions: readonly Version[],
  thisMonth: string,
  { adopted, lastClosed }: Decided,
): string | null {
  const begun = versions.filter(({ inForceFrom }) => inForceFrom === null || inForceFrom <= thisMonth);
  if (adopted || begun.some(({ origin }) => origin === 'own')) return monthAfter(thisMonth, 1);
  // By a plan that is new nothing was closed.
  return versions.length === 0 || lastClosed === null ? null : monthAfter(lastClosed, 1);
}
