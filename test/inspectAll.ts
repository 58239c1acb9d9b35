import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../src/platform/log.ts';
import type { Stores } from '../src/platform/stores.ts';
import { watchInspection } from '../src/quality/rules/pass.ts';
import { currentNumber } from '../src/quality/rules/ruleStore.ts';
import { lastDerivation, readState } from '../src/quality/rules/stateStore.ts';
import { publishShipped } from '../src/quality/rules/verbs/publishShipped.ts';

/** Inspects everything that was imported by the shipped rules, as the server would. */
export async function inspectAll(stores: Stores, now: number): Promise<void> {
  const { postgres } = stores;
  const deps = { stores, now: () => now, timeZone: 'Asia/Shanghai', log: silentLog };
  await publishShipped(deps);
  const inspection = watchInspection(deps, () => Promise.reject(new Error('nobody decided anything')));
  try {
    for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
      const [state, last, rules] = await Promise.all([
        readState(postgres),
        lastDerivation(postgres),
        currentNumber(postgres),
      ]);
      if (state.through >= last.version && state.ruleSet >= rules && rules > 0) return;
      if (Date.now() > deadline) throw new Error('the inspection did not end');
    }
  } finally {
    await inspection.stop();
  }
}
