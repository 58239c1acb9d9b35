/** For drawing only: the figures shown beside a beam are the exact strings of the card. */
export interface BeamItem {
  readonly id: string;
  /** Weight after redistribution; null where the item gives no score. */
  readonly weight: number | null;
  readonly points: number | null;
  readonly teamMedian: number | null;
}

export interface PlacedBeam {
  readonly id: string;
  /** Where the points of the items before it end: so the filled parts, read downwards, add up to the total. */
  readonly start: number;
  readonly won: number;
  readonly lost: number;
  readonly weight: number;
  readonly median: number | null;
  readonly scored: boolean;
}

/** Lines beams up one after the other: each begins where the points won so far end. */
export function stackBeams(items: readonly BeamItem[]): { beams: PlacedBeam[]; total: number; scale: number } {
  let total = 0;
  let reach = 100;
  const beams = items.map((item) => {
    const scored = item.weight !== null && item.points !== null;
    const weight = item.weight ?? 0;
    const won = item.points ?? 0;
    const beam: PlacedBeam = {
      id: item.id,
      start: total,
      won,
      lost: Math.max(0, weight - won),
      weight,
      median: item.teamMedian === null ? null : total + item.teamMedian,
      scored,
    };
    total += won;
    reach = Math.max(reach, beam.start + weight, total);
    return beam;
  });
  return { beams, total, scale: reach };
}

export interface Segment {
  readonly id: string;
  readonly start: number;
  readonly weight: number;
  /** null: no score, which is neither won nor lost. */
  readonly won: number | null;
}

/** One line of segments, each as long as its weight: the same item stands at the same place on every line of a table. */
export function segments(items: readonly BeamItem[]): { parts: Segment[]; scale: number } {
  let start = 0;
  const parts = items.map((item) => {
    const part: Segment = { id: item.id, start, weight: item.weight ?? 0, won: item.points };
    start += part.weight;
    return part;
  });
  return { parts, scale: Math.max(start, 1) };
}

/** The number a decimal string stands for on a drawing; null stays null. */
export function drawn(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal);
}
