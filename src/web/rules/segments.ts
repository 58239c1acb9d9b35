export interface Span {
  readonly from: number;
  readonly to: number;
  /** Gravest first when several lie on one place. */
  readonly grave: boolean;
}

export interface Segment {
  readonly text: string;
  readonly at: number;
  readonly marked: 'grave' | 'light' | null;
}

/** A text cut where marks begin and end; what lies past its end is left out. Joined, the segments are the text. */
export function segmentsOf(text: string, spans: readonly Span[]): Segment[] {
  const edges = new Set([0, text.length]);
  for (const { from, to } of spans) for (const edge of [from, to]) if (edge > 0 && edge < text.length) edges.add(edge);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((at, i) => {
    const here = spans.filter(({ from, to }) => from <= at && at < to);
    const marked = here.some(({ grave }) => grave) ? 'grave' : here.length > 0 ? 'light' : null;
    return { text: text.slice(at, cuts[i + 1]), at, marked };
  });
}
