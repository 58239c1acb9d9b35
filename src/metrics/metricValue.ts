/**
 * The figure of one metric for one slice. Numerator and value carry the metric's unit (the numerator of a rate is a count),
 * the denominator its own; all three are exact decimal strings, unrounded (a quotient that does not end has 34 digits).
 * `n` is how many observations stand behind it. noData has no value: it is never zero.
 */
export type MetricValue =
  | {
      readonly status: 'ok' | 'lowSample';
      readonly value: string;
      readonly numerator: string;
      readonly denominator: string;
      readonly n: number;
    }
  | {
      readonly status: 'noData';
      readonly value: null;
      readonly numerator: string;
      readonly denominator: string;
      readonly n: 0;
    };

export const dimensions = ['agent', 'team', 'shop', 'channel', 'queue', 'day', 'weekday', 'hour', 'priority'] as const;
/** What figures can be split by. `weekday` is 1 (Monday) to 7. `priority` exists for tickets only: other metrics answer noData for it. */
export type Dimension = (typeof dimensions)[number];
export type Key = Readonly<Partial<Record<Dimension, string>>>;
export type MetricRow = MetricValue & { readonly key: Key; readonly metric: string };

/** A row's figure without the key and name it carries in an answer. */
export function figureOf(row: MetricValue): MetricValue {
  const { numerator, denominator } = row;
  return row.status === 'noData'
    ? { status: row.status, value: null, numerator, denominator, n: 0 }
    : { status: row.status, value: row.value, numerator, denominator, n: row.n };
}
