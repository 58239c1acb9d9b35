import type { ParseArgsConfig } from 'node:util';
import type { Bilingual } from './language.ts';
import type { Stores } from './stores.ts';

/** 0 done, 1 failed, 2 wrong use, 3 done with rejected rows. */
export type ExitCode = 0 | 1 | 2 | 3;

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface CommandContext {
  /** What follows the command's name and is no option. */
  readonly args: readonly string[];
  readonly values: OptionValues;
  readonly json: boolean;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeZone: string;
  readonly now: () => number;
  /** Opens the stores on first call; the dispatcher closes them. */
  stores(): Promise<Stores>;
  /** The answer: with --json the one document on standard output, otherwise `text` (or the document, readable). */
  out(document: unknown, text?: string): void;
  /** One JSON document that is too long to be held, a line of it at a time: only for --json. */
  outLines(lines: AsyncIterable<string>): Promise<void>;
  /** For people who wait: always on standard error. */
  progress(text: string): void;
}

export interface Command {
  readonly name: string;
  readonly summary: Bilingual;
  /** The line after `heng NAME`, e.g. `PATH… [--kind K]`. */
  readonly usage: string;
  /** Lines under the summary in `heng NAME --help`: one per option, and what else a newcomer must know. */
  readonly details?: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /**
   * How many words may follow the command's name; where the first of them is an action, how many may follow each action.
   * What is more is refused before the command runs, an action that is not listed by the command itself.
   */
  readonly positionals: number | Readonly<Record<string, number>>;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(context: CommandContext): Promise<ExitCode>;
}
