import { Temporal } from 'temporal-polyfill';
import { holding } from './platform/advisoryLock.ts';
import { HengError } from './platform/errors.ts';
import type { Deps } from './platform/http.ts';
import { beginJobRun, endJobRun, lastJobRun } from './platform/jobStore.ts';
import { repeating } from './platform/repeating.ts';
import { inSpan } from './platform/tracing.ts';

/** Something the server does by itself every night. */
export interface NightlyJob {
  readonly name: string;
  run(deps: Deps): Promise<void>;
}

const hourOfNight = 3;
const lookEveryMs = 60_000;
const retryAfterMs = 3_600_000;

/** The last three o'clock at night by the organisation's clock. */
export function lastNight(nowMs: number, timeZone: string): number {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  const tonight = now
    .toPlainDate()
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: hourOfNight }) });
  const due = Temporal.ZonedDateTime.compare(tonight, now) <= 0 ? tonight : tonight.subtract({ days: 1 });
  return due.epochMilliseconds;
}

/**
 * Runs the jobs that are due: not yet done since the last three o'clock, by whichever process. A failed one is tried again an hour
 * later; one that a killed process left unfinished counts as failed. Never throws: how it went is in `job_runs` and in the log.
 */
export async function runDueJobs(deps: Deps, jobs: readonly NightlyJob[]): Promise<void> {
  await holding(deps.stores.postgres, 'jobs', 'try', async (held) => {
    if (!held) return;
    for (const job of jobs) if (await isDue(deps, job)) await attempt(deps, job);
  });
}

async function isDue(deps: Deps, job: NightlyJob): Promise<boolean> {
  const last = await lastJobRun(deps.stores.postgres, job.name, deps.now());
  if (!last) return true;
  const startedMs = Date.parse(last.startedAt);
  const went = last.durationMs !== null && last.failure === null;
  return startedMs < lastNight(deps.now(), deps.timeZone) || (!went && deps.now() - startedMs >= retryAfterMs);
}

async function attempt(deps: Deps, job: NightlyJob): Promise<void> {
  const { postgres } = deps.stores;
  const startedAt = new Date(deps.now());
  await beginJobRun(postgres, job.name, startedAt);
  const failure = await inSpan(`job ${job.name}`, {}, () => job.run(deps)).then(
    () => null,
    (cause: unknown) => (cause instanceof HengError ? cause.code : 'internal'),
  );
  if (failure !== null) deps.log.error({ job: job.name, code: failure }, 'a nightly job failed');
  await endJobRun(postgres, job.name, startedAt, { at: new Date(deps.now()), failure });
}

/** Looks every minute whether something is due, until it is stopped; stopping waits for what is being done. */
export function watchJobs(deps: Deps, jobs: readonly NightlyJob[]): { stop(): Promise<void> } {
  return repeating(
    lookEveryMs,
    () => runDueJobs(deps, jobs),
    (cause) => {
      const code = cause instanceof HengError ? cause.code : 'internal';
      deps.log.error({ code }, 'the nightly jobs could not be looked at');
    },
  );
}
