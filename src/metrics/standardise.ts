import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({ precision: 60 });

/** Observations of one agent under the same circumstances, as integer sums. */
export interface StratumCell {
  readonly agent: string;
  /** From the coarsest to the finest: queue, shop, part of the day, contact reason. */
  readonly strata: readonly string[];
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly n: number;
}

/** A figure as it would be had everybody met the same mix of contacts. All amounts in integer units of the metric. */
export interface Standardised {
  readonly observed: bigint;
  readonly denominator: bigint;
  readonly n: number;
  /** Σ over strata of own denominator × the rate of all in that stratum, 20 digits. */
  readonly expected: string;
  /** observed ÷ expected × overall rate, as a ratio of integer units, 20 digits; null where nothing is expected. */
  readonly ratio: string | null;
}

/** Only ratios whose every observation has a queue: elsewhere there are no circumstances to allow for. */
export const canStandardise = ({
  form,
  dimensions,
}: {
  readonly form: string;
  readonly dimensions: readonly string[];
}): boolean => form === 'ratio' && dimensions.includes('agent') && dimensions.includes('queue');

export interface CaseMix {
  readonly overall: { readonly numerator: bigint; readonly denominator: bigint; readonly n: number };
  /** How many strata were left after merging. */
  readonly strata: number;
  readonly agents: ReadonlyMap<string, Standardised>;
}

/** Fewer observations than this tell too little of a stratum's own rate. */
export const stratumSmallest = 30;

/**
 * Indirect standardisation: Σ observed ÷ Σ expected × overall rate, expected from strata pooled over everybody. A stratum of fewer
 * than 30 observations merges upward: contact reasons first, then parts of the day, shops, queues. Every observation stays in
 * exactly one stratum, so expectations add up to what was observed.
 */
export function standardise(cells: readonly StratumCell[]): CaseMix {
  const pooled = mergeUpward(cells);
  const overall = total(cells);
  const agents = new Map<string, { own: StratumCell[]; expected: Decimal }>();
  for (const stratum of pooled) {
    const all = total(stratum);
    for (const cell of stratum) {
      const agent = agents.get(cell.agent) ?? { own: [], expected: new Exact(0) };
      agent.own.push(cell);
      if (all.denominator !== 0n)
        agent.expected = agent.expected.plus(
          new Exact(cell.denominator.toString()).times(all.numerator.toString()).div(all.denominator.toString()),
        );
      agents.set(cell.agent, agent);
    }
  }
  return {
    overall,
    strata: pooled.length,
    agents: new Map(
      [...agents].map(([agent, { own, expected }]) => {
        const { numerator, denominator, n } = total(own);
        const ratio =
          expected.isZero() || overall.denominator === 0n
            ? null
            : new Exact(numerator.toString())
                .times(overall.numerator.toString())
                .div(expected.times(overall.denominator.toString()));
        return [
          agent,
          { observed: numerator, denominator, n, expected: digits(expected), ratio: ratio && digits(ratio) },
        ];
      }),
    ),
  };
}

const digits = (value: Decimal): string => value.toSignificantDigits(20).toFixed();

function total(cells: readonly StratumCell[]): { numerator: bigint; denominator: bigint; n: number } {
  let [numerator, denominator, n] = [0n, 0n, 0];
  for (const cell of cells) {
    numerator += cell.numerator;
    denominator += cell.denominator;
    n += cell.n;
  }
  return { numerator, denominator, n };
}

/** The strata as lists of cells. What is left at the top is one stratum, however small. */
function mergeUpward(cells: readonly StratumCell[]): StratumCell[][] {
  const strata: StratumCell[][] = [];
  let rest: readonly StratumCell[] = cells;
  const depth = cells[0]?.strata.length ?? 0;
  for (let level = depth; level > 0; level--) {
    const groups = new Map<string, StratumCell[]>();
    for (const cell of rest) {
      const key = JSON.stringify(cell.strata.slice(0, level));
      const group = groups.get(key);
      if (group) group.push(cell);
      else groups.set(key, [cell]);
    }
    const small: StratumCell[] = [];
    for (const group of groups.values()) {
      if (total(group).n >= stratumSmallest) strata.push(group);
      else small.push(...group);
    }
    rest = small;
  }
  return rest.length > 0 ? [...strata, [...rest]] : strata;
}
