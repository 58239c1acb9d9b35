import { begunPeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { holding } from '../../platform/advisoryLock.ts';
import type { Deps } from '../../platform/http.ts';
import { detect } from '../detect.ts';
import { signals } from '../signals.ts';
import { keepRun } from '../store.ts';
import { chosenThresholds } from '../thresholdStore.ts';
import { thresholdsInForce } from '../thresholds.ts';

/** Everybody's data at once: nobody whose scope is narrower may ask for it. */
export const wholeOrganisation = { agentId: null, team: null, shop: null };

/**
 * Looks for every signal in a period and keeps what was found as its next version; the same data and thresholds add none. One run at
 * a time over all processes. Throws BadInput `period.future` for a period that has not begun.
 */
export async function runSignals(
  deps: Deps,
  actor: Actor,
  input: { period: string },
): Promise<{ version: number; same: boolean }> {
  authorise(actor, 'signal.write', wholeOrganisation);
  const period = begunPeriod(input.period, deps);
  const { postgres } = deps.stores;
  return holding(postgres, 'signals', 'wait', async () => {
    const ranAt = deps.now();
    const thresholds = thresholdsInForce(signals, await chosenThresholds(postgres));
    const results = await detect(deps.stores, signals, { period, timeZone: deps.timeZone, now: ranAt, thresholds });
    const durationMs = deps.now() - ranAt;
    const kept = await keepRun(postgres, {
      period: period.text,
      thresholds,
      results,
      ranAt: new Date(ranAt),
      durationMs,
      by: actor.name,
    });
    await audit(deps, actor, 'signals.run', `${period.text} ${kept.version}`);
    return kept;
  });
}
