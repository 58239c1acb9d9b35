import { Temporal } from 'temporal-polyfill';
import type { MetricRow } from '../metrics/metricValue.ts';
import { type Period, parsePeriod } from '../metrics/period.ts';
import { grouped } from './grouped.ts';
import { candidates } from './latestAssessments.ts';
import { assessedPeriods } from './organisation.ts';
import type { DayCounts, WorkDay } from './projection.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ScoreInput } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';

/** How far back one's own days are looked at, and how many assessments of everybody. */
const weeksBack = 8;
const assessmentsBack = 4;

export interface PastWork {
  readonly histories: ReadonlyMap<string, readonly WorkDay[]>;
  readonly changes: Readonly<Record<string, readonly number[]>>;
  readonly loads: Readonly<Record<string, string>>;
}

/**
 * What a projection draws from: day by day what each of these people did, from eight weeks before the period to its last day that is
 * over, and how assessments of everybody have moved.
 */
export async function gatherHistory(
  deps: ScoreDeps,
  plan: ResolvedPlan,
  inputs: ReadonlyMap<string, ScoreInput>,
  { period, lastDay }: { readonly period: Period; readonly lastDay: string },
): Promise<PastWork> {
  const firstDay = Temporal.PlainDate.from(period.firstDay).subtract({ weeks: weeksBack });
  const span = parsePeriod(`${firstDay}..${lastDay}`, deps.timeZone);
  const loads = loadsOf(plan);
  const given = [...inputs.values()];
  const metrics = new Set([
    ...given.flatMap(({ values }) =>
      Object.entries(values).flatMap(([id, { period: of }]) => (of === undefined ? [id] : [])),
    ),
    ...Object.values(loads),
  ]);
  const daily = [...metrics].filter((id) => plan.metrics.get(id)?.dimensions.includes('day'));
  const inParts = [...new Set(given.flatMap(({ byPriority }) => Object.keys(byPriority ?? {})))];
  const filter = { agent: [...inputs.keys()] };
  const [rows, parts, changes] = await Promise.all([
    daily.length === 0 ? [] : deps.figures({ period: span, by: ['agent', 'day'], metrics: daily, filter }),
    inParts.length === 0
      ? []
      : deps.figures({ period: span, by: ['agent', 'day', 'priority'], metrics: inParts, filter }),
    assessmentChanges(deps, inputs, period),
  ]);
  const [rowsOf, partsOf] = [grouped(rows, ({ key }) => key.agent ?? ''), grouped(parts, ({ key }) => key.agent ?? '')];
  const days = daysBetween(firstDay, lastDay);
  return {
    histories: new Map(
      [...inputs.keys()].map((agent) => [agent, workDays(days, rowsOf.get(agent) ?? [], partsOf.get(agent) ?? [])]),
    ),
    changes,
    loads,
  };
}

function loadsOf(plan: ResolvedPlan): Record<string, string> {
  const items = plan.blocks.flatMap((block) => block.items);
  return Object.fromEntries(
    items.flatMap(({ metric, target }) =>
      typeof target !== 'string' && 'byLoad' in target ? [[metric.id, target.byLoad.metric]] : [],
    ),
  );
}

export function daysBetween(first: Temporal.PlainDate, last: string): string[] {
  const count = first.until(last, { largestUnit: 'days' }).days + 1;
  return Array.from({ length: Math.max(0, count) }, (_, days) => first.add({ days }).toString());
}

const countsOf = ({ numerator, denominator, n }: MetricRow): DayCounts => ({
  numerator: Number(numerator),
  denominator: Number(denominator),
  n,
});

/** Every calendar day from the first on which the person did anything: days off are part of the pattern, days before hiring are not. */
function workDays(days: readonly string[], rows: readonly MetricRow[], parts: readonly MetricRow[]): WorkDay[] {
  const seen = rows.filter(({ status }) => status !== 'noData');
  const [byDay, partsByDay] = [grouped(seen, ({ key }) => key.day ?? ''), grouped(parts, ({ key }) => key.day ?? '')];
  const all = days.map((day): WorkDay => {
    const ofDay = (partsByDay.get(day) ?? []).filter(({ status }) => status !== 'noData');
    return {
      day,
      counts: Object.fromEntries((byDay.get(day) ?? []).map((row) => [row.metric, countsOf(row)])),
      parts: Object.fromEntries(
        [...grouped(ofDay, ({ metric }) => metric)].map(([metric, own]) => [
          metric,
          Object.fromEntries(own.map((row) => [row.key.priority ?? '', countsOf(row)])),
        ]),
      ),
    };
  });
  const first = all.findIndex(({ counts }) => Object.keys(counts).length > 0);
  return first === -1 ? [] : all.slice(first);
}

/** From one assessment to the next, by how much each person's value moved: metrics whose value was taken over from an earlier period. */
async function assessmentChanges(
  deps: ScoreDeps,
  inputs: ReadonlyMap<string, ScoreInput>,
  period: Period,
): Promise<Record<string, number[]>> {
  const carried = new Set(
    [...inputs.values()].flatMap(({ values }) =>
      Object.entries(values).flatMap(([id, { period: of }]) => (of === undefined ? [] : [id])),
    ),
  );
  if (carried.size === 0) return {};
  const ended = candidates(await assessedPeriods(deps.stores.clickhouse), period, deps.timeZone).filter(
    ({ toMs, text }) => toMs <= period.fromMs && text !== period.text,
  );
  // Quarters are assessed by other people than months: only like is compared with like.
  const before = ended.filter(({ kind }) => kind === ended[0]?.kind).slice(0, assessmentsBack);
  const asked = await Promise.all(
    before.map((each) => deps.figures({ period: each, by: ['agent'], metrics: [...carried] })),
  );
  const values = asked.map(
    (rows) => new Map(rows.flatMap((row) => (row.value === null ? [] : [[`${row.metric} ${row.key.agent}`, row]]))),
  );
  const changes: Record<string, number[]> = {};
  for (const [i, later] of values.entries()) {
    for (const [key, row] of later) {
      const earlier = values[i + 1]?.get(key)?.value;
      if (earlier == null) continue;
      const moves = changes[row.metric] ?? [];
      moves.push(Number(row.value) - Number(earlier));
      changes[row.metric] = moves;
    }
  }
  return changes;
}
