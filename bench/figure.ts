/** One figure of issue 2: what was measured, what it has to reach, and whether it does. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly reach: string;
  readonly ok: boolean;
}

export interface Result {
  readonly name: string;
  readonly figures: readonly Figure[];
}
