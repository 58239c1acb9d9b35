import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { catalogue } from '../src/metrics/catalogue.ts';
import { exactQuotient } from '../src/metrics/exactQuotient.ts';
import { planNeeds } from '../src/scores/planNeeds.ts';
import { shippedPlans } from '../src/scores/publishTemplates.ts';
import { type ResolvedPlan, resolvePlan } from '../src/scores/resolvePlan.ts';
import { score } from '../src/scores/score.ts';
import type { ScoreInput } from '../src/scores/scorecard.ts';
import { validatePlan } from '../src/scores/validatePlan.ts';

const agents = 10_000;
const limitMs = 3000;
const atOnce = 100;
/** So many cards warm up before memory is looked at. */
const heapFrom = 1000;

/**
 * The scorecards of 10,000 agents by each shipped plan, one after the other and none kept: every figure a quotient that does not
 * end, 26 days of work and twenty incidents each. Tells the slowest plan, and how much memory the last 9,000 cards left behind; the
 * processor time beside the time on the clock, which other work on the machine prolongs.
 */
export async function run(): Promise<Record<string, unknown>> {
  const plans = shippedPlans().map((plan) => {
    const validated = performance.now();
    validatePlan(plan, catalogue);
    return { validateMs: performance.now() - validated, ...measure(resolvePlan(plan, catalogue)) };
  });
  const slowest = plans.reduce((most, each) => (each.ms > most.ms ? each : most));
  const validateMs = Math.max(...plans.map((each) => each.validateMs));
  return {
    name: 'scorecards of 10,000 agents under the heaviest plan',
    ...slowest,
    validateMs,
    ok: slowest.cpuMs <= limitMs,
  };
}

function measure(plan: ResolvedPlan) {
  const inputOf = inputsFor(plan);
  let rated = 0;
  let heapAfterFirst = 0;
  let ms = 0;
  let cpuMs = 0;
  for (let first = 0; first < agents; first += atOnce) {
    const inputs = Array.from({ length: atOnce }, (_, i) => inputOf(first + i));
    const start = performance.now();
    const used = process.cpuUsage();
    for (const input of inputs) if (score(plan, input).status === 'rated') rated += 1;
    const { user, system } = process.cpuUsage(used);
    ms += performance.now() - start;
    cpuMs += (user + system) / 1000;
    if (first + atOnce === heapFrom) heapAfterFirst = heapUsed();
  }
  if (rated !== agents) throw new Error(`${plan.id}: ${agents - rated} of the measured cards are unrated`);
  return {
    plan: plan.id,
    ms,
    cpuMs,
    agents,
    keptBytesPerCard: Math.max(0, (heapUsed() - heapAfterFirst) / (agents - heapFrom)),
  };
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is kept after a collection, in bytes. */
export function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

function inputsFor(plan: ResolvedPlan): (i: number) => ScoreInput {
  const needs = planNeeds(plan);
  const metrics = [...new Set([...needs.period, ...needs.latest, ...needs.ofTeam])];
  const figure = (numerator: number, denominator: number, id: string) => ({
    status: 'ok' as const,
    value: exactQuotient(BigInt(numerator) * (isPercent(plan, id) ? 100n : 1n), BigInt(denominator), 34),
    numerator: String(numerator),
    denominator: String(denominator),
    n: denominator,
  });
  return (i) => {
    const n = 97 + (i % 211);
    const values = Object.fromEntries(metrics.map((id, k) => [id, { figure: figure(60 + ((i * 7 + k) % 30), n, id) }]));
    const changing = [...needs.load.keys(), ...needs.relaxable, ...needs.chargedByDay];
    const days = Object.fromEntries(changing.map((id) => [id, Array.from({ length: 26 }, (_, d) => dayOf(i, d))]));
    const priorities = { normal: figure(22 * n, n, ''), urgent: figure(13, 3, '') };
    const incidents = Array.from({ length: 20 }, (_, k) => ({
      ...{ incident: needs.charged[(i + k) % Math.max(1, needs.charged.length)] ?? '', incidentId: `${i}-${k}` },
      ...{ severity: k % 2 === 0 ? ('minor' as const) : ('major' as const), sessionId: `s${k % 15}` },
      ...{ at: `2026-10-${10 + (k % 15)}`, day: `2026-10-${10 + (k % 15)}` },
    }));
    return {
      ...{ values, days, incidents, tier: 'mid' as const, promotion: true, vetoes: [] },
      byPriority: Object.fromEntries(needs.byPriority.map((id) => [id, priorities])),
      tierVolumes: Object.fromEntries(needs.byTier.map((id) => [id, { junior: '31', senior: String(n) }])),
    };
  };
}

const isPercent = (plan: ResolvedPlan, id: string): boolean => plan.metrics.get(id)?.unit === 'percent';

const dayOf = (i: number, d: number) => ({
  day: `2026-10-${String(d + 1).padStart(2, '0')}`,
  volume: String(40 + d),
  load: String(80 + ((i + d) % 40)),
  relax: d > 20 ? '1.5' : null,
  value: String(20 + ((i + d) % 40)),
});
