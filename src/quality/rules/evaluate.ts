import type { TextInspector } from '../text/inspectText.ts';
import { check, type Mark, phraseList } from './conditions.ts';
import { allPhrases } from './readRule.ts';
import type { Rule, Severity, WordList } from './ruleSchema.ts';
import type { ReadTalk } from './talk.ts';

/** A rule in use. `version`: the number of the rule set in which it, a list it names or the models last changed. */
export interface RuleInUse {
  readonly rule: Rule;
  readonly version: number;
}

/** Everything the inspection goes by at one time. */
export interface RuleSet {
  readonly number: number;
  readonly savedAt: Date;
  readonly rules: readonly RuleInUse[];
  readonly lists: readonly WordList[];
}

/** One rule in one message (or, without a message, in the conversation): where, and who answers for it. */
export interface Hit {
  readonly rule: string;
  readonly version: number;
  readonly messageKey: string | null;
  readonly atMs: number;
  readonly places: readonly { readonly from: number; readonly to: number }[];
  readonly agentId: string;
  /** As the rule says, or as the gravest list of the words that an agent said. */
  readonly severity: Severity;
}

/** The words to look for: the lists', and every phrase of the rules under a list of its own. */
export function wordsOf({ rules, lists }: Pick<RuleSet, 'rules' | 'lists'>): Parameters<CompileWords>[0] {
  const listed = lists.flatMap(({ id, words }) =>
    words.map(({ word, homophones }) => ({ word, list: id, homophones })),
  );
  const phrases = new Set(rules.flatMap(({ rule }) => allPhrases(rule.when)));
  return [...listed, ...[...phrases].map((word) => ({ word, list: phraseList, homophones: false }))];
}
type CompileWords = (words: { word: string; list: string; homophones: boolean }[]) => TextInspector;

/** Every hit of these rules in a conversation, in the order of the rules and of the messages. Pure. */
export function evaluate(
  talk: ReadTalk,
  rules: readonly RuleInUse[],
  lists: readonly Pick<WordList, 'id' | 'severity'>[],
): Hit[] {
  const major = new Set(lists.flatMap(({ id, severity }) => (severity === 'major' ? [id] : [])));
  return rules.flatMap(({ rule, version }) => {
    const { holds, marks } = check(rule.when, talk);
    if (!holds) return [];
    const byMessage = new Map<number | null, Mark[]>();
    for (const mark of marks.length > 0 ? marks : [{ index: null, from: 0, to: 0 }]) {
      const known = byMessage.get(mark.index);
      if (known) known.push(mark);
      else byMessage.set(mark.index, [mark]);
    }
    return [...byMessage].map(([index, found]) => hitOf(talk, { rule, version }, index, found, major));
  });
}

function hitOf(
  talk: ReadTalk,
  { rule, version }: RuleInUse,
  index: number | null,
  marks: readonly Mark[],
  major: ReadonlySet<string>,
): Hit {
  const message = index === null ? undefined : talk.messages[index];
  const author = message?.sender === 'agent' ? message.senderId : '';
  const isGrave = message?.sender === 'agent' && marks.some(({ list }) => list !== undefined && major.has(list));
  return {
    ...{ rule: rule.id, version, severity: isGrave ? 'major' : rule.severity },
    messageKey: message?.key ?? null,
    atMs: message?.atMs ?? talk.closedMs,
    places: message ? marks.map(({ from, to }) => ({ from, to })) : [],
    agentId: marks[0]?.agentId || author || talk.ownerId,
  };
}
