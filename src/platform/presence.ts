import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { holding, type LockName } from './advisoryLock.ts';
import type { Log } from './log.ts';

const tryAgainMs = 1000;

/**
 * Shows to all processes of the installation that this one serves people, or that a command is at work, for as long as it does: a lock
 * held together with the others. Where its connection breaks it is taken again.
 */
export async function showPresence(
  db: pg.Pool,
  log: Log,
  as: Extract<LockName, 'nodes' | 'commands'>,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  const held = (onHeld: () => void): Promise<void> =>
    holding(db, as, 'share', async (_held, connection) => {
      const broken = new Promise<never>((_, reject) => {
        connection.once('error', reject);
        connection.once('end', () => reject(new Error('the connection ended')));
      });
      onHeld();
      await Promise.race([stopped, broken]);
    });
  let running: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    running = held(resolve).catch(reject);
  });
  const going = running.then(async () => {
    while (!stopping.signal.aborted) {
      await sleep(tryAgainMs);
      await held(() => log.warn({}, 'this node shows itself to the others again')).catch(() => undefined);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await going;
    },
  };
}
