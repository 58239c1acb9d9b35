import { dayIn, todayIn } from '../../facts/calendarDays.ts';
import type { Period } from '../../metrics/period.ts';
import { partsOf } from '../../scores/periodSpan.ts';
import type { CycleState } from '../cycle.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { readCycle, readCycles } from '../cycleStore.ts';
import { asItIs, type Missing, missing, missingByDate } from '../missing.ts';
import { figuresMissing } from './figuresMissing.ts';
import { plansIn } from './plansIn.ts';

/** Everything that is missing before a period may move to a state: what blocks first. */
export async function whatIsMissing(deps: CycleDeps, period: Period, to: CycleState): Promise<Missing[]> {
  const moved = (await readCycle(deps.stores.postgres, period.text))?.changedAt;
  const movedOn = moved ? dayIn(moved.getTime(), deps.timeZone) : null;
  const byDate = missingByDate(period, to, todayIn(deps), movedOn);
  if (byDate.some(({ weight }) => weight === 'blocks')) return byDate;
  const own = to === 'open' || to === 'closed' ? [missingInputs] : [];
  const atClosing = to === 'closed' && period.kind === 'month' ? [figuresMissing] : [];
  const found = await Promise.all([
    ...[partsBehind, ...own, ...atClosing].map((look) => look(deps, period, to)),
    ...deps.checks.map((check) => check(period, to)),
  ]);
  const all = [...byDate, ...found.flat()];
  return [...all.filter(({ weight }) => weight === 'blocks'), ...all.filter(({ weight }) => weight !== 'blocks')];
}

type Look = (deps: CycleDeps, period: Period, to: CycleState) => Promise<Missing[]>;

/** A quarter is closed when its months are published and final when they are, a year after its quarters: what changes a part changes it too. */
const partsBehind: Look = async (deps, period, to) => {
  if (to !== 'closed' && to !== 'final') return [];
  const cycles = new Map((await readCycles(deps.stores.postgres)).map(({ period: of, state }) => [of, state]));
  const behind = partsOf(period, deps.timeZone).filter(({ text }) => {
    const state = cycles.get(text);
    return state !== 'final' && (to === 'final' || state !== 'published');
  });
  const kind = to === 'final' ? 'partsNotFinal' : 'partsOpen';
  return listed(
    missing(
      kind,
      'blocks',
      behind.map(({ text }) => asItIs(text)),
    ),
  );
};

/** What the organisation has not decided yet, of the plans that cover somebody: such as the coefficient of a grade. */
const missingInputs: Look = async (deps, period) => {
  const plans = await plansIn(deps, period);
  const open = plans.flatMap(({ plan }) =>
    plan.plan.inputs
      .filter(({ value }) => value === undefined)
      .map(({ name }) => ({
        zh: `${plan.name.zh}：${name.zh}`,
        en: `${plan.name.en}: ${name.en}`,
      })),
  );
  return listed(missing('missingInputs', 'confirm', open));
};

const listed = (found: Missing | null): Missing[] => (found ? [found] : []);
