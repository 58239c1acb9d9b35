import type { Stores } from '../platform/stores.ts';
import { offeredIn, requestFor, stretchesOf } from './askMetrics.ts';
import { factsFor } from './closedStore.ts';
import { readDefinitions } from './definitionStore.ts';
import type { Interval } from './interval.ts';
import type { Key } from './metricValue.ts';
import { queryIntervals, type SpreadQuestion } from './querySpread.ts';

export interface IntervalRow {
  readonly key: Key;
  readonly metric: string;
  readonly n: number;
  readonly interval: Interval;
}

export interface IntervalQuestion extends SpreadQuestion {
  /** Left out: every metric in force in the period's last month. */
  readonly metrics?: readonly string[];
  /** Metrics whose definition changes within the period have no interval; without it they are refused. */
  readonly skipChanging?: boolean;
}

/** How sure each figure is, by the definitions in force. Throws BadInput for an unknown metric, `definition.changesWithin`. */
export async function askIntervals(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  { metrics, skipChanging = false, ...question }: IntervalQuestion,
): Promise<IntervalRow[]> {
  const { period, timeZone } = question;
  const [definitions, facts] = await Promise.all([readDefinitions(stores.postgres), factsFor(stores, period)]);
  const asked = metrics ?? offeredIn(definitions, period);
  const whole = skipChanging
    ? asked.filter((text) => stretchesOf(definitions, text, period, timeZone).length === 1)
    : asked;
  const rows = await Promise.all(
    whole.map(async (text) => {
      const request = requestFor(definitions, text, period, timeZone);
      return (await queryIntervals(facts, request, question)).map((found) => ({ ...found, metric: text }));
    }),
  );
  return rows.flat();
}
