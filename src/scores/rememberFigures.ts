import type { MetricRow } from '../metrics/metricValue.ts';
import { grouped } from './grouped.ts';
import type { FigureQuery } from './scoreDeps.ts';

type Ask = (query: FigureQuery) => Promise<readonly MetricRow[]>;

/**
 * Asks for each metric of a slice once: a second plan on the same period asks only for what the first did not. For the length
 * of one run, in which the data are taken to stay the same.
 */
export function rememberFigures(ask: Ask): Ask {
  const known = new Map<string, Promise<readonly MetricRow[]>>();
  return async (query) => {
    const { metrics, ...slice } = query;
    const keyOf = (metric: string) =>
      JSON.stringify([slice.period.text, slice.facts?.all.database, slice.by, slice.filter, metric]);
    const missing = metrics.filter((metric) => !known.has(keyOf(metric)));
    if (missing.length > 0) {
      const rows = ask({ ...slice, metrics: missing }).then((found) => grouped(found, ({ metric }) => metric));
      for (const metric of missing)
        known.set(
          keyOf(metric),
          rows.then((byMetric) => byMetric.get(metric) ?? []),
        );
    }
    const found = await Promise.all(metrics.map((metric) => known.get(keyOf(metric)) ?? []));
    return found.flat();
  };
}
