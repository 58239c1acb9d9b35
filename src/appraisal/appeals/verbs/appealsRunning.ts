import type { Deps } from '../../../platform/http.ts';
import { readCycle } from '../../cycleStore.ts';
import { frozenPlan } from '../../frozenPlanStore.ts';
import { plansOf } from '../../frozenPoolStore.ts';
import type { CycleCheck } from '../../missing.ts';
import { missing } from '../../missing.ts';
import { listAppeals } from '../appealStore.ts';
import { appealWindow, dayAfter } from '../window.ts';
import { specialDaysFrom } from './submitAppeal.ts';

/** What keeps a published period from being made final: the time to appeal still runs, or somebody still waits for a decision. */
export const appealsRunning =
  (deps: Pick<Deps, 'stores' | 'timeZone' | 'now'>): CycleCheck =>
  async (period, to) => {
    const { postgres } = deps.stores;
    const cycle = await readCycle(postgres, period.text);
    if (to !== 'final' || !cycle?.publishedOn) return [];
    const special = await specialDaysFrom(deps, cycle.publishedOn);
    const windows = [];
    for (const plan of await plansOf(postgres, period.text))
      windows.push(
        appealWindow((await frozenPlan(postgres, period.text, plan)).plan, cycle.publishedOn, special, deps.timeZone),
      );
    const last = windows.toSorted((a, b) => b.endsMs - a.endsMs)[0];
    if (last && deps.now() < last.endsMs)
      return [{ kind: 'appealsRunning', weight: 'blocks', count: null, names: [], until: dayAfter(last.lastDay) }];
    const everybody = { agents: null, teams: null, shops: null };
    const open = (await listAppeals(postgres, everybody, 'open')).filter((appeal) => appeal.period === period.text);
    const names = open.map(({ id, agentName }) => `#${id} ${agentName}`);
    return [missing('openAppeals', 'blocks', names)].flatMap((each) => each ?? []);
  };
