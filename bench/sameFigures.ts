import { readMetricRequest } from '../src/metrics/catalogue.ts';
import { exactQuotient } from '../src/metrics/exactQuotient.ts';
import type { MetricRow } from '../src/metrics/metricValue.ts';

/** `agent metric` → `numerator/denominator` in the metric's units, exact. Where nothing was counted there is no entry. */
export type Figures = Readonly<Record<string, string>>;

export function figuresOf(rows: readonly MetricRow[]): Figures {
  return Object.fromEntries(
    rows.flatMap((row) =>
      row.status === 'noData' ? [] : [[`${row.key.agent} ${row.metric}`, `${row.numerator}/${row.denominator}`]],
    ),
  );
}

/** What a query written by hand answers: rows of `agent` and, per metric in order, `s0` numerator, `s1` denominator, `s2` … as integers. */
export interface AnswerByHand {
  readonly metrics: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export function figuresByHand(answers: readonly AnswerByHand[]): Figures {
  return Object.fromEntries(
    answers.flatMap(({ metrics, rows }) =>
      metrics.flatMap((name, i) => {
        const { metric } = readMetricRequest(name);
        return rows.flatMap((row): [string, string][] => {
          const sum = row[`s${2 * i}`];
          if (sum === undefined) throw new RangeError(`${name}: the query by hand answers no s${2 * i}`);
          // A sum over no rows is NULL.
          const numerator = BigInt(String(sum === null ? 0 : sum)) * BigInt(metric.numeratorTimes);
          const denominator = BigInt(String(row[`s${2 * i + 1}`]));
          if (denominator === 0n) return [];
          const told = [
            exactQuotient(numerator, BigInt(metric.numeratorScale), 40),
            exactQuotient(denominator, BigInt(metric.denominatorScale), 40),
          ];
          return [[`${row.agent} ${name}`, told.join('/')]];
        });
      }),
    ),
  );
}

/** Where the figures are not those written by hand, of the metrics that both tell: empty when they are the same to the last digit. */
export function differences(ours: Figures, hand: Figures): string[] {
  const metricOf = (key: string) => key.slice(key.indexOf(' ') + 1);
  const known = new Set(Object.keys(hand).map(metricOf));
  const keys = new Set([...Object.keys(ours), ...Object.keys(hand)].filter((key) => known.has(metricOf(key))));
  return [...keys].flatMap((key) =>
    ours[key] === hand[key] ? [] : [`${key}: ${ours[key] ?? 'nothing'}, by hand ${hand[key] ?? 'nothing'}`],
  );
}
