import { catalogue } from '../src/metrics/catalogue.ts';
import { shippedPlans } from '../src/scores/publishTemplates.ts';
import { resolvePlan } from '../src/scores/resolvePlan.ts';
import { score } from '../src/scores/score.ts';
import type { ScoreInput } from '../src/scores/scorecard.ts';

const agents = 1000;

/** Scoring 1,000 agents from metric values that are already there; every value a quotient that does not end. */
export async function run(): Promise<{ name: string; ms: number; agents: number; firstMs: number }> {
  const [plan] = shippedPlans().filter(({ id }) => id === 'appliance-aftersales');
  if (!plan) throw new Error('the plan to measure with does not ship');
  const inputs = Array.from({ length: agents }, (_, i) => inputOf(i));
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    const start = performance.now();
    const resolved = resolvePlan(plan, catalogue);
    const rated = inputs.map((input) => score(resolved, input)).filter(({ status }) => status === 'rated');
    times.push(performance.now() - start);
    if (rated.length !== agents) throw new Error(`${agents - rated.length} of the measured cards are unrated`);
  }
  const [first] = times;
  const median = [...times].sort((a, b) => a - b)[3];
  if (first === undefined || median === undefined) throw new Error('nothing was measured');
  return { name: 'scoring 1,000 agents from metric values', ms: median, agents, firstMs: first };
}

export function inputOf(i: number): ScoreInput {
  const quotient = (numerator: number, denominator: number, factor: number) => {
    const digits = 34n;
    const scaled = (BigInt(numerator) * BigInt(factor) * 10n ** digits) / BigInt(denominator);
    const text = scaled.toString().padStart(Number(digits) + 1, '0');
    const value = `${text.slice(0, -Number(digits))}.${text.slice(-Number(digits))}`;
    const figure = {
      status: 'ok' as const,
      value,
      numerator: String(numerator),
      denominator: String(denominator),
      n: denominator,
    };
    return { figure };
  };
  const n = 97 + (i % 211);
  const values = {
    first_contact_resolution_rate: quotient(70 + (i % 27), n, 100),
    ticket_cycle_hours: quotient(20 * n + (i % 400), n, 1),
    csat_rate: quotient(80 + (i % 17), n, 100),
    repeat_complaint_rate: quotient(1 + (i % 13), n, 100),
    first_time_fix_rate: quotient(85 + (i % 12), n, 100),
    qa_score: quotient(523 + (i % 70), 6, 1),
    field_completeness: quotient(541 + (i % 50), 6, 1),
    collab_rating: quotient(261 + (i % 30), 3, 1),
    kb_adopted: quotient(1 + (i % 3), 1, 1),
  };
  const part = (numerator: number, denominator: number) => quotient(numerator, denominator, 1).figure;
  const byPriority = { ticket_cycle_hours: { normal: part(22 * n, n), urgent: part(13 * (1 + (i % 9)), 3) } };
  return { values, byPriority, tier: null, promotion: false, vetoes: [] };
}
