import { hundredths, inPoints } from '../rubrics/points.ts';

/** The score of each record that others are measured by: the expert's, else the median, exactly, half a hundredth rounded up. */
export function agreedScores(
  rated: readonly { readonly place: number; readonly member: string; readonly score: string }[],
  expert: string | null,
): ReadonlyMap<number, string> {
  const agreed = new Map<number, string>();
  for (const place of new Set(rated.map((each) => each.place))) {
    const own = rated.filter((each) => each.place === place);
    const baseline = own.find(({ member }) => member === expert);
    const sorted = own.map(({ score }) => hundredths(score)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    if (baseline) agreed.set(place, baseline.score);
    else if (sorted.length >= 2) agreed.set(place, inPoints(median(sorted)));
  }
  return agreed;
}

function median(sorted: readonly bigint[]): bigint {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0n;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n;
  return (lower + upper + 1n) / 2n;
}
