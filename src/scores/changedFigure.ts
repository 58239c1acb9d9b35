import type { MetricValue } from '../metrics/metricValue.ts';
import type { ScoreInput } from './scorecard.ts';

export type Figure = Exclude<MetricValue, { status: 'noData' }>;

/** What a figure is made of: a share of a count in percent, a mean (or other quotient), or a plain count. */
export type FigureForm = 'share' | 'mean' | 'count';

/** Told by the figure's own numbers: a count has the denominator 1, a rate is a hundred times its quotient. */
export function formOf(unit: string, { value, numerator, denominator }: Figure): FigureForm {
  if (unit === 'count' && denominator === '1' && value === numerator) return 'count';
  const quotient = Number(numerator) / Number(denominator);
  const isHundredfold = Math.abs(quotient * 100 - Number(value)) < 1e-9 * Math.max(1, Math.abs(Number(value)));
  return isHundredfold && quotient !== 0 ? 'share' : quotient === 0 && unit === 'percent' ? 'share' : 'mean';
}

/** The figure of other sums. Written to twelve places: what might have been needs no more. */
export function figureFrom(
  form: FigureForm,
  sums: { readonly numerator: number; readonly denominator: number; readonly n: number },
  minN: number,
): MetricValue {
  const { numerator, denominator, n } = sums;
  if (n === 0 || denominator === 0) return { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };
  const value = form === 'count' ? numerator : (numerator / denominator) * (form === 'share' ? 100 : 1);
  return {
    status: n < minN ? 'lowSample' : 'ok',
    value: text(value),
    numerator: text(numerator),
    denominator: text(denominator),
    n,
  };
}

/** The same observations with another value; the numerator follows. */
export function figureWith(form: FigureForm, figure: Figure, value: number): MetricValue {
  const numerator = form === 'count' ? value : (value * Number(figure.denominator)) / (form === 'share' ? 100 : 1);
  return { ...figure, value: text(value), numerator: text(numerator) };
}

const text = (amount: number): string => {
  const written = amount.toFixed(12);
  return written.replace(/\.?0+$/, '');
};

/** The same person and period with one metric's figure changed. */
export function inputWith(input: ScoreInput, metric: string, figure: MetricValue): ScoreInput {
  const given = input.values[metric];
  return { ...input, values: { ...input.values, [metric]: { ...given, figure } } };
}

/** The same with the figures of all parts of one metric changed. */
export function inputWithParts(
  input: ScoreInput,
  metric: string,
  change: (figure: Figure, key: string) => MetricValue,
): ScoreInput {
  const given = input.byPriority?.[metric];
  if (!given) return input;
  const parts = Object.entries(given).map(([key, figure]): [string, MetricValue] => [
    key,
    figure.status === 'noData' ? figure : change(figure, key),
  ]);
  return { ...input, byPriority: { ...input.byPriority, [metric]: Object.fromEntries(parts) } };
}
