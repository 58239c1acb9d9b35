import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { demandHeld, holding } from './advisoryLock.ts';
import { type ClickHouse, marked, runsUnder } from './clickhouse.ts';
import { Unavailable } from './errors.ts';
import { inStep } from './inStep.ts';
import type { Stores } from './stores.ts';

const lookEveryMs = 20;
const patienceMs = 10 * 60_000;

/**
 * Runs `work` as the only one over all nodes who writes what a lock stands for. A killed node's lock is free at once while the engine
 * still works on what it was sent last: that is waited for, so that nobody counts what is just about to arrive. `work` sends its queries
 * through the connections it is given; where the lock was lost they change nothing any more. Throws Unavailable `clickhouse.busy` when
 * such a query does not end, `postgres.unreachable` where the lock was lost.
 */
export function asSoleWriter<Result>(
  { postgres, clickhouse }: Pick<Stores, 'postgres' | 'clickhouse'>,
  lock: 'writers' | 'derivers',
  work: (clickhouse: ClickHouse, connection: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return holding(postgres, lock, 'wait', async (_held, connection) => {
    for (let waitedMs = 0; await runsUnder(clickhouse, lock); waitedMs += lookEveryMs) {
      if (waitedMs >= patienceMs) throw new Unavailable('clickhouse.busy', 10);
      await sleep(lookEveryMs);
    }
    await inStep(clickhouse);
    // A connection answers one question after the other.
    let asked: Promise<void> = Promise.resolve();
    const stillHeld = (): Promise<void> => {
      asked = asked.catch(() => undefined).then(() => demandHeld(connection));
      return asked;
    };
    return work(marked(clickhouse, lock, stillHeld), connection);
  });
}
