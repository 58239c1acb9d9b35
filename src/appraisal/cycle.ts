/** Where a period stands on its way to a final result. */
export const cycleStates = ['draft', 'open', 'closed', 'published', 'final'] as const;
export type CycleState = (typeof cycleStates)[number];

/** The one step forward from a state; null at the end. */
export function nextState(state: CycleState): CycleState | null {
  return cycleStates[cycleStates.indexOf(state) + 1] ?? null;
}
