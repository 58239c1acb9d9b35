import { Temporal } from 'temporal-polyfill';
import { monthAt } from '../metrics/months.ts';
import type { Actor } from '../people/actor.ts';
import type { Deps } from '../platform/http.ts';
import { lastRun } from './store.ts';
import { nightlySignals } from './verbs/readSignals.ts';
import { runSignals } from './verbs/runSignals.ts';

const itself: Actor = { userId: 'nightly', name: 'Heng', role: 'administrator', scope: { kind: 'all' }, agentId: null };

/** The month that yesterday belongs to; in a month's first week also the one before, for what is still coming in. */
export function monthsToLookAt(nowMs: number, timeZone: string): string[] {
  const yesterday = Temporal.Instant.fromEpochMilliseconds(nowMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: 1 });
  const month = yesterday.toPlainYearMonth();
  return yesterday.day <= 7 ? [month.subtract({ months: 1 }).toString(), month.toString()] : [month.toString()];
}

/** The last month that is over: pages open on it. */
const lastComplete = (nowMs: number, timeZone: string): string => monthAt(nowMs, timeZone, -1);

/** Looks for the signals of the running month every night, and once for the last complete month where nobody has: one month more at most. */
export const signalsJob = {
  name: nightlySignals,
  async run(deps: Deps): Promise<void> {
    const months = monthsToLookAt(deps.now(), deps.timeZone);
    const complete = lastComplete(deps.now(), deps.timeZone);
    const isMissing = !months.includes(complete) && (await lastRun(deps.stores.postgres, complete)) === null;
    for (const period of isMissing ? [complete, ...months] : months) await runSignals(deps, itself, { period });
  },
};
