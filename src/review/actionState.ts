import type { Action, ActionMove } from './schemas.ts';

type State = Action['state'];

/** The state after a move; null where the move is not one from there. */
export function stateAfter(state: State, move: ActionMove): State | null {
  switch (move) {
    case 'done':
    case 'dropped':
      return state === 'open' ? move : null;
    case 'reopened':
      return state === 'open' ? null : 'open';
    case 'moved':
      return state === 'open' ? 'open' : null;
  }
}

/** Due today is in time. */
export const isOverdue = (state: State, dueOn: string, today: string): boolean => state === 'open' && dueOn < today;

interface Reviewable {
  readonly day: string;
  readonly isDropped: boolean;
  readonly isDecided: boolean;
}

/** A plan is due for review from the day of its occasion until somebody records what came of it. */
export const isDue = ({ day, isDropped, isDecided }: Reviewable, today: string): boolean =>
  !isDropped && !isDecided && day <= today;
