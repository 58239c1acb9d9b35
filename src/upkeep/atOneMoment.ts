import { setTimeout as sleep } from 'node:timers/promises';
import { holding, type LockName } from '../platform/advisoryLock.ts';
import { Unavailable } from '../platform/errors.ts';
import type { Stores } from '../platform/stores.ts';

/** Everybody who writes facts; and the ledger, so that the file of its last checkpoint fits its tables. */
const writers: readonly LockName[] = [
  ...(['cycles', 'inspection', 'inspectionFacts', 'assessmentFacts', 'appealFacts'] as const),
  ...(['writers', 'derivers', 'ledger'] as const),
];
const tryAgainMs = 50;
const patienceMs = 30 * 60_000;

/**
 * Runs `work` while nobody writes facts; whoever would waits until it is done. It never waits for one while it keeps others away: it
 * takes all locks or none. Throws Unavailable `backup.noMoment` when half an hour has no such moment.
 */
export async function atOneMoment<Result>({ postgres }: Stores, work: () => Promise<Result>): Promise<Result> {
  const attempt = writers.reduceRight<() => Promise<{ result: Result } | null>>(
    (inner, name) => () => holding(postgres, name, 'try', async (held) => (held ? inner() : null)),
    async () => ({ result: await work() }),
  );
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += tryAgainMs) {
    const done = await attempt();
    if (done) return done.result;
    await sleep(tryAgainMs);
  }
  throw new Unavailable('backup.noMoment', 600);
}
