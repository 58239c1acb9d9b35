import type { MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import { grouped } from './grouped.ts';
import { figureOf, latestAssessments } from './latestAssessments.ts';
import { confirmedIncidents, type Person, type PromotionDay, promotionDays } from './organisation.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';
import type { ScoreInput, TargetDay } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';

type ByAgent = ReadonlyMap<string, readonly MetricRow[]>;

/** What a plan asks the metrics layer for, once for all of its people. */
interface Needs {
  /** Figures of the period itself. */
  readonly period: readonly string[];
  readonly latest: readonly string[];
  readonly byPriority: readonly string[];
  /** Metrics whose target follows the load, with the load metric. */
  readonly load: ReadonlyMap<string, string>;
  readonly relaxable: readonly string[];
}

/**
 * Everything the plan looks at, for each of these people, in as few queries as there are kinds of slices: by agent, by agent and
 * priority, by agent and day only where a target changes by the day, and one per assessed period that still has to be looked at.
 */
export async function gatherInputs(
  deps: ScoreDeps,
  plan: ResolvedPlan,
  period: Period,
  people: readonly Person[],
): Promise<ReadonlyMap<string, ScoreInput>> {
  const { clickhouse } = deps.stores;
  const needs = needsOf(plan);
  const agents = people.map(({ agentId }) => agentId);
  const ask = (by: 'priority' | 'day' | null, metrics: readonly string[]): Promise<ByAgent> =>
    metrics.length === 0 || agents.length === 0
      ? Promise.resolve(new Map())
      : deps
          .figures({ period, by: by === null ? ['agent'] : ['agent', by], metrics })
          .then((rows) => grouped(rows, ({ key }) => key.agent ?? ''));
  const promotions = await promotionDays(clickhouse, period);
  const relaxed = plan.plan.promotion?.relax && promotions.length > 0 ? needs.relaxable : [];
  const daily = [...new Set([...needs.load.keys(), ...needs.load.values(), ...relaxed])];
  const [figures, split, days, latest, vetoes] = await Promise.all([
    ask(null, needs.period),
    ask('priority', needs.byPriority),
    ask('day', daily),
    latestAssessments(deps, period, needs.latest, agents),
    confirmedIncidents(clickhouse, period, [...plan.vetoes]),
  ]);
  return new Map(
    people.map((person): [string, ScoreInput] => {
      const { agentId } = person;
      const own = promotions.filter(({ shop }) => shop === '' || shop === person.shop);
      const values = Object.fromEntries(
        (figures.get(agentId) ?? []).map((row) => [row.metric, { figure: figureOf(row) }]),
      );
      return [
        agentId,
        {
          values: { ...values, ...latest.get(agentId) },
          byPriority: partsOf(split.get(agentId) ?? []),
          days: targetDays(plan, needs, days.get(agentId) ?? [], own),
          tier: person.tier,
          promotion: own.length > 0,
          vetoes: vetoes.get(agentId) ?? [],
        },
      ];
    }),
  );
}

function needsOf(plan: ResolvedPlan): Needs {
  const items: ResolvedItem[] = [
    ...plan.blocks.flatMap((block) => block.items),
    ...plan.promotionItems.map(({ item }) => item),
  ];
  const load = new Map<string, string>();
  const others: string[] = [];
  const byPriority: string[] = [];
  for (const { metric, target } of items) {
    if (typeof target === 'string') continue;
    if ('byLoad' in target) load.set(metric.id, target.byLoad.metric);
    if ('ofMetric' in target) others.push(target.ofMetric.metric);
    if ('byPriority' in target) byPriority.push(metric.id);
  }
  const of = (values: 'period' | 'latest') =>
    items.filter((item) => item.values === values).map(({ metric }) => metric.id);
  return {
    period: [...new Set([...of('period'), ...others])],
    latest: [...new Set(of('latest'))],
    byPriority: [...new Set(byPriority)],
    load,
    relaxable: plan.plan.promotion?.relax?.metrics ?? [],
  };
}

function partsOf(rows: readonly MetricRow[]): NonNullable<ScoreInput['byPriority']> {
  const parts: Record<string, Record<string, ReturnType<typeof figureOf>>> = {};
  for (const row of rows) {
    if (row.key.priority === undefined) continue;
    const own = parts[row.metric] ?? {};
    own[row.key.priority] = figureOf(row);
    parts[row.metric] = own;
  }
  return parts;
}

/** The days on which a metric had something to count, each with the person's load and the calendar's word on it. */
function targetDays(
  plan: ResolvedPlan,
  needs: Needs,
  rows: readonly MetricRow[],
  promotions: readonly PromotionDay[],
): NonNullable<ScoreInput['days']> {
  const relax = plan.plan.promotion?.relax;
  const byMetric = grouped(rows, ({ metric }) => metric);
  const changing = new Set([...needs.load.keys(), ...(promotions.length > 0 ? needs.relaxable : [])]);
  const days: Record<string, TargetDay[]> = {};
  for (const metric of changing) {
    const loads = new Map((byMetric.get(needs.load.get(metric) ?? '') ?? []).map((row) => [row.key.day, row.value]));
    days[metric] = (byMetric.get(metric) ?? []).flatMap((row) => {
      const { day } = row.key;
      if (day === undefined || row.status === 'noData') return [];
      const promotion = relax?.metrics.includes(metric) ? relaxation(promotions, day, metric) : undefined;
      return [
        {
          day,
          volume: row.denominator,
          load: loads.get(day) ?? null,
          relax: promotion ? (promotion.factor ?? relax?.factor ?? null) : null,
        },
      ];
    });
  }
  return days;
}

/** The calendar's row for this metric on this day; one that names the metric goes before one for all. */
function relaxation(promotions: readonly PromotionDay[], day: string, metric: string): PromotionDay | undefined {
  const own = promotions.filter((promotion) => promotion.day === day);
  return own.find((promotion) => promotion.metric === metric) ?? own.find((promotion) => promotion.metric === '');
}
