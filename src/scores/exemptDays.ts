import type { MetricValue } from '../metrics/metricValue.ts';
import { mixWithoutDays } from './caseMix.ts';
import { compare, divide, fraction, multiply, one, subtract, sum, toDecimal, zero } from './fraction.ts';
import { grouped } from './grouped.ts';
import { isCount, timesOf } from './mergeFigures.ts';
import type { PlanMetric } from './planMetric.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { DayFigure, ExemptDay, ScoreInput, Step } from './scorecard.ts';

/** The input without the days that do not count, and a step for each metric that lost some. */
export function withoutExemptDays(plan: ResolvedPlan, input: ScoreInput): { input: ScoreInput; steps: Step[] } {
  const exempt = Object.entries(input.exempt ?? {}).filter(([, days]) => days.length > 0);
  if (exempt.length === 0) return { input, steps: [] };
  const values = { ...input.values };
  const byPriority = { ...input.byPriority };
  const days = { ...input.days };
  const caseMix = { ...input.caseMix };
  const steps: Step[] = [];
  for (const [id, off] of exempt) {
    const metric = plan.metrics.get(id);
    if (!metric) continue;
    const own = values[id];
    if (own)
      values[id] = {
        ...own,
        figure: without(
          own.figure,
          off.flatMap(({ figure }) => figure ?? []),
          metric,
        ),
      };
    const mix = caseMix[id];
    if (mix)
      caseMix[id] = mixWithoutDays(
        mix,
        off.map(({ day }) => day),
      );
    const parts = byPriority[id];
    if (parts) {
      byPriority[id] = Object.fromEntries(
        Object.entries(parts).map(([key, figure]) => [
          key,
          without(
            figure,
            off.flatMap(({ parts: each }) => each?.[key] ?? []),
            metric,
          ),
        ]),
      );
    }
    const named = new Set(off.map(({ day }) => day));
    days[id] = (days[id] ?? []).filter(({ day }) => !named.has(day));
    for (const [, same] of grouped(off, ({ reason }) => reason)) steps.push(...stepOf(id, same));
  }
  return { input: { ...input, values, byPriority, days, caseMix }, steps };
}

function stepOf(metric: string, same: readonly ExemptDay[]): Step[] {
  const [first] = same;
  if (!first) return [];
  const entries = [...new Set(same.flatMap(({ entry }) => entry ?? []))];
  return [{ kind: 'exempt', metric, days: same.map(({ day }) => day), reason: first.reason, entries }];
}

/** The figure less what some of its days counted. Sums are taken from sums, so what is left is exact. */
export function without(figure: MetricValue, days: readonly DayFigure[], metric: PlanMetric): MetricValue {
  if (days.length === 0 || figure.status === 'noData') return figure;
  const less = (of: 'numerator' | 'denominator') =>
    subtract(fraction(figure[of]), sum(days.map((day) => fraction(day[of]))));
  const count = isCount(figure, metric);
  const numerator = less('numerator');
  const denominator = count ? one : less('denominator');
  const n = figure.n - days.reduce((total, day) => total + day.n, 0);
  const texts = { numerator: toDecimal(numerator), denominator: toDecimal(denominator) };
  if (n <= 0 || compare(denominator, zero) <= 0) return { status: 'noData', value: null, ...texts, n: 0 };
  const times = count ? one : { n: timesOf([figure], metric), d: 1n };
  const value = multiply(divide(numerator, denominator), times);
  return { status: n < metric.minN ? 'lowSample' : 'ok', value: toDecimal(value), ...texts, n };
}
