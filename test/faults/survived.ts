/** What was done to an installation, and what was in flight then. */
export interface Fault {
  readonly kind: string;
  readonly phase: string;
  readonly inFlight: 'open' | 'acknowledged' | 'nothing';
}

/** Counts faults that were survived, and those that were not, as they happen. */
export class Survived {
  private readonly counts = new Map<string, { n: number; open: number; acknowledged: number; longestMs: number }>();
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
      const count = this.counts.get(name) ?? { n: 0, open: 0, acknowledged: 0, longestMs: 0 };
      count.n += 1;
      if (inFlight !== 'nothing') count[inFlight] += 1;
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

  /** Share of the kills that met work in flight. */
  inFlightShare(): number {
    const kills = [...this.counts].flatMap(([name, count]) => (name.startsWith('kill ') ? [count] : []));
    const all = kills.reduce((sum, { n }) => sum + n, 0);
    return all === 0 ? 1 : kills.reduce((sum, { open, acknowledged }) => sum + open + acknowledged, 0) / all;
  }

  table(): string {
    const rows = [...this.counts].sort(([a], [b]) => a.localeCompare(b));
    return [
      '| fault | during | survived | work open | just acknowledged | longest until checked |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows.map(
        ([name, { n, open, acknowledged, longestMs }]) =>
          `| ${name} | ${n} | ${open} | ${acknowledged} | ${(longestMs / 1000).toFixed(1)} s |`,
      ),
    ].join('\n');
  }

  get total(): { passed: number; failed: number } {
    return { passed: this.passed, failed: this.failures.length };
  }
}
