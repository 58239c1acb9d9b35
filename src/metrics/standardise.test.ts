import { describe, expect, test } from 'vitest';
import { type StratumCell, standardise } from './standardise.ts';

const cell = (agent: string, strata: string, numerator: number, denominator: number): StratumCell => ({
  ...{
    agent,
    strata: strata.split(' '),
    numerator: BigInt(numerator),
    denominator: BigInt(denominator),
    n: denominator,
  },
});

describe('a case-mix standardised value', () => {
  // By hand: in queue a 160 of 200 succeed (0.8), in b 60 of 200 (0.3); overall 220 of 400 (0.55).
  const cells = [cell('x', 'a', 124, 150), cell('x', 'b', 18, 50), cell('y', 'a', 36, 50), cell('y', 'b', 42, 150)];

  test('is observed ÷ expected × the overall rate, expected from strata pooled over everybody', () => {
    const { agents, overall } = standardise(cells);
    expect(overall).toEqual({ numerator: 220n, denominator: 400n, n: 400 });
    // x: expected 150 × 0.8 + 50 × 0.3 = 135; 142 ÷ 135 × 0.55. y: 50 × 0.8 + 150 × 0.3 = 85; 78 ÷ 85 × 0.55.
    expect(agents.get('x')).toMatchObject({ observed: 142n, expected: '135', ratio: '0.57851851851851851852' });
    expect(agents.get('y')).toMatchObject({ observed: 78n, expected: '85', ratio: '0.50470588235294117647' });
  });

  test('turns the order of two people round where one of them only had the easier contacts', () => {
    const easier = [cell('p', 'a', 160, 200), cell('q', 'a', 17, 20), cell('q', 'b', 54, 180), cell('r', 'b', 30, 150)];
    const { agents } = standardise(easier);
    const ratio = (agent: string) => Number(agents.get(agent)?.ratio);
    expect(160 / 200).toBeGreaterThan(71 / 200);
    expect(ratio('q')).toBeGreaterThan(ratio('p'));
  });

  test('expectations add up to what was observed, whatever was merged', () => {
    const many = Array.from({ length: 400 }, (_, i) =>
      cell(`agent ${i % 7}`, `q${i % 3} s${i % 2} h${i % 4} r${i % 37}`, (i * 7) % 5, 5 + (i % 3)),
    );
    const { agents, overall } = standardise(many);
    const expected = [...agents.values()].reduce((sum, agent) => sum + Number(agent.expected), 0);
    expect(expected).toBeCloseTo(Number(overall.numerator), 9);
  });
});

describe('a stratum under 30', () => {
  test('merges upward: its contact reason goes first, its queue last', () => {
    // q1 h1 is 25 + 10 once its two reasons are one; q2 stays small on its own and ends in the rest with nothing else.
    const cells = [
      cell('x', 'q1 h1 r1', 20, 25),
      cell('x', 'q1 h1 r2', 1, 10),
      cell('x', 'q2 h1 r1', 3, 5),
      cell('x', 'q3 h1 r1', 30, 60),
    ];
    expect(standardise(cells).strata).toBe(3);
    expect(standardise(cells.slice(0, 2)).strata).toBe(1);
    // With 30 of its own a reason is a stratum.
    expect(standardise([cell('x', 'q1 h1 r1', 20, 30), cell('x', 'q1 h1 r2', 1, 30)]).strata).toBe(2);
  });

  test('a company too small for any stratum is compared with itself as a whole', () => {
    const { agents, strata } = standardise([cell('x', 'a', 8, 10), cell('y', 'b', 2, 10)]);
    expect(strata).toBe(1);
    expect(agents.get('x')).toMatchObject({ expected: '5', ratio: '0.8' });
  });
});

test('nothing expected is no value, never zero', () => {
  expect(standardise([cell('x', 'a', 0, 40)]).agents.get('x')?.ratio).toBeNull();
  expect(standardise([]).agents.size).toBe(0);
});
