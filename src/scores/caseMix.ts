import type { CaseMix } from '../metrics/standardise.ts';
import { compare, divide, type Fraction, fraction, multiply, one, subtract, sum, toDecimal, zero } from './fraction.ts';

/** What one person had of a metric, and what everybody would have made of the same contacts; in integer units of the metric. */
export interface MixShare {
  readonly denominator: string;
  readonly expected: string;
}

/** A person's mix of circumstances in one metric beside everybody's. */
export interface PersonMix extends MixShare {
  readonly overall: { readonly numerator: string; readonly denominator: string };
  /** How many strata were told apart: with one there is nothing to allow for. */
  readonly strata: number;
  /** By day, where days may have to be taken out. */
  readonly days?: Readonly<Record<string, MixShare>>;
}

/**
 * What a figure is multiplied by to be as it would under everybody's mix: (overall rate × denominator) ÷ expected. 1 where nothing is
 * expected of anybody, as there is nothing to allow for; null where the person met nothing.
 */
export function mixFactor({ denominator, expected, overall }: PersonMix): Fraction | null {
  const [own, all] = [fraction(denominator), fraction(overall.denominator)];
  if (own.n === 0n || all.n === 0n) return null;
  const awaited = fraction(expected);
  if (awaited.n === 0n) return one;
  return divide(multiply(own, fraction(overall.numerator)), multiply(awaited, all));
}

/** The same for reading: 1 for an item that is judged by the figure as counted, or whose mix is not known. */
export function judgedTimes(
  { standardised, metric }: { readonly standardised: boolean; readonly metric: { readonly id: string } },
  mixes: Readonly<Record<string, PersonMix>> = {},
): number {
  const mix = standardised ? mixes[metric.id] : undefined;
  const factor = mix ? mixFactor(mix) : null;
  return factor ? Number(toDecimal(factor)) : 1;
}

/** The mix less what some days had of it. */
export function mixWithoutDays(mix: PersonMix, days: readonly string[]): PersonMix {
  const off = days.flatMap((day) => mix.days?.[day] ?? []);
  const less = (of: keyof MixShare): string => {
    const left = subtract(fraction(mix[of]), sum(off.map((each) => fraction(each[of]))));
    // Expectations are cut after twenty digits: what is left of nothing may be a little less.
    return toDecimal(compare(left, zero) < 0 ? zero : left);
  };
  return off.length === 0 ? mix : { ...mix, denominator: less('denominator'), expected: less('expected') };
}

/** Everybody's mix as each person's; `daily` are the same of single days, keyed by day and agent. */
export function personMixes(mix: CaseMix, daily: CaseMix | null): ReadonlyMap<string, PersonMix> {
  const overall = { numerator: String(mix.overall.numerator), denominator: String(mix.overall.denominator) };
  const shareOf = ({ denominator, expected }: { denominator: bigint; expected: string }): MixShare => ({
    denominator: String(denominator),
    expected,
  });
  const days = new Map<string, Record<string, MixShare>>();
  for (const [key, share] of daily?.agents ?? []) {
    const [day, agent] = [key.slice(0, 10), key.slice(11)];
    const own = days.get(agent) ?? {};
    own[day] = shareOf(share);
    days.set(agent, own);
  }
  return new Map(
    [...mix.agents].map(([agent, share]): [string, PersonMix] => {
      const own = days.get(agent);
      return [agent, { ...shareOf(share), overall, strata: mix.strata, ...(own ? { days: own } : {}) }];
    }),
  );
}
