import type { Customer } from './customers.ts';
import type { Emit, Row } from './demoRow.ts';
import { hour, instant } from './demoTime.ts';
import { phrases } from './phrases.ts';
import type { Random } from './random.ts';

/** Who bothers to answer: the delighted and the furious, hardly anyone between. */
const answers: Readonly<Record<number, number>> = { 5: 0.34, 4: 0.15, 3: 0.11, 2: 0.22, 1: 0.42 };

interface Experience {
  readonly subject: Row;
  readonly customer: Customer;
  readonly satisfaction: number;
  readonly afterMs: number;
  readonly horizonMs: number;
}

/** Emits the rating this experience leads to, if any; some people change their mind and rate a second time. */
export function rate(random: Random, experience: Experience, emit: Emit): void {
  const { subject, customer, satisfaction, afterMs, horizonMs } = experience;
  const score = starsOf(satisfaction);
  if (!random.chance(answers[score] as number)) return;
  const write = (stars: number, atMs: number) => {
    if (atMs >= horizonMs) return;
    emit('ratings', {
      rating_id: `R${Object.values(subject).join('')}${atMs % 100_000_000}`,
      ...subject,
      score: stars,
      at: instant(atMs),
      valid: random.chance(0.98),
      nps: random.chance(0.42) ? recommendation(random, satisfaction) : undefined,
      comment: random.chance(0.4)
        ? random.pick(stars >= 4 ? phrases.good : stars === 3 ? phrases.fair : phrases.bad)
        : '',
      device: customer.device,
      dsr_service: stars,
    });
  };
  const atMs = afterMs + Math.round(random.exponential(4 * hour)) + 5_000;
  write(score, atMs);
  if (random.chance(0.015)) write(Math.max(1, score - 1), atMs + Math.round(random.exponential(20 * hour)) + 1_000);
}

function starsOf(satisfaction: number): number {
  if (satisfaction > 0.95) return 5;
  if (satisfaction > 0) return 4;
  if (satisfaction > -0.6) return 3;
  return satisfaction > -1.05 ? 2 : 1;
}

function recommendation(random: Random, satisfaction: number): number {
  return Math.max(0, Math.min(10, Math.round(8.3 + satisfaction * 1.6 + random.normal() * 1.1)));
}
