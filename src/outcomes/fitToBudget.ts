/** What somebody would get, in fen; never below zero. */
export interface Claim {
  readonly id: string;
  readonly fen: bigint;
}

export interface Budget {
  readonly capFen: bigint;
  /** Nobody gets less than this many hundredths of a percent of their own claim (10,000: all of it) … */
  readonly floorBasisPoints: bigint;
  /** … nor more than this; null: no such limit. Where both meet, this one holds. */
  readonly ceilingFen: bigint | null;
}

export type Fitted =
  /** Nothing had to be scaled; `limited`: who is held at the ceiling. */
  | { readonly status: 'fits'; readonly shares: ReadonlyMap<string, bigint>; readonly limited: number }
  | {
      readonly status: 'scaled';
      readonly shares: ReadonlyMap<string, bigint>;
      /** Claims between the limits are multiplied by n/d. */
      readonly factor: { readonly n: bigint; readonly d: bigint };
      readonly atFloor: number;
      readonly atCeiling: number;
      /** How many got one fen of what rounding down had left over. */
      readonly roundedUp: number;
    }
  /** Even the floors together are more than the budget. */
  | { readonly status: 'impossible'; readonly leastFen: bigint };

interface Limited extends Claim {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * Claims made to fit a budget: where they are more, all are scaled by one factor, except those whom the floor or the ceiling stops, and the
 * shares come to the budget exactly: what rounding down leaves goes by the largest remainder, then by id.
 */
export function fitToBudget(claims: readonly Claim[], budget: Budget): Fitted {
  const limited = claims.map((claim) => limitsOf(claim, budget));
  const most = total(limited.map(({ high }) => high));
  if (most <= budget.capFen) {
    const shares = new Map(limited.map(({ id, high }) => [id, high]));
    return { status: 'fits', shares, limited: limited.filter(({ fen, high }) => high < fen).length };
  }
  const leastFen = total(limited.map(({ low }) => low));
  if (leastFen > budget.capFen) return { status: 'impossible', leastFen };
  const factor = factorFor(limited, budget.capFen);
  const placed = limited.map(({ id, fen, low, high }) => {
    const exact = fen * factor.n;
    const [floor, ceiling] = [exact <= low * factor.d, exact >= high * factor.d];
    if (floor || ceiling) return { id, share: floor ? low : high, rest: 0n, stopped: floor ? 'floor' : 'ceiling' };
    return { id, share: exact / factor.d, rest: exact % factor.d, stopped: null };
  });
  const left = Number(budget.capFen - total(placed.map(({ share }) => share)));
  const up = new Set(
    [...placed]
      .sort((a, b) => (a.rest === b.rest ? (a.id < b.id ? -1 : 1) : a.rest > b.rest ? -1 : 1))
      .slice(0, left)
      .map(({ id }) => id),
  );
  return {
    ...{ status: 'scaled', factor, roundedUp: left },
    shares: new Map(placed.map(({ id, share }) => [id, up.has(id) ? share + 1n : share])),
    atFloor: placed.filter(({ stopped, share }) => stopped === 'floor' && share > 0n).length,
    atCeiling: placed.filter(({ stopped }) => stopped === 'ceiling').length,
  };
}

function limitsOf(claim: Claim, { floorBasisPoints, ceilingFen }: Budget): Limited {
  const high = ceilingFen !== null && ceilingFen < claim.fen ? ceilingFen : claim.fen;
  // The floor is a promise: rounded up.
  const floor = (claim.fen * floorBasisPoints + 9_999n) / 10_000n;
  return { ...claim, high, low: floor < high ? floor : high };
}

/** The factor at which the limited claims come to the budget: between the points where somebody meets a limit the sum is a straight line. */
function factorFor(limited: readonly Limited[], capFen: bigint): { n: bigint; d: bigint } {
  const turns = limited
    .filter(({ fen }) => fen > 0n)
    .flatMap((each) => [
      { n: each.low, d: each.fen, slope: each.fen, fixed: -each.low },
      { n: each.high, d: each.fen, slope: -each.fen, fixed: each.high },
    ])
    .sort((a, b) => Number(sign(a.n * b.d - b.n * a.d)) || Number(sign(b.slope - a.slope)));
  let fixed = total(limited.map(({ low }) => low));
  let slope = 0n;
  for (const turn of turns) {
    // At this turn the sum is fixed + slope · n/d.
    if (fixed * turn.d + slope * turn.n >= capFen * turn.d) break;
    fixed += turn.fixed;
    slope += turn.slope;
  }
  return slope > 0n ? { n: capFen - fixed, d: slope } : { n: 0n, d: 1n };
}

const sign = (value: bigint): bigint => (value < 0n ? -1n : value > 0n ? 1n : 0n);
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n);
