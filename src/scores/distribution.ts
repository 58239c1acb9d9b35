const binWidth = 5;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bins of five points up to 100; what lies on an edge belongs to the bin above, 100 and more to the last one. */
export function distribution(totals: readonly string[]): Bin[] {
  const bins = Array.from({ length: 100 / binWidth }, (_, bin) => ({
    from: bin * binWidth,
    to: (bin + 1) * binWidth,
    count: 0,
  }));
  for (const total of totals) {
    const bin = bins[Math.min(bins.length - 1, Math.max(0, Math.floor(Number(total) / binWidth)))];
    if (bin) bin.count += 1;
  }
  return bins;
}
