import type { SignalDefinition } from './signalDefinition.ts';

/** Values by signal and name; only what differs from the definition is kept. */
export type ThresholdValues = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface ThresholdIssue {
  readonly path: string;
  readonly code: 'signal.unknown' | 'threshold.unknown' | 'threshold.outOfRange';
  readonly params?: Record<string, string | number>;
}

/** The thresholds in force: what was chosen, else the definition's own. */
export function thresholdsInForce(signals: readonly SignalDefinition[], chosen: ThresholdValues): ThresholdValues {
  return Object.fromEntries(
    signals.map(({ id, thresholds }) => [
      id,
      Object.fromEntries(
        Object.entries(thresholds).map(([name, threshold]) => [name, chosen[id]?.[name] ?? threshold.value]),
      ),
    ]),
  );
}

/** Values by signal and name; null goes back to the standard. */
export type ThresholdChange = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** Every fault of a change, each with its place (`premature_close.z`). */
export function thresholdIssues(signals: readonly SignalDefinition[], change: ThresholdChange): ThresholdIssue[] {
  return Object.entries(change).flatMap(([id, values]): ThresholdIssue[] => {
    const signal = signals.find((each) => each.id === id);
    if (!signal) return [{ path: id.slice(0, 100), code: 'signal.unknown' }];
    return Object.entries(values).flatMap(([name, value]): ThresholdIssue[] => {
      const path = `${id}.${name.slice(0, 100)}`;
      const threshold = Object.hasOwn(signal.thresholds, name) ? signal.thresholds[name] : undefined;
      if (!threshold) return [{ path, code: 'threshold.unknown' }];
      const { low, high } = threshold;
      return value === null || (value >= low && value <= high)
        ? []
        : [{ path, code: 'threshold.outOfRange', params: { low, high } }];
    });
  });
}
