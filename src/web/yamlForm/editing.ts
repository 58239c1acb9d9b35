import { createContext, type ReactNode, useContext } from 'react';
import type { WrittenIssue } from '../../platform/writtenIssue.ts';
import type { Schema, Shape } from './schemaShape.ts';
import type { As, Path, RawRecord, Written } from './yamlText.ts';

export type IssueLevel = 'error' | 'needed' | 'note';
export type Issue = WrittenIssue<IssueLevel>;

/** What every part of a form over a text reads and calls. */
export interface Editing {
  readonly raw: RawRecord;
  readonly text: string;
  readonly root: Schema;
  readonly issues: readonly Issue[];
  readonly words: FormWords;
  /** Typing on in the same place is one step to undo. */
  set(path: Path, value: Written, as?: As): void;
  add(path: Path, value: Written): void;
  move(path: Path, from: number, to: number): void;
  /** Several changes as one step. */
  rewrite(text: string): void;
}

/** What a format calls its parts, and those it draws in a way of its own. */
export interface FormWords {
  /** `within` is the place of the record that holds the field. */
  field(name: string, within: string): string;
  choice(name: string, path: Path): string;
  draw(path: Path, shape: Shape): ReactNode | undefined;
}

const context = createContext<Editing | null>(null);
export const EditingProvider = context.Provider;

export function useEditing(): Editing {
  const editing = useContext(context);
  if (!editing) throw new Error('a part of a form stands outside of it');
  return editing;
}
