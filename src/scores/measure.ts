import type { MetricValue } from '../metrics/metricValue.ts';
import { mixFactor } from './caseMix.ts';
import { lostTo } from './deduct.ts';
import { exactValue } from './exactValue.ts';
import { add, divide, type Fraction, multiply, toDecimal, zero } from './fraction.ts';
import { attainByFigure, left } from './losePoints.ts';
import type { ResolvedItem } from './resolvePlan.ts';
import type { Deduction, ItemScore, ItemStatus, PartScore, ScoreInput } from './scorecard.ts';
import { targetInForce } from './targetInForce.ts';

/** An item as it was found: its figure, the target in force, and how far it was met; null gives no score. */
export interface Measured {
  readonly item: ResolvedItem;
  readonly figure: MetricValue | null;
  readonly value: Fraction | null;
  readonly status: ItemStatus;
  readonly attainment: Fraction | null;
  readonly force: ReturnType<typeof targetInForce>;
  readonly parts: readonly PartScore[];
  readonly valuePeriod: string | null;
  readonly deductions: readonly Deduction[];
  /** The figure as counted, where `value` is the standardised one. */
  readonly standardised: ItemScore['standardised'];
}

export function measure(item: ResolvedItem, input: ScoreInput, deductions: readonly Deduction[]): Measured {
  const given = input.values[item.metric.id];
  const force = targetInForce(item, input);
  if (item.curve.curve === 'deductions') return measureDeductions(item, input, deductions, force);
  const figure = given?.figure ?? null;
  const { value, standardised } = judgedValue(item, figure, input);
  const status = value === null || figure === null ? 'noData' : enough(item, figure) ? 'scored' : 'lowSample';
  const parts = scoreParts(item, force, input);
  const base = {
    item,
    figure,
    value,
    force,
    parts: parts.shown,
    valuePeriod: given?.period ?? null,
    deductions,
    standardised,
  };
  if (status !== 'scored' || value === null || figure === null) return { ...base, status, attainment: null };
  const attainment = force.target ? attainByFigure(item, figure, value, force.target, force.scale) : parts.attainment;
  return attainment === null ? { ...base, status: 'noData', attainment } : { ...base, status, attainment };
}

/** The figure's own value, or the standardised one where the plan says so; none where there is no mix to compare with. */
function judgedValue(
  item: ResolvedItem,
  figure: MetricValue | null,
  input: ScoreInput,
): Pick<Measured, 'value' | 'standardised'> {
  const raw = figure && exactValue(figure);
  if (!item.standardised || raw === null || figure?.status === 'noData' || figure === null)
    return { value: raw, standardised: null };
  const mix = input.caseMix?.[item.metric.id];
  const factor = mix ? mixFactor(mix) : null;
  const standardised = { raw: figure.value, strata: factor === null ? 0 : (mix?.strata ?? 0) };
  return { value: factor && multiply(raw, factor), standardised };
}

/** Nothing charged is a full mark, whether or not there is a figure: what was looked at is judged for the whole card. */
function measureDeductions(
  item: ResolvedItem,
  input: ScoreInput,
  deductions: readonly Deduction[],
  force: Measured['force'],
): Measured {
  const given = input.values[item.metric.id];
  const byDay = item.curve.curve === 'deductions' && item.curve.perDay !== undefined;
  const count = deductions.filter(
    ({ incidentId, chargedUnder }) => incidentId !== null && chargedUnder === null,
  ).length;
  const figure = byDay ? (given?.figure ?? null) : counted(count);
  return {
    item,
    figure,
    value: figure && exactValue(figure),
    force,
    parts: [],
    valuePeriod: byDay ? (given?.period ?? null) : null,
    standardised: null,
    deductions,
    status: 'scored',
    attainment: left(item.full, lostTo(deductions)),
  };
}

function counted(count: number): MetricValue {
  const text = String(count);
  return { status: 'ok', value: text, numerator: text, denominator: '1', n: count };
}

/** Whether anything at all was looked at: a figure, or something charged. Untouched full marks alone say nothing. */
export const isSeen = ({ item, figure, deductions }: Measured): boolean =>
  deductions.length > 0 ||
  (figure !== null && figure.status !== 'noData' && (item.curve.curve !== 'deductions' || figure.n > 0));

export function enough(item: ResolvedItem, figure: MetricValue): boolean {
  if (item.smallSample.mode === 'deduct') return figure.n > 0;
  return item.ownMinimum ? figure.n >= item.minimumN : figure.status === 'ok';
}

/** Each part against its own target; together the mean of their attainments weighted by how many observations each has. */
function scoreParts(item: ResolvedItem, force: Measured['force'], input: ScoreInput) {
  const figures = input.byPriority?.[item.metric.id];
  let count = zero;
  let met = zero;
  const shown = force.parts.map(({ key, target }): PartScore => {
    const figure = figures?.[key];
    const value = figure ? exactValue(figure) : null;
    const common = { key, target: toDecimal(target) };
    if (!figure || value === null) return { ...common, value: null, n: 0, attainment: null };
    const attainment = attainByFigure(item, figure, value, target, force.scale);
    const n = { n: BigInt(figure.n), d: 1n };
    count = add(count, n);
    met = add(met, multiply(n, attainment));
    return { ...common, value: toDecimal(value), n: figure.n, attainment: toDecimal(attainment) };
  });
  return { shown, attainment: count.n === 0n ? null : divide(met, count) };
}
