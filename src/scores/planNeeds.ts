import { namesMetric } from './planMetric.ts';
import type { ResolvedItem, ResolvedPlan } from './resolvePlan.ts';

/** What a plan asks the metrics layer for, once for all of its people. */
export interface PlanNeeds {
  /** Figures of the period itself. */
  readonly period: readonly string[];
  readonly latest: readonly string[];
  /** Figures that are judged under everybody's case mix. */
  readonly standardised: readonly string[];
  /** Told by the team of the person, in a plan that appraises agents. */
  readonly ofTeam: readonly string[];
  readonly byPriority: readonly string[];
  /** Metrics whose target follows the load, with the load metric. */
  readonly load: ReadonlyMap<string, string>;
  readonly relaxable: readonly string[];
  /** Metrics that promotion days do not count in. */
  readonly excluded: readonly string[];
  /** Metrics charged for each day that misses its target. */
  readonly chargedByDay: readonly string[];
  /** Metrics that exempt days can be taken out of. */
  readonly byDay: readonly string[];
  /** Metrics whose target goes by tier. */
  readonly byTier: readonly string[];
  /** Incidents that cost points. */
  readonly charged: readonly string[];
}

export function planNeeds(plan: ResolvedPlan): PlanNeeds {
  const items: ResolvedItem[] = [
    ...plan.blocks.flatMap((block) => [...block.items, ...(block.replacedBy ? [block.replacedBy] : [])]),
    ...plan.promotionItems.map(({ item }) => item),
  ];
  const load = new Map<string, string>();
  const others: string[] = [];
  for (const { metric, target } of items) {
    if (typeof target === 'string') continue;
    if ('byLoad' in target) load.set(metric.id, target.byLoad.metric);
    if ('ofMetric' in target) others.push(target.ofMetric.metric);
  }
  for (const { of, by } of plan.couplings)
    for (const term of [of, ...by]) if ('metric' in term) others.push(term.metric);
  others.push(...plan.incentives.flatMap(({ of }) => of ?? []));
  const metricsOf = (some: (item: ResolvedItem) => boolean) => [
    ...new Set(items.filter(some).map(({ metric }) => metric.id)),
  ];
  const targetHas = (key: string) => metricsOf(({ target }) => typeof target === 'object' && key in target);
  const ofTeam = metricsOf(({ ofTeam: team }) => team);
  return {
    period: [...new Set([...metricsOf((item) => item.values === 'period' && isMeasured(item)), ...others])].filter(
      (metric) => !ofTeam.includes(metric),
    ),
    standardised: metricsOf(({ standardised }) => standardised),
    latest: metricsOf(({ values }) => values === 'latest'),
    ofTeam,
    byPriority: targetHas('byPriority'),
    load,
    relaxable: metricsOf(({ metric }) => namesMetric(plan.plan.promotion?.relax?.metrics ?? [], metric.id)),
    excluded: metricsOf(({ metric }) => namesMetric(plan.plan.promotion?.exclude?.metrics ?? [], metric.id)),
    chargedByDay: metricsOf(({ curve }) => curve.curve === 'deductions' && curve.perDay !== undefined),
    byDay: metricsOf((item) => item.values === 'period' && isMeasured(item) && item.metric.dimensions.includes('day')),
    byTier: targetHas('byTier'),
    charged: [
      ...new Set(
        items.flatMap(({ curve }) =>
          curve.curve === 'deductions' ? curve.charges.map(({ incident }) => incident) : [],
        ),
      ),
    ],
  };
}

/** What is charged by incidents alone is told by the incidents; its metric only opens them. */
const isMeasured = ({ curve }: ResolvedItem): boolean => curve.curve !== 'deductions' || curve.perDay !== undefined;
