import type { Found, Mark } from './conditions.ts';
import type { Condition, Within } from './ruleSchema.ts';
import type { ReadTalk } from './talk.ts';

type All = Extract<Condition, { all: readonly Condition[] }>;
type Check = (condition: Condition, talk: ReadTalk) => Found;

/**
 * AND. The last part that has to be there is what gets marked; the others decide whether: in the conversation, in the same
 * message, or within so many turns of it; `inOrder`: before it. A part that is a `not` must be absent there.
 */
export function childMarks({ all, within = 'session', inOrder = false }: All, talk: ReadTalk, check: Check): Found {
  const parts = all.map((condition) => ({
    isNot: 'not' in condition,
    isScene: 'scene' in condition,
    found: check('not' in condition ? condition.not : condition, talk),
  }));
  const none: Found = { holds: false, marks: [] };
  // What lies in no message holds or does not, wherever one looks.
  const placed = parts.filter((part) => isPlaced(part.found));
  if (parts.some((part) => (!isPlaced(part.found) || within === 'session') && part.found.holds === part.isNot)) {
    return none;
  }
  const last = parts.findLast((part) => !part.isNot && !part.isScene);
  if (!last) return { holds: true, marks: [] };
  if (within === 'session' && !inOrder) return last.found;
  const others = placed.filter((part) => part !== last);
  const marks = last.found.marks.filter((mark) =>
    others.every(
      ({ isNot, found }) => found.marks.some((other) => isNear(other, mark, within, inOrder, talk)) !== isNot,
    ),
  );
  return { holds: marks.length > 0, marks };
}

const isPlaced = ({ marks }: Found): boolean => marks.some(({ index }) => index !== null);

function isNear(other: Mark, mark: Mark, within: Within, inOrder: boolean, talk: ReadTalk): boolean {
  if (other.index === null || mark.index === null) return !inOrder && within === 'session';
  if (within === 'message') return other.index === mark.index;
  if (inOrder && other.index >= mark.index) return false;
  if (within === 'session') return true;
  const turnOf = (index: number) => talk.messages[index]?.turn ?? 0;
  return Math.abs(turnOf(other.index) - turnOf(mark.index)) <= within.turns;
}
