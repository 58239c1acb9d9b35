import { Decimal } from 'decimal.js';
import { figureOf, type MetricRow, type MetricValue } from './metricValue.ts';

/** One agent or team under both definitions. `change` is after − before in the metric's unit; null where one has no figure. */
export interface DualRow {
  readonly key: string;
  readonly before: MetricValue;
  readonly after: MetricValue;
  readonly change: string | null;
  /** Whether the figure begins or ceases to be scored: by its minimum n, or by having data at all. */
  readonly crossing: 'none' | 'fallsBelow' | 'risesAbove' | 'loses' | 'gains';
}

export interface DualRun {
  /** Everybody whose figure moves or crosses, the largest change first; those without a difference of figures last. */
  readonly moved: DualRow[];
  readonly unmoved: number;
  readonly fallsBelow: number;
  readonly risesAbove: number;
  readonly loses: number;
  readonly gains: number;
}

const Exact = Decimal.clone({ precision: 40 });
const none: MetricValue = { status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 };

/** Whose figure another definition moves, and by how much. Both lists are of one metric, split by the one dimension. */
export function compareDefinitions(
  before: readonly MetricRow[],
  after: readonly MetricRow[],
  by: 'agent' | 'team',
): DualRun {
  const told = new Map(before.map((row) => [row.key[by] ?? '', row]));
  const anew = new Map(after.map((row) => [row.key[by] ?? '', row]));
  const rows = [...new Set([...told.keys(), ...anew.keys()])].map((key) =>
    dualRow(key, told.get(key) ?? none, anew.get(key) ?? none),
  );
  const seen = rows.filter((row) => row.before.status !== 'noData' || row.after.status !== 'noData');
  const moved = seen.filter(
    (row) => row.crossing !== 'none' || (row.change !== null && !new Exact(row.change).isZero()),
  );
  const crossings = (crossing: DualRow['crossing']) => seen.filter((row) => row.crossing === crossing).length;
  return {
    moved: moved.sort((a, b) => size(b).comparedTo(size(a)) || (a.key < b.key ? -1 : 1)),
    unmoved: seen.length - moved.length,
    fallsBelow: crossings('fallsBelow'),
    risesAbove: crossings('risesAbove'),
    loses: crossings('loses'),
    gains: crossings('gains'),
  };
}

const size = ({ change }: DualRow): Decimal => (change === null ? new Exact(-1) : new Exact(change).abs());

function dualRow(key: string, before: MetricValue, after: MetricValue): DualRow {
  const change =
    before.value === null || after.value === null ? null : new Exact(after.value).minus(before.value).toFixed();
  return { key, before: figureOf(before), after: figureOf(after), change, crossing: crossingOf(before, after) };
}

function crossingOf({ status: before }: MetricValue, { status: after }: MetricValue): DualRow['crossing'] {
  if (before === after) return 'none';
  if (before === 'noData') return 'gains';
  if (after === 'noData') return 'loses';
  return after === 'lowSample' ? 'fallsBelow' : 'risesAbove';
}
