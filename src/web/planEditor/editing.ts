import { createContext, useContext } from 'react';
import type { TriedDraft } from '../../scores/draftSchemas.ts';
import type { PlanIssue } from '../../scores/schemas.ts';
import type { Path, Raw, RawRecord } from './planYaml.ts';
import type { Schema } from './schemaShape.ts';

/** What every part of the editor reads and calls. */
export interface Editing {
  readonly raw: RawRecord;
  readonly text: string;
  readonly root: Schema;
  readonly issues: readonly PlanIssue[];
  readonly curves: TriedDraft['curves'];
  /** Typing on in the same place is one step to undo. */
  set(path: Path, value: Raw): void;
  add(path: Path, value: Raw): void;
  move(path: Path, from: number, to: number): void;
  /** Several changes as one step. */
  rewrite(text: string): void;
}

const context = createContext<Editing | null>(null);
export const EditingProvider = context.Provider;

export function useEditing(): Editing {
  const editing = useContext(context);
  if (!editing) throw new Error('a part of the plan editor stands outside of it');
  return editing;
}
