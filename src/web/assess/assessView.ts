import type { Answers, Place } from '../../appraisal/assessments/answers.ts';
import { openPlaces, placesOf } from '../../appraisal/assessments/answers.ts';
import type { AssessedPerson, AssessmentWork } from '../../appraisal/assessments/schemas.ts';

/** What a key asks for; null: nothing of ours. */
export type KeyAct =
  | { readonly act: 'answer'; readonly answer: string }
  | { readonly act: 'move'; readonly by: 1 | -1 }
  | { readonly act: 'person'; readonly by: 1 | -1 }
  | { readonly act: 'undo' | 'note' | 'submit' };

/** Digits choose a level by its place, or yes and no; 0 says that it cannot be judged. */
export function keyAct(key: string, place: Place | undefined, hasShift = false): KeyAct | null {
  switch (key) {
    case 'Enter':
      return { act: 'person', by: hasShift ? -1 : 1 };
    case 'ArrowDown':
    case 'j':
      return { act: 'move', by: 1 };
    case 'ArrowUp':
    case 'k':
      return { act: 'move', by: -1 };
    case 'u':
    case 'Backspace':
      return { act: 'undo' };
    case 'c':
      return { act: 'note' };
    case 's':
      return { act: 'submit' };
    default: {
      const answer = place ? answerOf(key, place) : null;
      return answer === null ? null : { act: 'answer', answer };
    }
  }
}

function answerOf(key: string, { asks }: Place): string | null {
  switch (asks.kind) {
    case 'level':
      if (key === '0') return 'na';
      return /^[1-9]$/.test(key) && Number(key) <= asks.levels.length ? key : null;
    case 'check':
      return ({ 1: 'yes', y: 'yes', 2: 'no', n: 'no', 0: 'na' } as Readonly<Record<string, string>>)[key] ?? null;
    case 'number':
      return null;
  }
}

/** What is typed about one person, and whether there is anything left to answer. */
export interface Sheet {
  readonly answers: Answers;
  readonly note: string;
}
export type Stand = 'open' | 'begun' | 'ready' | 'handedIn' | 'correcting' | 'done';

/** How far one person's form is: as it was read, with what was typed since. */
export function standOf(
  { state, doneBy, tickets, revision }: AssessedPerson,
  form: AssessmentWork['form'],
  { answers }: Sheet,
  isChanged: boolean,
): Stand {
  if (doneBy !== null) return 'done';
  if (state === 'submitted' && !isChanged) return 'handedIn';
  if (state === 'submitted' || state === 'correcting') return 'correcting';
  const open = openPlaces(placesOf(form, tickets), answers);
  if (open.length === 0) return 'ready';
  return revision > 0 || Object.keys(answers).length > 0 ? 'begun' : 'open';
}

/** The next person with something left to do, after this one and then from the first; null when nobody is left. */
export function nextOpen(stands: readonly Stand[], from: number): number | null {
  const order = stands.map((_, i) => (from + 1 + i) % stands.length);
  return order.find((i) => i !== from && (stands[i] === 'open' || stands[i] === 'begun')) ?? null;
}

/** One change that can be taken back. */
export interface Step {
  readonly agentId: string;
  readonly key: string;
  readonly before: string | undefined;
}

/** The answers with one of them changed, or taken away. */
export function answered(answers: Answers, key: string, answer: string | undefined): Answers {
  const { [key]: _, ...others } = answers;
  return answer === undefined ? others : { ...others, [key]: answer };
}
