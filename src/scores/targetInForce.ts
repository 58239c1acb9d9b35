import type { MetricValue } from '../metrics/metricValue.ts';
import { exactValue } from './exactValue.ts';
import { add, compare, divide, type Fraction, fraction, multiply, one, sum, toDecimal, zero } from './fraction.ts';
import { tierKeys } from './planAmounts.ts';
import type { ResolvedItem } from './resolvePlan.ts';
import type { LoadDays, Relaxed, ScoreInput, TargetDay, TargetWhy, TierVolume } from './scorecard.ts';

/** The target of one person and period, and why. No `target`: the item is in parts, or what it depends on has no data. */
export interface TargetInForce {
  readonly target: Fraction | null;
  readonly parts: readonly { readonly key: string; readonly target: Fraction }[];
  readonly why: TargetWhy;
  readonly relaxed: Relaxed | null;
  /** What relaxed days did to the target, averaged by volume. */
  readonly scale: Fraction;
}

export function targetInForce(item: ResolvedItem, input: ScoreInput): TargetInForce {
  const days = (input.days?.[item.metric.id] ?? []).filter(({ volume }) => compare(fraction(volume), zero) > 0);
  const scale = meanScale(days, item.better);
  const rest = { parts: [], relaxed: relaxedDays(days), scale };
  const { target } = item;
  const months = item.perMonth ? (input.values[item.metric.id]?.months ?? 1) : 1;
  const forAll = (amount: string, why: TargetWhy): TargetInForce => ({
    ...{ ...rest, target: multiply(multiply(fraction(amount), { n: BigInt(months), d: 1n }), scale) },
    why: months > 1 ? { kind: 'perMonth', months, each: amount } : why,
  });
  if (typeof target === 'string')
    return forAll(target, item.curve.curve === 'range' ? { kind: 'range', pass: item.curve.pass } : { kind: 'fixed' });
  if ('byPriority' in target) {
    const parts = Object.entries(target.byPriority).map(([key, amount]) => ({
      key,
      target: multiply(fraction(amount), scale),
    }));
    const targets = parts.map((part) => ({ key: part.key, target: toDecimal(part.target) }));
    return { ...rest, target: null, parts, why: { kind: 'byPriority', targets } };
  }
  if ('input' in target) {
    const { input: name, value } = target;
    const why: TargetWhy = { kind: 'input', input: name, value };
    if (value !== null && input.targets === 2) return forAll(value, why);
    return { ...rest, target: value === null ? null : multiply(fraction(value), scale), why };
  }
  if ('byTier' in target) {
    const volumes = input.tierVolumes?.[item.metric.id];
    if (volumes) return { ...rest, ...byTierVolume(target.byTier, volumes, scale) };
    const base = target.byTier[input.tier ?? 'unknown'];
    const why: TargetWhy = { kind: 'byTier', tier: input.tier };
    if (base !== null && input.targets === 2) return forAll(base, why);
    return { ...rest, target: base === null ? null : multiply(fraction(base), scale), why };
  }
  if ('ofMetric' in target) {
    const { metric, factor } = target.ofMetric;
    const other = input.values[metric];
    const value = other ? exactValue(other.figure) : null;
    const unfit = input.targets === 2 && other && value ? unfitFor(other.figure, value) : null;
    const why: TargetWhy = {
      ...{ kind: 'ofMetric', metric, factor, value: value && toDecimal(value) },
      ...(unfit ? { unfit } : {}),
    };
    return { ...rest, target: value && !unfit ? multiply(multiply(fraction(factor), value), scale) : null, why };
  }
  return { ...rest, ...byLoad(target.byLoad, days, item.better), scale: one };
}

/** A figure of too few observations gives no score, so no target either; a target of 0 would be met by anybody. */
function unfitFor(figure: MetricValue, value: Fraction): 'lowSample' | 'notPositive' | null {
  if (figure.status === 'lowSample') return 'lowSample';
  return compare(value, zero) <= 0 ? 'notPositive' : null;
}

/** A team's target: that of each tier weighted by what people of the tier had to do; none while one of them is open. */
function byTierVolume(
  targets: Readonly<Record<TierVolume['tier'], string | null>>,
  volumes: NonNullable<ScoreInput['tierVolumes']>[string],
  scale: Fraction,
): { target: Fraction | null; why: TargetWhy } {
  const tiers = tierKeys.flatMap((tier): TierVolume[] => {
    const volume = volumes[tier];
    return volume === undefined || compare(fraction(volume), zero) <= 0
      ? []
      : [{ tier, volume, target: targets[tier] }];
  });
  const why: TargetWhy = { kind: 'byTierVolume', tiers };
  let all = zero;
  let weighted = zero;
  for (const { volume, target } of tiers) {
    if (target === null) return { target: null, why };
    all = add(all, fraction(volume));
    weighted = add(weighted, multiply(fraction(volume), fraction(target)));
  }
  return { target: all.n === 0n ? null : multiply(divide(weighted, all), scale), why };
}

/** The target of one day, where it can be told for a single day; null otherwise. */
export function targetOfDay(item: ResolvedItem, day: TargetDay, tier: ScoreInput['tier']): Fraction | null {
  const { target } = item;
  const scale = dayScale(day, item.better);
  if (typeof target === 'string') return multiply(fraction(target), scale);
  if ('byLoad' in target)
    return multiply(fraction(target.byLoad[loadOf(day, fraction(target.byLoad.threshold))]), scale);
  const amount = 'input' in target ? target.value : 'byTier' in target ? target.byTier[tier ?? 'unknown'] : null;
  return amount === null ? null : multiply(fraction(amount), scale);
}

function loadOf({ load }: TargetDay, threshold: Fraction): LoadDays['load'] {
  if (load === null) return 'unknown';
  return compare(fraction(load), threshold) < 0 ? 'below' : 'reached';
}

/** Mechanism 3: decided per day, then Σ(volume × target of the day) ÷ Σ volume; a relaxed day relaxes what its load decided. */
function byLoad(
  rule: { threshold: string; below: string; reached: string; unknown: string },
  days: readonly TargetDay[],
  better: 'higher' | 'lower',
): { target: Fraction; why: TargetWhy } {
  const threshold = fraction(rule.threshold);
  const counts = { below: 0, reached: 0, unknown: 0 };
  const decided = days.map((day) => {
    const load = loadOf(day, threshold);
    counts[load] += 1;
    return { volume: fraction(day.volume), target: multiply(fraction(rule[load]), dayScale(day, better)) };
  });
  const volume = sum(decided.map((day) => day.volume));
  const weighted = sum(decided.map((day) => multiply(day.volume, day.target)));
  const seen = (['below', 'reached', 'unknown'] as const).filter((load) => counts[load] > 0);
  const why: LoadDays[] = seen.map((load) => ({ load, days: counts[load], target: rule[load] }));
  return {
    target: volume.n === 0n ? fraction(rule.unknown) : divide(weighted, volume),
    why: { kind: 'byLoad', threshold: rule.threshold, days: why },
  };
}

function meanScale(days: readonly TargetDay[], better: 'higher' | 'lower'): Fraction {
  if (!days.some(({ relax }) => relax !== null)) return one;
  const volume = sum(days.map((day) => fraction(day.volume)));
  const scaled = days.reduce((total, day) => add(total, multiply(fraction(day.volume), dayScale(day, better))), zero);
  return divide(scaled, volume);
}

/** Relaxing makes a target easier: a time limit grows by the factor, a rate to reach shrinks by it. */
function dayScale({ relax }: TargetDay, better: 'higher' | 'lower'): Fraction {
  if (relax === null) return one;
  return better === 'lower' ? fraction(relax) : divide(one, fraction(relax));
}

function relaxedDays(days: readonly TargetDay[]): Relaxed | null {
  const factors = days.flatMap(({ relax }) => (relax === null ? [] : [relax]));
  return factors.length === 0 ? null : { days: factors.length, factors: [...new Set(factors)].sort() };
}
