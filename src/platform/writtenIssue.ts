import type { Bilingual } from './language.ts';

/** One thing wrong with what a person wrote: where, which sentence says it, and how grave it is. */
export interface WrittenIssue<Level extends string = 'error'> {
  readonly path: string;
  readonly code: string;
  readonly level: Level;
  readonly message: Bilingual;
}

/** Everything that can be wrong with a format, by code. `{name}` in a sentence stands for a parameter. */
export type IssueSentences<Level extends string = 'error', Code extends string = string> = Readonly<
  Record<Code, readonly [level: Level, zh: string, en: string]>
>;

/** Words issues by a format's table of sentences. */
export function issuesBy<Level extends string, Code extends string>(sentences: IssueSentences<Level, Code>) {
  return (path: string, code: Code, params: Readonly<Record<string, string | number>> = {}): WrittenIssue<Level> => {
    const [level, zh, en] = sentences[code];
    const filled = (sentence: string) =>
      sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
    return { path, code, level, message: { zh: filled(zh), en: filled(en) } };
  };
}
