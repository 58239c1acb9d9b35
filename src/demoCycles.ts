import type { CycleDeps } from './appraisal/cycleDeps.ts';
import { readCycles } from './appraisal/cycleStore.ts';
import { settlingDays } from './appraisal/missing.ts';
import { periodsSoFar } from './appraisal/periodsSoFar.ts';
import { closeCycle } from './appraisal/verbs/closeCycle.ts';
import { firstWorkDay } from './appraisal/verbs/firstWorkDay.ts';
import { openCycle, publishCycle } from './appraisal/verbs/moveCycle.ts';
import { todayIn } from './facts/calendarDays.ts';
import { parsePeriod } from './metrics/period.ts';
import type { Actor } from './people/actor.ts';

const day = 86_400_000;
const reason = '示例公司的演示数据';

/** Who moves the made-up company's periods. */
const madeUpHr: Actor = { userId: 'demo', name: '示例公司', role: 'hr', scope: { kind: 'all' }, agentId: null };

/**
 * Moves the made-up company's periods as a company in its third month has: the first month is published, the next is over and can be closed
 * once its inspections are done, the running one is open. Does nothing where some period was opened already.
 */
export async function moveDemoCycles(deps: CycleDeps): Promise<void> {
  if ((await readCycles(deps.stores.postgres)).length > 0) return;
  const first = await firstWorkDay(deps);
  if (first === null) return;
  const months = periodsSoFar(first, todayIn(deps))
    .map((text) => parsePeriod(text, deps.timeZone))
    // What was before the first month that is there whole is too little to rate anybody.
    .filter(({ kind, firstDay }) => kind === 'month' && firstDay >= first)
    .sort((a, b) => a.fromMs - b.fromMs);
  const settled = months.filter(({ toMs }) => toMs + settlingDays * day <= deps.now());
  for (const { text: period } of months) await openCycle(deps, madeUpHr, { period, reason });
  for (const { text: period } of settled.slice(0, -1)) {
    await (await closeCycle(deps, madeUpHr, { period, reason })).done;
    await publishCycle(deps, madeUpHr, { period, reason });
  }
}
