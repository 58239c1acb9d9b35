const tenMinutes = 600_000;

/** Snapshots of a running period (what is open now) change with time alone; those of a period that is over do not. */
export const atMoment = ({ toMs }: { readonly toMs: number }, now: number): string =>
  toMs > now ? String(Math.floor(now / tenMinutes)) : '';

/**
 * Results that hold as long as the data do. `stamp` names the state of the data: the same stamp, the same data. Askers who come
 * together share one look at the stamp and one computation; a failed one is forgotten. Least recently used entries go first.
 */
export class Memo<Value> {
  private readonly entries = new Map<string, { stamp: string; value: Promise<Value> }>();
  private looking: Promise<string> | null = null;

  constructor(
    private readonly stamp: () => Promise<string>,
    private readonly entriesMax: number,
  ) {}

  /** `also`: what else must be the same as when it was computed. */
  async get(key: string, compute: () => Promise<Value>, also = ''): Promise<Value> {
    this.looking ??= this.stamp().finally(() => {
      this.looking = null;
    });
    const stamp = `${await this.looking} ${also}`;
    const known = this.entries.get(key);
    this.entries.delete(key);
    if (known?.stamp === stamp) {
      this.entries.set(key, known);
      return known.value;
    }
    const entry = { stamp, value: compute() };
    this.entries.set(key, entry);
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.entriesMax) break;
      this.entries.delete(oldest);
    }
    return entry.value;
  }
}
