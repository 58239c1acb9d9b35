/** Places points on a short scale of whole fives around them: `at` gives percent across, inset so that no label is cut. */
export function placeRange(values: readonly number[]): { at: (value: number) => number; ticks: readonly number[] } {
  const low = Math.max(0, Math.floor((Math.min(...values) - 1) / 5) * 5);
  const high = Math.max(low + 5, Math.ceil((Math.max(...values) + 1) / 5) * 5);
  const at = (value: number) => 3 + ((value - low) / (high - low)) * 94;
  const step = high - low > 40 ? 10 : 5;
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, place) => low + place * step);
  return { at, ticks };
}
