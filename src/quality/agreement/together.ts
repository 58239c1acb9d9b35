import { hundredths, inPoints } from '../rubrics/points.ts';
import { spreadMax } from './raters.ts';

/**
 * What several scores of one record come to, exactly: the median, half a hundredth rounded up, and whether they are too far apart for it
 * to count. Null with fewer than two.
 */
export function togetherOf(scores: readonly string[]): { readonly median: string; readonly tooWide: boolean } | null {
  const sorted = scores.map(hundredths).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (sorted.length < 2 || lowest === undefined || highest === undefined || upper === undefined || lower === undefined)
    return null;
  return { median: inPoints((lower + upper + 1n) / 2n), tooWide: highest - lowest > BigInt(spreadMax) * 100n };
}
