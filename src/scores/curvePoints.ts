import { attain, type ValueCurve } from './attain.ts';
import { fraction, isFraction, toDecimal } from './fraction.ts';
import type { ResolvedItem } from './resolvePlan.ts';

const steps = 40;

/**
 * What a value would attain around the marks of an item's curve: points to draw, rounded as drawings are. Null where the target is
 * no single number, or where what went wrong is counted: then there is no one line.
 */
export function curvePoints({
  target,
  curve,
  better,
  metric,
}: ResolvedItem): [value: number, attainment: number][] | null {
  if (typeof target !== 'string' || !looksAtTheValue(curve)) return null;
  const marks = [target, ...amountsIn(curve)].map((amount) => Number(toDecimal(fraction(amount))));
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const beside = Math.max(high - low, Math.abs(high) * 0.3, 0.5);
  const to = metric.unit === 'percent' && high <= 100 ? Math.min(100, high + beside) : high + beside;
  const from = Math.max(0, low - beside);
  const even = Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);
  // Where the line bends, and just before it, so that a step is drawn as one.
  const edges = marks.flatMap((mark) => [mark - (to - from) / 10_000, mark, mark + (to - from) / 10_000]);
  const values = [...new Set([...even, ...edges])]
    .filter((value) => value >= from && value <= to)
    .sort((a, b) => a - b);
  return values.map((value) => {
    const share = attain(curve, better, fraction(value.toFixed(6)), fraction(target));
    return [value, Number(toDecimal(share))];
  });
}

function looksAtTheValue(curve: ResolvedItem['curve']): curve is ValueCurve {
  return curve.curve !== 'perPoint' && curve.curve !== 'perOccurrence' && curve.curve !== 'deductions';
}

function amountsIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(amountsIn);
  if (typeof part !== 'object' || part === null) return [];
  // What a step gives is a share, no mark on the scale of values.
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? (key !== 'gives' && isFraction(value) ? [value] : []) : amountsIn(value),
  );
}
