import { readCalendarRows } from '../../../facts/calendarStore.ts';
import type { Deps } from '../../../platform/http.ts';
import { spanFrom, specialDays } from '../window.ts';

/** The holidays and worked weekends from a day on, as the organisation's calendar has them. */
export async function specialDaysFrom(deps: Pick<Deps, 'stores'>, day: string) {
  const span = spanFrom(day);
  return specialDays(span, await readCalendarRows(deps.stores.clickhouse.all, span));
}
