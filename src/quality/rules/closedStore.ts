import { lastClosedMonth, readClosedPeriods } from '../../metrics/closedStore.ts';
import { parsePeriod } from '../../metrics/period.ts';
import type { Queryable } from '../../platform/transaction.ts';

/** The end of the last month that is closed; 0 where none is. What lies before it is counted from a copy and stays as it is. */
export async function closedUntilMs(postgres: Queryable, timeZone: string): Promise<number> {
  const month = lastClosedMonth(await readClosedPeriods(postgres));
  return month === null ? 0 : parsePeriod(month, timeZone).toMs;
}
