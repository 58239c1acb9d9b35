import type { MetricRow } from '../metrics/metricValue.ts';
import { grouped } from './grouped.ts';
import type { PromotionDay } from './organisation.ts';
import { baseMetric } from './planMetric.ts';
import type { PlanNeeds } from './planNeeds.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ScoreInput, TargetDay } from './scorecard.ts';

/** The days on which a metric had something to count, each with the person's load and the calendar's word on it. */
export function targetDays(
  plan: ResolvedPlan,
  needs: PlanNeeds,
  rows: readonly MetricRow[],
  promotions: readonly PromotionDay[],
): NonNullable<ScoreInput['days']> {
  const byMetric = grouped(rows, ({ metric }) => metric);
  const relaxable = promotions.length > 0 ? needs.relaxable : [];
  const changing = new Set([...needs.load.keys(), ...needs.chargedByDay, ...relaxable]);
  const days: Record<string, TargetDay[]> = {};
  for (const metric of changing) {
    const loads = new Map((byMetric.get(needs.load.get(metric) ?? '') ?? []).map((row) => [row.key.day, row.value]));
    days[metric] = (byMetric.get(metric) ?? []).flatMap((row) => {
      const { day } = row.key;
      if (day === undefined || row.status === 'noData') return [];
      return [
        {
          day,
          volume: row.denominator,
          load: loads.get(day) ?? null,
          relax: relaxOn(plan, needs, promotions, metric, day),
          ...(needs.chargedByDay.includes(metric) ? { value: row.value } : {}),
        },
      ];
    });
  }
  return days;
}

/** By how much a metric's target is relaxed on a day; null on ordinary days, and where the plan relaxes nothing. */
export function relaxOn(
  plan: ResolvedPlan,
  { relaxable }: Pick<PlanNeeds, 'relaxable'>,
  promotions: readonly PromotionDay[],
  metric: string,
  day: string,
): string | null {
  const promotion = relaxable.includes(metric) ? promotionOn(promotions, day, metric) : undefined;
  return promotion ? (promotion.factor ?? plan.plan.promotion?.relax?.factor ?? null) : null;
}

/** The calendar's row for this metric on this day; one that names the metric goes before one for all. */
export function promotionOn(
  promotions: readonly PromotionDay[],
  day: string,
  metric: string,
): PromotionDay | undefined {
  const own = promotions.filter((promotion) => promotion.day === day);
  return (
    own.find((promotion) => promotion.metric === baseMetric(metric)) ?? own.find((promotion) => promotion.metric === '')
  );
}
