import type { SignalDefinition } from './signalDefinition.ts';

/** How many records to inspect a finding opens, and how many ordinary ones beside them where there are fewer than five. */
export const inspected = 20;
export const fewest = 5;

/** Figures of a signal that its own query gives, in the order of the columns f0, f1 … */
export const ownFigures = (signal: SignalDefinition): string[] =>
  Object.entries(signal.figures).flatMap(([name, { from }]) => ('sql' in from ? [name] : []));

/**
 * Observations → one row per agent: n, hits, the queue most of them lie in, the figures, and a sample of the records to inspect.
 * The sample is the least by a hash of id and seed: the same rows give the same sample, in whatever order they are read.
 */
export function compileSignal(signal: SignalDefinition, observations: string): string {
  const figures = ownFigures(signal).map((name, i) => {
    const from = signal.figures[name]?.from;
    return `toFloat64OrNull(toString(${from && 'sql' in from ? from.sql : 'NULL'})) AS f${i}`;
  });
  const sample = (size: number, which: string) =>
    `arrayMap(picked -> (picked.2, picked.3), groupArraySortedIf(${size})((cityHash64(id, {seed:String}), toString(kind), toString(id)), ${which}))`;
  return `SELECT
  agent_id,
  toString(count()) AS n,
  toString(countIf(hit)) AS hits,
  arraySort(entry -> (-toInt64(entry.2), entry.1), arrayZip(sumMap([queue], [toUInt64(1)]).1, sumMap([queue], [toUInt64(1)]).2))[1].1 AS main_queue,
  ${[...figures, `${sample(inspected, 'hit')} AS flagged`, `${sample(fewest, 'NOT hit')} AS others`].join(',\n  ')}
FROM (${observations}
) AS observed
WHERE agent_id != ''
GROUP BY agent_id
ORDER BY agent_id`;
}
