import { z } from 'zod';
import { dayIn, todayIn } from '../../facts/calendarDays.ts';
import type { Period } from '../../metrics/period.ts';
import type { ClickHouseTables } from '../../platform/clickhouse.ts';
import { readAssignments } from '../../scores/assignmentStore.ts';
import { coveringPlan } from '../../scores/coveringPlan.ts';
import { itemsById } from '../../scores/itemsById.ts';
import { partsOf } from '../../scores/periodSpan.ts';
import { everybodyIn, planHistory } from '../../scores/scorePeople.ts';
import type { CycleState } from '../cycle.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { readCycle, readCycles } from '../cycleStore.ts';
import { type Missing, missing, missingByDate } from '../missing.ts';

/** Everything that is missing before a period may move to a state: what blocks first. */
export async function whatIsMissing(deps: CycleDeps, period: Period, to: CycleState): Promise<Missing[]> {
  const moved = (await readCycle(deps.stores.postgres, period.text))?.changedAt;
  const movedOn = moved ? dayIn(moved.getTime(), deps.timeZone) : null;
  const byDate = missingByDate(period, to, todayIn(deps), movedOn);
  if (byDate.some(({ weight }) => weight === 'blocks')) return byDate;
  const own = to === 'open' || to === 'closed' ? [partsOpen, missingInputs] : [];
  const atClosing = to === 'closed' && period.kind === 'month' ? [noFigures, stale] : [];
  const found = await Promise.all([
    ...[...own, ...atClosing].map((look) => look(deps, period, to)),
    ...deps.checks.map((check) => check(period, to)),
  ]);
  const all = [...byDate, ...found.flat()];
  return [...all.filter(({ weight }) => weight === 'blocks'), ...all.filter(({ weight }) => weight !== 'blocks')];
}

type Look = (deps: CycleDeps, period: Period, to: CycleState) => Promise<Missing[]>;

/** A quarter is closed when its months are published, a year when its quarters are. */
const partsOpen: Look = async (deps, period, to) => {
  if (to !== 'closed') return [];
  const cycles = new Map((await readCycles(deps.stores.postgres)).map(({ period: of, state }) => [of, state]));
  const open = partsOf(period, deps.timeZone).filter(({ text }) => {
    const state = cycles.get(text);
    return state !== 'published' && state !== 'final';
  });
  return listed(
    missing(
      'partsOpen',
      'blocks',
      open.map(({ text }) => text),
    ),
  );
};

/** What the organisation has not decided yet, of the plans that cover somebody: such as the coefficient of a grade. */
const missingInputs: Look = async (deps, period) => {
  const plans = await plansIn(deps, period);
  const open = plans.flatMap(({ plan }) =>
    plan.plan.inputs.filter(({ value }) => value === undefined).map(({ name }) => `${plan.name.zh}：${name.zh}`),
  );
  return listed(missing('missingInputs', 'confirm', open));
};

/** Metrics of the plans for which nobody has any figure: a source that was not connected looks like this. */
const noFigures: Look = async (deps, period) => {
  const plans = await plansIn(deps, period);
  const metrics = new Map(
    plans.flatMap(({ plan }) =>
      [...itemsById(plan).values()]
        .filter(({ values }) => values === 'period')
        .map(({ metric }) => [metric.id, metric]),
    ),
  );
  const facts = await deps.facts(period);
  const [rows, [work]] = await Promise.all([
    deps.figures({ period, by: [], metrics: [...metrics.keys()] }),
    facts.all.query(workSql, { params: spanOf(period), rows: z.object({ rows: z.number() }) }),
  ]);
  if (work?.rows === 0) return listed(missing('nothingThere', 'blocks', [period.text]));
  const without = rows.filter(({ status, numerator, metric }) => {
    const counts = metrics.get(metric)?.form === 'count';
    return status === 'noData' || (counts && Number(numerator) === 0);
  });
  return listed(
    missing(
      'noFigures',
      'confirm',
      without.flatMap(({ metric }) => metrics.get(metric)?.name.zh ?? []),
    ),
  );
};

const workSql = `SELECT toUInt32(least(count(), 1)) AS rows FROM (
  SELECT started_at AS at FROM session_facts FINAL UNION ALL SELECT created_at AS at FROM ticket_facts FINAL
) WHERE at >= fromUnixTimestamp64Milli({from:Int64}) AND at < fromUnixTimestamp64Milli({to:Int64})`;

const spanOf = ({ fromMs, toMs }: Period) => ({ from: String(fromMs), to: String(toMs) });

/** Sources that had rows in the weeks before, and none on the period's last two days. */
const stale: Look = async (deps, period) => {
  const last = await lastRows(await deps.facts(period), period);
  const twoDays = 2 * 86_400_000;
  return listed(
    missing(
      'stale',
      'confirm',
      last.filter(({ atMs }) => atMs < period.toMs - twoDays).map(({ kind }) => kind),
    ),
  );
};

const lastRow = z.object({ kind: z.string(), atMs: z.coerce.number() });

function lastRows(facts: ClickHouseTables, period: Period) {
  const kinds = {
    sessions: ['session_facts FINAL', 'started_at'],
    tickets: ['ticket_facts FINAL', 'created_at'],
    ratings: ['ratings', 'at'],
    orders: ['orders', 'created_at'],
    attendance: ['attendance', 'scheduled_start'],
  } as const;
  const weeks = 45 * 86_400_000;
  const parts = Object.entries(kinds).map(
    ([kind, [table, at]]) => `SELECT '${kind}' AS kind, toString(max(toUnixTimestamp64Milli(${at}))) AS atMs
FROM ${table}
WHERE ${at} >= fromUnixTimestamp64Milli({from:Int64}) AND ${at} < fromUnixTimestamp64Milli({to:Int64})
HAVING count() > 0`,
  );
  return facts.all.query(parts.join('\nUNION ALL\n'), {
    params: { from: String(period.fromMs - weeks), to: String(period.toMs) },
    rows: lastRow,
  });
}

/** The plans that cover somebody in a period, each in its version. */
export async function plansIn(deps: CycleDeps, period: Period) {
  const [people, rules] = await Promise.all([everybodyIn(deps, period), readAssignments(deps.stores.postgres)]);
  const ids = new Set(people.map((person) => coveringPlan(rules, person, period.firstDay.slice(0, 7))));
  return Promise.all([...ids].sort().map(async (id) => (await planHistory(deps, id)).at(period)));
}

const listed = (found: Missing | null): Missing[] => (found ? [found] : []);
