import { uncappedRatio } from './attain.ts';
import { exactValue } from './exactValue.ts';
import { compare, type Fraction, fraction, min, multiply, toDecimal } from './fraction.ts';
import type { Measured } from './measure.ts';
import type { ResolvedPlan, ResolvedTerm } from './resolvePlan.ts';
import type { CouplingScore, ScoreInput } from './scorecard.ts';

export interface Coupled {
  readonly id: string;
  /** min(least attainment) within the limits; null where none of them has data. */
  readonly factor: Fraction | null;
  readonly value: Fraction | null;
  readonly shown: CouplingScore;
}

/**
 * min(cap, attainment) × clamp(least attainment of the others, floor, ceiling), coupling after coupling in the order they need.
 * Others without data hold nothing back; with none left there is no factor. Adjusted items come back in `adjusted`.
 */
export function couple(
  plan: ResolvedPlan,
  measured: readonly Measured[],
  input: ScoreInput,
): { couplings: readonly Coupled[]; adjusted: ReadonlyMap<string, Fraction | null> } {
  const byItem = new Map(measured.map((each) => [each.item.id, each]));
  const adjusted = new Map<string, Fraction | null>();
  const done = new Map<string, Coupled>();
  const attainmentOf = (term: ResolvedTerm, past: boolean): Fraction | null => {
    if ('coupling' in term) return done.get(term.coupling)?.value ?? null;
    if ('metric' in term) return ofMetric(plan, input, term);
    const known = adjusted.get(term.item);
    if (known !== undefined) return known;
    const found = byItem.get(term.item);
    return found ? (past ? pastTarget(found) : found.attainment) : null;
  };
  for (const coupling of plan.couplings) {
    const own = attainmentOf(coupling.of, true);
    const terms = coupling.by.map((term) => ({ of: nameOf(term), attainment: attainmentOf(term, false) }));
    const known = terms.flatMap(({ attainment }) => attainment ?? []);
    const [first, ...rest] = known;
    const factor = first ? clamp(rest.reduce(min, first), fraction(coupling.floor), fraction(coupling.ceiling)) : null;
    const value = own && factor && multiply(min(own, fraction(coupling.cap)), factor);
    if ('item' in coupling.of) adjusted.set(coupling.of.item, value);
    done.set(coupling.id, {
      id: coupling.id,
      factor,
      value,
      shown: {
        id: coupling.id,
        attainment: own && toDecimal(own),
        terms: terms.map(({ of, attainment }) => ({ of, attainment: attainment && toDecimal(attainment) })),
        factor: factor && toDecimal(factor),
        value: value && toDecimal(value),
      },
    });
  }
  return { couplings: [...done.values()], adjusted };
}

const nameOf = (term: ResolvedTerm): string =>
  'metric' in term ? term.metric : 'item' in term ? term.item : term.coupling;

const clamp = (value: Fraction, floor: Fraction, ceiling: Fraction): Fraction =>
  compare(value, floor) < 0 ? floor : min(value, ceiling);

/** Too small a sample holds nobody back either. */
function ofMetric(
  plan: ResolvedPlan,
  input: ScoreInput,
  term: Extract<ResolvedTerm, { metric: string }>,
): Fraction | null {
  const figure = input.values[term.metric]?.figure;
  const value = figure?.status === 'ok' ? exactValue(figure) : null;
  if (value === null || term.target === null) return null;
  const better = plan.metrics.get(term.metric)?.better === 'lower' ? 'lower' : 'higher';
  return uncappedRatio(better, value, fraction(term.target));
}

/** What an item attains with credit past its target, where its curve can tell. */
function pastTarget({ item, value, force, attainment }: Measured): Fraction | null {
  if (attainment === null || value === null || !force.target || item.curve.curve !== 'ratio') return attainment;
  return uncappedRatio(item.better, value, force.target);
}
