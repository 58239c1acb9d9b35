import type { StoredVersion } from './planStore.ts';

type Version = Pick<StoredVersion, 'origin' | 'inForceFrom'>;

/** How many months ahead a version may be published. */
export const monthsAheadMax = 24;

/**
 * The first month a new version may apply to; null: any, the past too. A version locks when its period opens: once one of the
 * organisation's own is in force, the next takes effect from the next month at the earliest. A plan of which nothing but the
 * shipped template was ever in force may still begin earlier: nobody has decided on it yet.
 */
export function firstMonth(versions: readonly Version[], thisMonth: string, adopted: boolean): string | null {
  const begun = versions.filter(({ inForceFrom }) => inForceFrom === null || inForceFrom <= thisMonth);
  return adopted || begun.some(({ origin }) => origin === 'own') ? monthAfter(thisMonth, 1) : null;
}

/** 2026-12 → 2027-01. */
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const index = year * 12 + (number - 1) + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
