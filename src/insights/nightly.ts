import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../people/actor.ts';
import type { Deps } from '../platform/http.ts';
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

/** Looks for the signals of the running month every night. */
export const signalsJob = {
  name: nightlySignals,
  async run(deps: Deps): Promise<void> {
    for (const period of monthsToLookAt(deps.now(), deps.timeZone)) await runSignals(deps, itself, { period });
  },
};
