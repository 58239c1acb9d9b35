import type { Marks } from '../rubrics/marksSchema.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';
import { type FormScore, scoreForm } from '../rubrics/scoreForm.ts';

/**
 * open: nobody has handed in. submitted: counts. disputed: by the agent, or two opinions are far apart: it counts, its incidents do not.
 * reviewed: another inspector has decided.
 */
export type TaskState = 'open' | 'submitted' | 'disputed' | 'reviewed';
/** first: counts unless reviewed. second: an opinion beside it; the median of both counts. review: answers a dispute. */
export type Purpose = 'first' | 'second' | 'review';

export interface Task {
  readonly id: number;
  readonly sampleId: number | null;
  readonly stratum: string | null;
  readonly reasons: readonly string[];
  readonly sessionId: string;
  readonly message: number | null;
  readonly agentId: string;
  readonly agentName: string;
  readonly team: string;
  readonly shop: string;
  readonly happenedAt: string;
  readonly rubricId: string;
  readonly rubricVersion: number;
  readonly hideAgent: boolean;
  readonly assignee: string | null;
  readonly state: TaskState;
  readonly finalForm: number | null;
  /** The median of first and second, where both are together; null: the score of the final form. */
  readonly counted: string | null;
  readonly factsRevision: number;
  readonly factsItems: readonly string[];
  /** Its forms are a record of their own among the facts; those of tasks that went out before are the session's. */
  readonly ownRecord: boolean;
}

export interface Form {
  readonly id: number;
  readonly inspector: string;
  readonly inspectorName: string;
  readonly inspectorAgent: string | null;
  readonly purpose: Purpose;
  readonly marks: Marks;
  readonly comment: string;
  readonly revision: number;
  readonly seconds: number;
  readonly submittedAt: string | null;
  readonly score: string | null;
}

/** What a form of this person's would be for now; null where they have nothing to add. */
export function purposeOf(task: Pick<Task, 'state'>, forms: readonly Form[], inspector: string): Purpose | null {
  const own = forms.find((form) => form.inspector === inspector);
  switch (task.state) {
    case 'open':
      return 'first';
    case 'submitted':
      return own?.submittedAt ? null : 'second';
    case 'disputed':
      // Whoever has judged it already cannot be the second pair of eyes.
      return own?.submittedAt ? null : 'review';
    case 'reviewed':
      return null;
  }
}

/** Whether the first inspector may still take it back: a day long, while nobody has built on it. */
export const undoMs = 86_400_000;
export function mayUndo(task: Pick<Task, 'state'>, forms: readonly Form[], inspector: string, nowMs: number): boolean {
  const first = forms.find(({ purpose, submittedAt }) => purpose === 'first' && submittedAt !== null);
  if (task.state !== 'submitted' || first?.inspector !== inspector || first.submittedAt === null) return false;
  const others = forms.some(({ inspector: who, submittedAt }) => who !== inspector && submittedAt !== null);
  return !others && nowMs - Date.parse(first.submittedAt) <= undoMs;
}

/** Whether a review came to the same: same score, same findings. */
export function sameOutcome(rubric: Rubric, a: Form, b: Form): boolean {
  const text = (form: Form) => JSON.stringify(outcome(scoreForm(rubric, form.marks)));
  return text(a) === text(b);
}

const outcome = (scored: FormScore) => (scored.status === 'scored' ? [scored.score, scored.findings] : scored.status);
