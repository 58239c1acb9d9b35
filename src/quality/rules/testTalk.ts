import type { TextFindings } from '../text/inspectText.ts';
import { evaluate, wordsOf } from './evaluate.ts';
import { readRule } from './readRule.ts';
import type { Rule, WordList } from './ruleSchema.ts';
import { type ReadTalk, readTalk, type Talk, type TalkMessage } from './talk.ts';

const quiet = {
  contacts: [],
  polarity: 'neutral',
  polarityScore: 0,
  abuseScore: 0,
  tokens: 10,
  negativeTokens: 0,
} as const;

/** Finds words as they are written and nothing else: rules are tested apart from what the text inspection can see through. */
export function literally(
  words: readonly { word: string; list: string }[],
  more: (text: string) => Partial<TextFindings> = () => ({}),
): (text: string) => TextFindings {
  return (text) => ({
    ...quiet,
    words: words.flatMap(({ word, list }) => {
      const from = text.indexOf(word);
      return from < 0 ? [] : [{ word, list, from, to: from + word.length, how: 'plain' as const }];
    }),
    ...more(text),
  });
}

export type Said = readonly [who: TalkMessage['sender'], text: string, more?: Partial<TalkMessage>];

/** A conversation of agent A, a message every ten seconds, closed a minute after the last. */
export function aTalk(said: readonly Said[], more: Partial<Talk> = {}): Talk {
  const messages = said.map(([sender, text, other], i) => ({
    ...{ key: String(i + 1), atMs: i * 10_000, sender, senderId: sender === 'agent' ? 'A' : '' },
    ...{ auto: false, kind: 'text' as const, text },
    ...other,
  }));
  return {
    ...{ sessionId: 'S', shop: '', channel: '', queue: '', issue: '', ownerId: 'A', endedBy: 'customer' },
    ...{ closedMs: said.length * 10_000 + 60_000, turns: [], openTurnMs: null, messages },
    ...more,
  };
}

/** A rule out of its `when` alone; fails where the text is not a rule. */
export function aRule(when: string, lists: readonly WordList[] = []): Rule {
  const text = `id: tried\nname: { zh: 试, en: Tried }\ncategory: other\nseverity: minor\nwhen: ${when}\n`;
  const { rule, issues } = readRule(text, new Set(lists.map(({ id }) => id)));
  if (!rule) throw new Error(JSON.stringify(issues));
  return rule;
}

export const reading = (
  talk: Talk,
  rules: readonly Rule[],
  lists: readonly WordList[] = [],
  more?: (text: string) => Partial<TextFindings>,
): ReadTalk => readTalk(talk, literally(wordsOf({ rules: rules.map((rule) => ({ rule, version: 1 })), lists }), more));

/** Keys of the messages that a rule marks, '-' for the conversation as a whole. */
export function marked(when: string, talk: Talk, more?: (text: string) => Partial<TextFindings>): string {
  const rule = aRule(when);
  return evaluate(reading(talk, [rule], [], more), [{ rule, version: 1 }], [])
    .map(({ messageKey }) => messageKey ?? '-')
    .join();
}
