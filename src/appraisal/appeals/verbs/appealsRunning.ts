import type { Deps } from '../../../platform/http.ts';
import { readCycle } from '../../cycleStore.ts';
import { frozenPlan } from '../../frozenPlanStore.ts';
import { plansOf } from '../../frozenPoolStore.ts';
import { asItIs, type CycleCheck, missing } from '../../missing.ts';
import { listAppeals } from '../appealStore.ts';
import { openReviewsIn } from '../reviewStore.ts';
import { dayAfter } from '../window.ts';
import { windowOf } from './windowOf.ts';

/** What keeps a published period from being made final: the time to appeal still runs, or somebody still waits for a decision. */
export const appealsRunning =
  (deps: Pick<Deps, 'stores' | 'timeZone' | 'now'>): CycleCheck =>
  async (period, to) => {
    const { postgres } = deps.stores;
    const cycle = await readCycle(postgres, period.text);
    if (to !== 'final' || !cycle?.publishedOn) return [];
    const windows = [];
    for (const plan of await plansOf(postgres, period.text))
      windows.push(
        await windowOf(deps, postgres, {
          plan: await frozenPlan(postgres, period.text, plan),
          ...{ period: period.text, publishedOn: cycle.publishedOn },
        }),
      );
    const last = windows.toSorted((a, b) => b.endsMs - a.endsMs)[0];
    if (last && deps.now() < last.endsMs)
      return [{ kind: 'appealsRunning', weight: 'blocks', count: null, names: [], until: dayAfter(last.lastDay) }];
    const everybody = { agents: null, teams: null, shops: null };
    const open = (await listAppeals(postgres, everybody, 'open')).filter((appeal) => appeal.period === period.text);
    const reviews = await openReviewsIn(postgres, period.text);
    const named = (cases: readonly { readonly id: number; readonly agentName: string }[]) =>
      cases.map(({ id, agentName }) => asItIs(`#${id} ${agentName}`));
    // Of a final period nobody could decide a review any more, however long it waits.
    return [
      missing('openAppeals', 'blocks', named(open)),
      missing('openReviews', 'blocks', named(reviews.map(({ appeal, agentName }) => ({ id: appeal, agentName })))),
    ].flatMap((each) => each ?? []);
  };
