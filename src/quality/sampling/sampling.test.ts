import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../metrics/seededDraws.ts';
import { assign, type Inspector, mayInspect } from './assign.ts';
import { type Candidate, drawSample } from './drawSample.ts';
import { estimateMean } from './estimate.ts';
import { type SamplePlanInput, samplePlanSchema } from './samplePlan.ts';

const plan = (more: Partial<SamplePlanInput> = {}) =>
  samplePlanSchema.parse({ name: '十月', period: '2026-10', rubric: 'aftersales-16', seed: 'a', ...more });
const candidate = (n: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ sessionId: `s${String(n).padStart(4, '0')}`, agentId: `A${n % 4}`, agentName: '', team: 'east', shop: 'red' },
  ...{ tier: 'mid', daysEmployed: 1000, channel: 'web', hour: 10, reason: 'repair', voice: false, risks: [] },
  ...{ at: '2026-10-12T02:00:00Z', ...more },
});
const many = (count: number, more: (n: number) => Partial<Candidate> = () => ({})) =>
  Array.from({ length: count }, (_, n) => candidate(n, more(n)));
function drawn(population: readonly Candidate[], of = plan(), seed = 'a') {
  const sample = drawSample(population, of, seededDraws(seed));
  if (!('units' in sample)) throw new Error(`too fine: ${sample.strata}`);
  return sample;
}
const ids = (population: readonly Candidate[], of = plan(), seed = 'a') =>
  drawn(population, of, seed).units.map((unit) => unit.candidate.sessionId);

describe('a draw', () => {
  it('is the same again by seed, whatever order the population comes in, and another by another seed', () => {
    const population = many(200);
    expect(ids([...population].reverse())).toEqual(ids(population));
    expect(ids(population, plan(), 'b')).not.toEqual(ids(population));
  });

  it('takes the rate of each class: normal, new people, voice, risk; and says why', () => {
    const population = [
      ...many(100, () => ({ agentId: 'A' })),
      ...many(20, (n) => ({ sessionId: `new${n}`, agentId: 'B', daysEmployed: 10 })),
      ...many(100, (n) => ({ sessionId: `call${n}`, agentId: 'C', voice: true })),
      ...many(10, (n) => ({ sessionId: `bad${n}`, agentId: 'A', risks: ['lowRating', 'long'] as const })),
    ];
    const { strata, units } = drawn(population, plan({ rates: { normal: 15, newcomer: 50, voice: 10, risk: 100 } }));
    expect(strata).toEqual([
      { stratum: 'risk · A', population: 10, drawn: 10 },
      { stratum: 'voice · C', population: 100, drawn: 10 },
      { stratum: 'newcomer · B', population: 20, drawn: 10 },
      { stratum: 'normal · A', population: 100, drawn: 15 },
    ]);
    expect(units[0]?.reasons).toEqual(['lowRating', 'long']);
    expect(new Set(units.map((unit) => unit.candidate.sessionId)).size).toBe(45);
  });

  it('leaves nobody without a chance: the smallest stratum gives one; a rate of 0 leaves its class out', () => {
    const population = [...many(40), candidate(99, { agentId: 'lonely' })];
    expect(drawn(population).strata.every((stratum) => stratum.drawn > 0)).toBe(true);
    const rates = { normal: 0, newcomer: 50, voice: 10, risk: 50 };
    expect(ids(population, plan({ rates }))).toEqual([]);
    // It stays in the population: an estimate of the rest does not speak for it.
    const { strata } = drawn([...population, candidate(100, { risks: ['long'] })], plan({ rates }));
    expect(strata).toEqual([
      { stratum: 'risk · A0', population: 1, drawn: 1 },
      { stratum: 'normal', population: 41, drawn: 0 },
    ]);
    const looked = strata.map((each) => ({ population: each.population, values: each.drawn > 0 ? [80] : [] }));
    expect(estimateMean(looked)?.covered).toBeCloseTo(1 / 42, 10);
  });

  it('keeps quotas of agents and the total, and says when it is cut too fine', () => {
    const population = many(400);
    const perAgent = drawn(population, plan({ by: [], perAgent: { least: 20, most: 20 } })).strata;
    expect(perAgent.map((stratum) => stratum.drawn)).toEqual([20, 20, 20, 20]);
    expect(ids(population, plan({ most: 10 }))).toHaveLength(10);
    expect(drawSample(population, plan({ most: 3 }), seededDraws('a'))).toEqual({ strata: 4 });
  });
});

describe('assignment', () => {
  const inspector = (id: string, more: Partial<Inspector> = {}): Inspector => ({
    ...{ id, agentId: null, ownTeams: [], teams: null, shops: null, ...more },
  });

  it('never gives anybody their own team’s work, their own, or what is out of their scope, and shares evenly', () => {
    const places = many(90, (n) => ({ team: ['east', 'west', 'north'][n % 3] ?? '' }));
    const people = [
      inspector('li', { ownTeams: ['east'] }),
      inspector('wu', { teams: ['east', 'west'] }),
      inspector('xu'),
    ];
    const given = assign(places, people, seededDraws('a'));
    given.forEach((id, i) => {
      const place = places[i];
      const who = people.find((each) => each.id === id);
      expect(place && who && mayInspect(who, place)).toBe(true);
    });
    const loads = people.map(({ id }) => given.filter((each) => each === id).length);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(2);
    expect(mayInspect(inspector('zhao', { agentId: 'A1' }), { agentId: 'A1', team: '', shop: '' })).toBe(false);
  });

  it('leaves what nobody may do without an inspector', () => {
    expect(assign(many(2), [inspector('li', { ownTeams: ['east'] })], seededDraws('a'))).toEqual([null, null]);
  });
});

describe('estimates from a sample', () => {
  it('weigh each stratum by what it stands for, by hand: 900 at 90 and 100 at 60 are 87, not 75', () => {
    const estimate = estimateMean([
      { population: 900, values: [89, 90, 91] },
      { population: 100, values: [59, 60, 61] },
    ]);
    expect(estimate?.mean).toBeCloseTo(87, 10);
    expect(estimate?.unweighted).toBe(75);
    // s² = 1 in both: var = .9²(1 − 3/900)/3 + .1²(1 − 3/100)/3 = .272333; t(4) = 2.7764.
    expect((estimate?.interval?.[1] ?? 0) - 87).toBeCloseTo(2.776445 * Math.sqrt(0.2723333), 4);
  });

  it('nothing looked at is no estimate; a single value has no interval; everything looked at has no doubt', () => {
    expect(estimateMean([{ population: 10, values: [] }])).toBeNull();
    expect(estimateMean([{ population: 10, values: [80] }])?.interval).toBeNull();
    expect(estimateMean([{ population: 2, values: [80, 90] }])?.interval).toEqual([85, 85]);
    expect(
      estimateMean([
        { population: 30, values: [80] },
        { population: 10, values: [] },
      ])?.covered,
    ).toBe(0.75);
  });

  it('hold the true mean in about 95% of 300 draws that look at risk twice as much, where the plain mean is off', () => {
    const noise = seededDraws('noise');
    const population = many(600, (n) => ({ risks: n % 5 === 0 ? (['complaint'] as const) : [] }));
    const score = new Map(
      population.map(({ sessionId, risks }) => [sessionId, (risks.length ? 60 : 90) + 20 * (noise() - 0.5)]),
    );
    const truth = [...score.values()].reduce((sum, value) => sum + value, 0) / 600;
    let held = 0;
    let off = 0;
    for (let seed = 0; seed < 300; seed++) {
      const { strata, units } = drawn(population, plan({ by: [] }), `draw ${seed}`);
      const estimate = estimateMean(
        strata.map(({ stratum, population: size }) => ({
          population: size,
          values: units.flatMap((unit) => (unit.stratum === stratum ? [score.get(unit.candidate.sessionId) ?? 0] : [])),
        })),
      );
      const [low, high] = estimate?.interval ?? [1, 0];
      if (low <= truth && truth <= high) held += 1;
      off += (estimate?.unweighted ?? 0) - truth;
    }
    expect(held / 300).toBeGreaterThan(0.91);
    expect(off / 300).toBeLessThan(-3);
  });
});
