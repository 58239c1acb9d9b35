import { setTimeout as sleep } from 'node:timers/promises';
import { demandFacts, demandKept } from './checks.ts';
import { companyIn, Installation } from './installation.ts';
import { type Kill, phases } from './plan.ts';
import { inFlightOf, type Survived } from './survived.ts';
import { Promised, Work } from './work.ts';

/** Facts of all sessions are compared every so many kills: deriving lags behind on purpose. */
const factsEvery = 24;

/** Kills one installation again and again amid its work; after each kill it is up, and everything promised is kept. */
export async function killing(dataDir: string, kills: readonly Kill[], survived: Survived): Promise<void> {
  const heng = await Installation.open({ dataDir });
  try {
    await companyIn(heng);
    const promised = new Promised();
    const work = new Work(heng, promised);
    const usual = await work.measure(phases);
    survived.say(`usual: ${[...usual].map(([phase, ms]) => `${phase} ${Math.round(ms)} ms`).join(', ')}`);
    for (const [n, kill] of kills.entries()) {
      // After a fault that was not survived the others are brought all the same.
      await heng.ensure();
      await work.prepare(kill.phase);
      const before = promised.count();
      const begun = work.begin(kill.phase);
      await sleep(kill.at * work.usualMs(kill.phase));
      const inFlight = inFlightOf(begun.open(), promised.count() > before);
      await survived.fault({ kind: `kill ${kill.victim}`, phase: kill.phase, inFlight }, async () => {
        const killed = performance.now();
        await heng.kill(kill.victim);
        const upMs = performance.now() - killed;
        await begun.end();
        await work.look();
        const stores = await heng.stores();
        await demandKept(stores, promised);
        await work.sendOwed();
        await work.importOwed();
        await demandKept(stores, promised);
        if ((n + 1) % factsEvery === 0 || n === kills.length - 1) await demandFacts(stores);
        const checkedMs = performance.now() - killed - upMs;
        survived.say(
          `${n + 1} ${kill.victim} amid ${kill.phase}: up after ${Math.round(upMs)} ms, checked ${Math.round(checkedMs)} ms`,
        );
      });
    }
  } finally {
    await heng.stop();
  }
}
