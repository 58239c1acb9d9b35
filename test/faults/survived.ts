/**
 * What of the work was in flight. open: something was asked for and not answered. acknowledged: something of it had been answered as done,
 * which is what must not be lost. both: one and the other.
 */
type InFlight = 'open' | 'acknowledged' | 'both' | 'nothing';

export const inFlightOf = (open: boolean, acknowledged: boolean): InFlight =>
  open ? (acknowledged ? 'both' : 'open') : acknowledged ? 'acknowledged' : 'nothing';

interface Count {
  n: number;
  readonly met: Record<InFlight, number>;
  longestMs: number;
}

/** What was done to an installation, and what was in flight then. */
export interface Fault {
  readonly kind: string;
  readonly phase: string;
  readonly inFlight: InFlight;
}

/** Counts faults that were survived, and those that were not, as they happen. */
export class Survived {
  private readonly counts = new Map<string, Count>();
  readonly failures: string[] = [];
  readonly skipped: string[] = [];
  private passed = 0;

  constructor(readonly say: (line: string) => void) {}

  /** Does it; whatever it throws is a fault that was not survived. */
  async fault({ kind, phase, inFlight }: Fault, happen: () => Promise<void>): Promise<void> {
    const began = performance.now();
    try {
      await happen();
      this.passed += 1;
      const name = `${kind} | ${phase}`;
      const none = { open: 0, acknowledged: 0, both: 0, nothing: 0 };
      const count = this.counts.get(name) ?? { n: 0, met: none, longestMs: 0 };
      count.n += 1;
      count.met[inFlight] += 1;
      count.longestMs = Math.max(count.longestMs, performance.now() - began);
      this.counts.set(name, count);
    } catch (cause) {
      const told = `${this.passed + this.failures.length + 1}: ${kind}, ${phase}: ${cause instanceof Error ? cause.message : cause}`;
      this.failures.push(told);
      this.say(`✗ ${told}`);
    }
  }

  skip(kind: string, reason: string): void {
    this.skipped.push(`${kind}: ${reason}`);
  }

  /** Shares of the kills that met any work in flight, and that met work of which something had been acknowledged. */
  shares(): { readonly inFlight: number; readonly acknowledged: number } {
    const kills = [...this.counts].flatMap(([name, count]) => (name.startsWith('kill ') ? [count] : []));
    const all = kills.reduce((sum, { n }) => sum + n, 0);
    const share = (of: (met: Count['met']) => number) =>
      all === 0 ? 1 : kills.reduce((sum, { met }) => sum + of(met), 0) / all;
    return {
      inFlight: share(({ open, acknowledged, both }) => open + acknowledged + both),
      acknowledged: share(({ acknowledged, both }) => acknowledged + both),
    };
  }

  table(): string {
    const rows = [...this.counts].sort(([a], [b]) => a.localeCompare(b));
    return [
      '| fault | during | survived | work open | of it something acknowledged | all of it acknowledged | longest until checked |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows.map(
        ([name, { n, met, longestMs }]) =>
          `| ${name} | ${n} | ${met.open + met.both} | ${met.both} | ${met.acknowledged} | ${(longestMs / 1000).toFixed(1)} s |`,
      ),
    ].join('\n');
  }

  get total(): { passed: number; failed: number } {
    return { passed: this.passed, failed: this.failures.length };
  }
}
