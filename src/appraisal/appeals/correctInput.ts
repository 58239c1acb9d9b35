import type { MetricValue } from '../../metrics/metricValue.ts';
import type { RecordShare as Share } from '../../metrics/recordShares.ts';
import { without } from '../../scores/exemptDays.ts';
import { compare, divide, fraction, multiply, subtract, sum, toDecimal, zero } from '../../scores/fraction.ts';
import { grouped } from '../../scores/grouped.ts';
import { timesOf } from '../../scores/mergeFigures.ts';
import type { PlanMetric } from '../../scores/planMetric.ts';
import type { ResolvedItem, ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { DayFigure, ExemptDay, ScoreInput, TargetDay } from '../../scores/scorecard.ts';
import type { Correction } from './correction.ts';

/**
 * A card's input without what was found not to count: incidents by their id, what records counted taken from every figure they stand
 * behind (sums from sums, so exact), days that were charged, and values that HR gives instead. Everything else stays as frozen.
 */
export function correctInput(
  plan: ResolvedPlan,
  input: ScoreInput,
  corrections: readonly Correction[],
  shares: readonly Share[],
): ScoreInput {
  let corrected = withoutShares(plan, input, shares);
  for (const correction of corrections) corrected = apply(plan, corrected, correction);
  return corrected;
}

function apply(plan: ResolvedPlan, input: ScoreInput, correction: Correction): ScoreInput {
  switch (correction.kind) {
    case 'record':
      return input;
    case 'incident': {
      const stays = ({ incidentId }: { readonly incidentId: string }) => incidentId !== correction.incidentId;
      return {
        ...input,
        vetoes: input.vetoes.filter(stays),
        ...(input.incidents ? { incidents: input.incidents.filter(stays) } : {}),
      };
    }
    case 'day': {
      const metric = itemOf(plan, input, correction.item)?.metric.id;
      if (metric === undefined) return input;
      const days = (input.days?.[metric] ?? []).filter(({ day }) => day !== correction.day);
      return { ...input, days: { ...input.days, [metric]: days } };
    }
    case 'value': {
      const item = itemOf(plan, input, correction.item);
      return item ? withValue(input, item, correction) : input;
    }
  }
}

/** The item as this person's card has it. */
export function itemOf(plan: ResolvedPlan, { tier }: Pick<ScoreInput, 'tier'>, id: string): ResolvedItem | null {
  const blocks = plan.blocksOf[tier ?? 'unknown'];
  const items = [
    ...blocks.flatMap(({ items: own, replacedBy }) => [...own, ...(replacedBy ? [replacedBy] : [])]),
    ...plan.promotionItems.map(({ item }) => item),
  ];
  return items.find((item) => item.id === id) ?? null;
}

function withValue(
  input: ScoreInput,
  item: ResolvedItem,
  { part, value }: Extract<Correction, { kind: 'value' }>,
): ScoreInput {
  const { id } = item.metric;
  const before = part === null ? input.values[id]?.figure : input.byPriority?.[id]?.[part];
  const figure = given(item, value, before?.n ?? 0);
  // Days that did not count are no part of a value that somebody gives as a whole.
  const { [id]: _, ...exempt } = input.exempt ?? {};
  const freed = input.exempt ? { ...input, exempt } : input;
  if (part === null) return { ...freed, values: { ...input.values, [id]: { ...input.values[id], figure } } };
  const parts = { ...input.byPriority?.[id], [part]: figure };
  return { ...freed, byPriority: { ...input.byPriority, [id]: parts } };
}

/** A value that a person gives counts, however few observations there were. */
function given({ metric, minimumN }: ResolvedItem, value: string, n: number): MetricValue {
  const enough = Math.max(1, n, minimumN);
  const isShare = metric.unit === 'percent' || metric.unit === 'nps';
  const numerator = isShare
    ? toDecimal(divide(multiply(fraction(value), { n: BigInt(enough), d: 1n }), fraction('100')))
    : value;
  return { status: 'ok', value, numerator, denominator: isShare ? String(enough) : '1', n: enough };
}

function withoutShares(plan: ResolvedPlan, input: ScoreInput, shares: readonly Share[]): ScoreInput {
  const values = { ...input.values };
  const byPriority = { ...input.byPriority };
  const days = { ...input.days };
  const exempt = { ...input.exempt };
  for (const [id, own] of grouped(shares, ({ metric }) => metric)) {
    const metric = plan.metrics.get(id);
    if (!metric) continue;
    const value = values[id];
    if (value) values[id] = { ...value, figure: without(value.figure, own, metric) };
    const parts = byPriority[id];
    if (parts) byPriority[id] = withoutParts(parts, own, metric);
    const daily = days[id];
    if (daily) days[id] = daily.flatMap((day) => dayWithout(day, onDay(own, day.day), metric, value?.figure));
    const off = exempt[id];
    if (off) exempt[id] = off.map((day) => exemptWithout(day, onDay(own, day.day)));
  }
  return {
    ...{ ...input, values },
    ...(input.byPriority ? { byPriority } : {}),
    ...(input.days ? { days } : {}),
    ...(input.exempt ? { exempt } : {}),
  };
}

const onDay = (shares: readonly Share[], day: string) => shares.filter((share) => share.day === day);

const withoutParts = (
  parts: Readonly<Record<string, MetricValue>>,
  shares: readonly Share[],
  metric: PlanMetric,
): Record<string, MetricValue> =>
  Object.fromEntries(
    Object.entries(parts).map(([key, figure]) => [
      key,
      without(
        figure,
        shares.filter(({ priority }) => priority === key),
        metric,
      ),
    ]),
  );

/** A day weighs less by what is taken out of it, and its own value is that of what is left. */
function dayWithout(
  day: TargetDay,
  shares: readonly Share[],
  metric: PlanMetric,
  figure: MetricValue | undefined,
): TargetDay[] {
  if (shares.length === 0) return [day];
  const volume = subtract(fraction(day.volume), total(shares, 'denominator'));
  if (compare(volume, zero) <= 0) return [];
  const left = { ...day, volume: toDecimal(volume) };
  if (day.value == null) return [left];
  const times = { n: timesOf(figure && figure.status !== 'noData' ? [figure] : [], metric), d: 1n };
  const counted = subtract(
    multiply(fraction(day.value), fraction(day.volume)),
    multiply(times, total(shares, 'numerator')),
  );
  return [{ ...left, value: toDecimal(divide(counted, volume)) }];
}

/** What does not count anyway is taken out on both sides, so that nothing is taken out twice. */
function exemptWithout(day: ExemptDay, shares: readonly Share[]): ExemptDay {
  if (shares.length === 0) return day;
  const less = (figure: DayFigure, own: readonly Share[]): DayFigure => ({
    numerator: toDecimal(subtract(fraction(figure.numerator), total(own, 'numerator'))),
    denominator: toDecimal(subtract(fraction(figure.denominator), total(own, 'denominator'))),
    n: figure.n - own.reduce((count, { n }) => count + n, 0),
  });
  return {
    ...day,
    figure: day.figure && less(day.figure, shares),
    ...(day.parts
      ? {
          parts: Object.fromEntries(
            Object.entries(day.parts).map(([key, figure]) => [
              key,
              less(
                figure,
                shares.filter(({ priority }) => priority === key),
              ),
            ]),
          ),
        }
      : {}),
  };
}

const total = (shares: readonly Share[], of: 'numerator' | 'denominator') =>
  sum(shares.map((share) => fraction(share[of])));
