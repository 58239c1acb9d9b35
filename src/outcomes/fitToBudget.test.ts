import { expect, test } from 'vitest';
import { seededDraws } from '../metrics/seededDraws.ts';
import { type Budget, type Claim, fitToBudget } from './fitToBudget.ts';

const claims = (...fen: number[]): Claim[] => fen.map((each, i) => ({ id: `p${i}`, fen: BigInt(each) }));
const budget = (cap: number, floorPercent = 0, ceiling: number | null = null): Budget => ({
  ...{ capFen: BigInt(cap), floorBasisPoints: BigInt(floorPercent * 100) },
  ceilingFen: ceiling === null ? null : BigInt(ceiling),
});
const sharesOf = (...given: Parameters<typeof fitToBudget>) => {
  const fitted = fitToBudget(...given);
  if (fitted.status === 'impossible') throw new Error('impossible');
  return [...fitted.shares.values()].map(Number);
};

test('within the budget nothing is scaled; one factor for all above it, and the last fen by the largest remainder', () => {
  expect(fitToBudget(claims(100, 200), budget(300))).toMatchObject({ status: 'fits', limited: 0 });
  expect(sharesOf(claims(100, 200, 300), budget(300))).toEqual([50, 100, 150]);
  // 33.3 each: who comes first by id gets the fen.
  expect(sharesOf(claims(100, 100, 100), budget(100))).toEqual([34, 33, 33]);
});

test('whom a limit stops is left out of the scaling, and the others make up for it', () => {
  expect(sharesOf(claims(1000, 100), budget(600, 0, 400))).toEqual([400, 100]);
  expect(fitToBudget(claims(1000, 100), budget(300, 0, 250))).toMatchObject({ status: 'scaled' });
  expect(sharesOf(claims(1000, 100), budget(1000, 90))).toEqual([909, 91]);
  const even = fitToBudget(claims(1000, 1000), budget(1000, 60));
  expect(even).toEqual({ status: 'impossible', leastFen: 1200n });
});

test('over hundreds of random budgets: the sum is the budget to the fen, limits hold, and who claims more never gets less', () => {
  const draw = seededDraws('budgets');
  for (let round = 0; round < 600; round += 1) {
    const some = claims(...Array.from({ length: 1 + Math.floor(draw() * 12) }, () => Math.floor(draw() ** 3 * 5e7)));
    const sum = some.reduce((all, { fen }) => all + fen, 0n);
    const of = budget(
      Math.floor(Number(sum) * draw() * 1.2),
      draw() < 0.5 ? 0 : Math.floor(draw() * 80),
      draw() < 0.5 ? null : Math.floor(draw() * 4e7),
    );
    const fitted = fitToBudget(some, of);
    if (fitted.status === 'impossible') {
      expect(fitted.leastFen > of.capFen).toBe(true);
      continue;
    }
    const given = some.map((claim) => ({ ...claim, share: fitted.shares.get(claim.id) ?? -1n }));
    const paid = given.reduce((all, { share }) => all + share, 0n);
    expect([round, fitted.status === 'scaled' ? paid === of.capFen : paid <= of.capFen]).toEqual([round, true]);
    for (const { fen, share } of given) {
      const high = of.ceilingFen !== null && of.ceilingFen < fen ? of.ceilingFen : fen;
      const low = (fen * of.floorBasisPoints + 9999n) / 10_000n;
      expect([round, share <= high, share >= (low < high ? low : high)]).toEqual([round, true, true]);
    }
    const ordered = [...given].sort((a, b) => Number(a.fen - b.fen));
    // A fen of rounding may go to either of two who are that close.
    for (const [i, each] of ordered.entries()) {
      const next = ordered[i + 1];
      if (next && next.fen > each.fen) expect([round, next.share + 1n >= each.share]).toEqual([round, true]);
    }
  }
});
