import { type CycleState, cycleStates } from '../scores/cycleState.ts';

export { type CycleState, cycleStates } from '../scores/cycleState.ts';

/** The one step forward from a state; null at the end. */
export function nextState(state: CycleState): CycleState | null {
  return cycleStates[cycleStates.indexOf(state) + 1] ?? null;
}
