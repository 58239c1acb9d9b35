import type { Actor } from '../../../people/actor.ts';
import type { Deps } from '../../../platform/http.ts';
import { progressOf } from '../../rules/verbs/readProgress.ts';
import { latestStart } from '../candidateStore.ts';
import { weeksLookedAt } from '../caseStore.ts';
import { settledWeeks } from '../weeks.ts';
import { proposeBestCases } from './proposeBestCases.ts';

const itself: Actor = { userId: 'nightly', name: 'Heng', role: 'administrator', scope: { kind: 'all' }, agentId: null };
/** So many weeks one can look for cases in. */
const weeksBack = 12;

/** The last settled weeks there are conversations of, the latest first. */
export async function weeksToLookIn(deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>) {
  const latest = await latestStart(deps.stores.clickhouse);
  if (latest === null) return [];
  const all = settledWeeks(deps.now(), deps.timeZone, weeksBack);
  if (all.some(({ fromMs }) => fromMs <= latest)) return all.filter(({ fromMs }) => fromMs <= latest);
  // Only older conversations are there: their last weeks.
  return settledWeeks(latest + 14 * 86_400_000, deps.timeZone, weeksBack).filter(({ fromMs }) => fromMs <= latest);
}

/** Every night: the last settled week, where nobody has looked yet; while text waits to be inspected, feelings lack, and the next night will do. */
export const casesJob = {
  name: 'bestCases',
  async run(deps: Deps): Promise<void> {
    const [week] = await weeksToLookIn(deps);
    if (!week || (await weeksLookedAt(deps.stores.postgres, week.monday)).has(week.monday)) return;
    if ((await progressOf(deps)).upToDate) await proposeBestCases(deps, itself, week.monday);
  },
};
