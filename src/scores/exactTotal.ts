import type { Scorecard } from './scorecard.ts';

/** The sum before it is rounded: a point that shows in no second decimal still moves it. */
export function exactTotal(card: Scorecard): number {
  const round = card.steps.find((step) => step.kind === 'round');
  return Number(round?.kind === 'round' ? round.sum : (card.total ?? 0));
}
