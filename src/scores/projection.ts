import { normalQuantile, tQuantile } from '../metrics/intervalQuantiles.ts';
import type { MetricValue } from '../metrics/metricValue.ts';
import type { Draw } from '../metrics/seededDraws.ts';
import { type FigureForm, figureFrom, figureWith, formOf, inputWith } from './changedFigure.ts';
import { exactTotal } from './exactTotal.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import { score } from './score.ts';
import type { ScoreInput, TargetDay } from './scorecard.ts';

/** What one metric counted, in the figure's own terms; sums over days are sums of these. */
export interface DayCounts {
  readonly numerator: number;
  readonly denominator: number;
  readonly n: number;
}

/** One calendar day of one person; a day without work has no counts. */
export interface WorkDay {
  readonly day: string;
  readonly counts: Readonly<Record<string, DayCounts>>;
  /** By metric, then priority. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, DayCounts>>>>;
}

export interface ProjectionQuestion {
  readonly plan: ResolvedPlan;
  /** The period as far as it has gone. */
  readonly input: ScoreInput;
  /** Every calendar day that is over, oldest first, those of the period and weeks before. */
  readonly history: readonly WorkDay[];
  /** The days still to come. */
  readonly ahead: readonly string[];
  /** By metric given by people: how much everybody's value moved from one assessment to the next. */
  readonly changes: Readonly<Record<string, readonly number[]>>;
  /** Load metric by metric whose target follows it. */
  readonly loads: Readonly<Record<string, string>>;
  /** By how much the calendar relaxes a metric's target on a day ahead; null on ordinary days. */
  readonly relaxOn: (metric: string, day: string) => string | null;
  /** Whether a day ahead will not count in a metric, by the register or by the plan's promotion rule. */
  readonly isExempt: (metric: string, day: string) => boolean;
  readonly draw: Draw;
  readonly times: number;
}

export interface Projection {
  /** The middle of the draws, and the range that holds 80% of them, widened for how few weeks they come from. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** Share of the draws that end in each grade, most likely first. */
  readonly grades: readonly { readonly grade: string; readonly share: number }[];
}

const week = 7;
/** Days that follow one another resemble each other; a block keeps some of that. */
const blockDays = 2;

/**
 * Where the total may end: the days ahead are drawn from the person's own past, as blocks of days beginning on the same weekday, and
 * the month is scored again with what they add; four hundred times. Each time the past itself is drawn anew by weeks, as it too is
 * only a sample. What people assess moves as everybody's assessments have moved; a standardised value keeps the mix of circumstances
 * met so far. Null when most draws would be unrated.
 */
export function project(question: ProjectionQuestion): Projection | null {
  const totals: { total: number; grade: string | null }[] = [];
  for (let i = 0; i < question.times; i++) {
    const card = score(question.plan, drawn(question));
    if (card.total !== null) totals.push({ total: exactTotal(card), grade: card.grade });
  }
  if (totals.length < question.times / 2) return null;
  const sorted = totals.map(({ total }) => total).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const middle = at(0.5);
  const wider = fewWeeks(Math.floor(question.history.length / week));
  const counts = new Map<string, number>();
  for (const { grade } of totals) if (grade !== null) counts.set(grade, (counts.get(grade) ?? 0) + 1);
  return {
    low: Math.max(0, middle - (middle - at(0.1)) * wider),
    middle,
    high: Math.min(Math.max(at(0.9), fullMark), middle + (at(0.9) - middle) * wider),
    grades: [...counts]
      .map(([grade, count]) => ({ grade, share: count / totals.length }))
      .sort((a, b) => b.share - a.share),
  };
}

const fullMark = 100;

/**
 * Draws from k weeks vary too little: their variance is (k − 1) ÷ k of what weeks have, and how much weeks vary is itself known from
 * k of them only (Student's t instead of the normal at the 90% point).
 */
const fewWeeks = (weeks: number): number =>
  weeks < 2 ? 2 : (tQuantile(0.9, weeks - 1) / normalQuantile(0.9)) * Math.sqrt(weeks / (weeks - 1));

/** One way the period might end. */
function drawn(question: ProjectionQuestion): ScoreInput {
  const { plan, input, history, ahead, changes, loads, relaxOn, isExempt, draw } = question;
  const days = drawDays(history, ahead, draw).map((day) => countingOnly(day, isExempt));
  let next = input;
  for (const metric of new Set(days.flatMap(({ counts }) => Object.keys(counts)))) {
    const given = input.values[metric];
    if (!given || given.period !== undefined) continue;
    const added = days.flatMap(({ counts }) => counts[metric] ?? []);
    next = inputWith(next, metric, plus(given.figure, added, unitOf(plan, metric), minNOf(plan, metric)));
  }
  for (const [metric, moves] of Object.entries(changes)) {
    const given = input.values[metric];
    const move = moves[Math.floor(draw() * moves.length)];
    if (!given || given.period === undefined || given.figure.status === 'noData' || move === undefined) continue;
    const value = Math.max(0, Number(given.figure.value) + move);
    next = inputWith(next, metric, figureWith(formOf(unitOf(plan, metric), given.figure), given.figure, value));
  }
  return { ...next, byPriority: partsWith(plan, input, days), days: daysWith(input, days, loads, relaxOn) };
}

/** Blocks of the past, drawn from weeks that were themselves drawn. */
function drawDays(history: readonly WorkDay[], ahead: readonly string[], draw: Draw): WorkDay[] {
  const weeks = Math.max(1, Math.floor(history.length / week));
  // Counted from the latest day back, so that what is left over is the oldest.
  const kept = Array.from({ length: weeks }, () => Math.floor(draw() * weeks));
  const first = history[history.length - 1];
  if (!first) return [];
  const days: WorkDay[] = [];
  while (days.length < ahead.length) {
    const day = ahead[days.length] ?? '';
    const back = (weekdayOf(first.day) - weekdayOf(day) + week) % week;
    const whichWeek = kept[Math.floor(draw() * kept.length)] ?? 0;
    const start = history.length - 1 - back - whichWeek * week;
    for (let i = 0; i < blockDays && days.length < ahead.length; i++) {
      const found = history[start + i] ?? history[start + i - week] ?? history[(start + i + week) % history.length];
      if (found) days.push({ ...found, day: ahead[days.length] ?? '' });
    }
  }
  return days;
}

/** What is left of a day ahead of what was drawn for it: a day that will not count adds nothing, as it will when it is over. */
function countingOnly({ day, counts, parts }: WorkDay, isExempt: ProjectionQuestion['isExempt']): WorkDay {
  const counting = <Of>(of: Readonly<Record<string, Of>>): Record<string, Of> =>
    Object.fromEntries(Object.entries(of).filter(([metric]) => !isExempt(metric, day)));
  return { day, counts: counting(counts), parts: counting(parts) };
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

function plus(figure: MetricValue, added: readonly DayCounts[], unit: string, minN: number): MetricValue {
  if (figure.status === 'noData') return sumOf(added, 'mean', unit, minN);
  const form = formOf(unit, figure);
  const base = { numerator: Number(figure.numerator), denominator: Number(figure.denominator), n: figure.n };
  return figureFrom(form, total([base, ...added], form), minN);
}

/** What was not seen yet in the period is told by its form alone: a percentage is a share of counts. */
function sumOf(added: readonly DayCounts[], form: FigureForm, unit: string, minN: number): MetricValue {
  const likely = unit === 'percent' ? 'share' : form;
  return figureFrom(likely, total(added, likely), minN);
}

function total(all: readonly DayCounts[], form: FigureForm): DayCounts {
  let [numerator, denominator, n] = [0, 0, 0];
  for (const each of all) {
    numerator += each.numerator;
    denominator += each.denominator;
    n += each.n;
  }
  return { numerator, denominator: form === 'count' ? 1 : denominator, n };
}

function partsWith(
  plan: ResolvedPlan,
  input: ScoreInput,
  days: readonly WorkDay[],
): NonNullable<ScoreInput['byPriority']> {
  const metrics = [
    ...new Set([...Object.keys(input.byPriority ?? {}), ...days.flatMap(({ parts }) => Object.keys(parts))]),
  ];
  const found = metrics.map((metric): [string, Record<string, MetricValue>] => {
    const now = input.byPriority?.[metric] ?? {};
    const keys = new Set([...Object.keys(now), ...days.flatMap(({ parts }) => Object.keys(parts[metric] ?? {}))]);
    const sums = [...keys].map((key): [string, MetricValue] => {
      const added = days.flatMap(({ parts }) => parts[metric]?.[key] ?? []);
      const figure = now[key] ?? { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };
      return [key, plus(figure, added, unitOf(plan, metric), 1)];
    });
    return [metric, Object.fromEntries(sums)];
  });
  return Object.fromEntries(found);
}

/** The days by which a target is weighted go on, with the load of the day that was drawn and the calendar's word on their own. */
function daysWith(
  input: ScoreInput,
  days: readonly WorkDay[],
  loads: Readonly<Record<string, string>>,
  relaxOn: ProjectionQuestion['relaxOn'],
): NonNullable<ScoreInput['days']> {
  const entries = Object.entries(input.days ?? {}).map(([metric, past]): [string, readonly TargetDay[]] => {
    const next = days.flatMap(({ day, counts }): TargetDay[] => {
      const own = counts[metric];
      if (!own || own.denominator === 0) return [];
      const load = counts[loads[metric] ?? ''];
      const loadValue = load && load.denominator > 0 ? (load.numerator / load.denominator).toFixed(6) : null;
      const value = figureFrom(formIn(input, metric), own, 0).value;
      return [{ day, volume: own.denominator.toFixed(6), load: loadValue, relax: relaxOn(metric, day), value }];
    });
    return [metric, [...past, ...next]];
  });
  return Object.fromEntries(entries);
}

function formIn(input: ScoreInput, metric: string): FigureForm {
  const figure = input.values[metric]?.figure;
  return figure && figure.status !== 'noData' ? formOf('', figure) : 'mean';
}

const unitOf = (plan: ResolvedPlan, metric: string): string => plan.metrics.get(metric)?.unit ?? '';
const minNOf = (plan: ResolvedPlan, metric: string): number => plan.metrics.get(metric)?.minN ?? 1;
