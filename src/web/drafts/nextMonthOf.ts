import { dayOf } from '../format.ts';

/** The month after the one that runs in this zone, as 2026-12. */
export function nextMonthOf(now: Date, timeZone: string): string {
  const [year = 0, month = 0] = dayOf(now.toISOString(), timeZone).split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}
