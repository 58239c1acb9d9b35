import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/platform/root.ts';
import { demandFacts, demandKept } from './checks.ts';
import { companyIn, Installation } from './installation.ts';
import type { Survived } from './survived.ts';
import { Promised, Work } from './work.ts';

const hour = 3_600_000;
/** There and back: over midnight and the nightly jobs, before the start, and by a little. Sessions of people last a week. */
const jumps = [30 * hour, -2 * hour, 5 * 24 * hour, -3 * 24 * hour, hour / 4, 0];

/** The application's clock jumps forwards and backwards amid its work; the engines' clocks do not. */
export async function clockJumps(dataDir: string, survived: Survived): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const clock = join(dataDir, 'clock');
  const jump = (ms: number) => writeFileSync(clock, String(ms));
  jump(0);
  const heng = await Installation.open({
    dataDir: join(dataDir, 'data'),
    preload: join(packageRoot, 'test/faults/shiftClock.mjs'),
    env: { HENG_TEST_CLOCK_FILE: clock },
  });
  try {
    await companyIn(heng);
    const promised = new Promised();
    const work = new Work(heng, promised);
    for (const ms of jumps) {
      for (const phase of ['ingest', 'ledger', 'close'] as const) {
        await work.prepare(phase);
        const begun = work.begin(phase);
        await sleep(200);
        await survived.fault(
          { kind: `clock ${ms < 0 ? 'back' : 'on'}`, phase, inFlight: begun.open() ? 'open' : 'nothing' },
          async () => {
            jump(ms);
            await sleep(1000);
            await begun.end();
            await heng.answers();
            await work.look();
            await work.sendOwed();
            await demandKept(await heng.stores(), promised);
          },
        );
      }
    }
    await demandFacts(await heng.stores());
  } finally {
    await heng.stop();
  }
}
