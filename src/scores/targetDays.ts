import type { MetricRow } from '../metrics/metricValue.ts';
import { compare, fraction, one } from './fraction.ts';
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
  const factor = promotion ? (promotion.factor ?? plan.plan.promotion?.relax?.factor ?? null) : null;
  // Rows taken in before they were refused: what would harden a target is no relaxing.
  return factor === null || compare(fraction(factor), one) < 0 ? null : factor;
}

/** The calendar's row for this metric on this day: the shop's own goes before that of all shops, then one that names the metric. */
export function promotionOn(
  promotions: readonly PromotionDay[],
  day: string,
  metric: string,
): PromotionDay | undefined {
  const base = baseMetric(metric);
  const own = promotions.filter((promotion) => promotion.day === day && ['', base].includes(promotion.metric));
  const ofShop = own.filter(({ shop }) => shop !== '');
  const nearest = ofShop.length > 0 ? ofShop : own;
  return nearest.find((promotion) => promotion.metric === base) ?? nearest[0];
}
