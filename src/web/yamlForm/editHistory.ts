/** A text with what came before it and what was undone. */
export interface EditHistory {
  readonly text: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
  /** What was edited last: typing on in one field is one step to undo. */
  readonly field: string | null;
}

const stepsMax = 200;

export const begin = (text: string): EditHistory => ({ text, past: [], future: [], field: null });

/** `field` names what is being typed in; null always makes a step of its own. */
export function edit(history: EditHistory, text: string, field: string | null): EditHistory {
  if (text === history.text) return history;
  const goesOn = field !== null && field === history.field && history.past.length > 0;
  const past = goesOn ? history.past : [...history.past, history.text].slice(-stepsMax);
  return { text, past, future: [], field };
}

export function undo(history: EditHistory): EditHistory {
  const text = history.past.at(-1);
  if (text === undefined) return history;
  return { text, past: history.past.slice(0, -1), future: [history.text, ...history.future], field: null };
}

export function redo(history: EditHistory): EditHistory {
  const [text, ...future] = history.future;
  if (text === undefined) return history;
  return { text, past: [...history.past, history.text], future, field: null };
}
