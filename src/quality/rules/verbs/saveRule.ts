import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { listsOf, type ReadRule, readRule, readWords, wordsInAll, writeWords } from '../readRule.ts';
import { ruleIssue } from '../ruleIssues.ts';
import type { Rule, WordList } from '../ruleSchema.ts';
import { lastEngine, lockRules, type NewItem, type SavedBy, saveRuleSet } from '../ruleStore.ts';
import { tryRules } from '../trial.ts';
import { wholeOrganisation } from './listRules.ts';
import { knownRules } from './rulesKnown.ts';

/** Past this share of the recent conversations a rule is refused, unless it is saved even so. */
const refusedPercent = 50;
const check = { secondsMax: 10, sessionsMax: 500 };
const leastSessions = 30;

/** The rule of a text. Throws Invalid `rule.invalid` with every issue and its place. */
export async function ruleOfText(
  deps: Pick<Deps, 'stores'>,
  text: string,
  id?: string,
): Promise<{ rule: Rule; lists: WordList[] }> {
  const { lists } = await knownRules(deps);
  const read: ReadRule = readRule(text, new Set(lists.map(({ list }) => list.id)));
  if (!read.rule) throw new Invalid('rule.invalid', read.issues);
  if (id !== undefined && read.rule.id !== id) {
    throw new Invalid('rule.invalid', [ruleIssue('id', 'id.other', { id })]);
  }
  return { rule: read.rule, lists: lists.map(({ list }) => list) };
}

/**
 * Saves a rule as the next version; the inspection of all text follows. Throws Invalid `rule.invalid`, or Conflict
 * `rule.matchesTooMuch` with its share of the recent conversations where it hits more than half of them and is not saved even so.
 */
export async function saveRule(
  deps: Deps,
  actor: Actor,
  id: string,
  input: { text: string; reason: string; evenSo?: boolean | undefined },
): Promise<void> {
  authorise(actor, 'rule.write', wholeOrganisation);
  const { rule, lists } = await ruleOfText(deps, input.text, id);
  if (input.evenSo !== true && rule.state !== 'off') {
    const [tooMuch] = await tooMuchOf(deps, [rule], lists);
    if (tooMuch) throw new Conflict('rule.matchesTooMuch', { percent: tooMuch.percent, sessions: tooMuch.sessions });
  }
  await saveItem(deps, actor, input.reason, { kind: 'rule', id, origin: 'own', content: rule, written: input.text });
}

/** A list as somebody wrote it, with all lists as they would be with it and the rules in use that name it. Throws Invalid `wordList.invalid`. */
export async function listOfText(
  deps: Pick<Deps, 'stores'>,
  { id, text, ...given }: { id: string; text: string } & Partial<Pick<WordList, 'name' | 'severity'>>,
): Promise<{ list: WordList; lists: WordList[]; rules: Rule[] }> {
  const { words, issues } = readWords(text);
  const known = await knownRules(deps);
  const before = known.lists.find(({ list }) => list.id === id)?.list;
  const others = known.lists.flatMap(({ list }) => (list.id === id ? [] : [list]));
  const count = others.reduce((sum, { words: { length } }) => sum + length, words.length);
  const all =
    count > wordsInAll ? [...issues, ruleIssue('words', 'words.tooManyInAll', { count, max: wordsInAll })] : issues;
  if (all.length > 0) throw new Invalid('wordList.invalid', all);
  const standard = { name: before?.name ?? { zh: id, en: id }, severity: before?.severity ?? ('minor' as const) };
  const list: WordList = { ...standard, ...given, id, words };
  const rules = known.rules.map(({ rule }) => rule);
  return {
    list,
    lists: [...others, list],
    rules: rules.filter((rule) => rule.state !== 'off' && listsOf(rule.when).includes(id)),
  };
}

/**
 * Saves a word list as the next version. Throws Invalid `wordList.invalid` with every issue and its line, or Conflict
 * `wordList.matchesTooMuch` where a rule that uses it would hit more than half of the recent conversations and it is not saved even so.
 */
export async function saveWordList(
  deps: Deps,
  actor: Actor,
  id: string,
  input: {
    name: WordList['name'];
    severity: WordList['severity'];
    text: string;
    reason: string;
    evenSo?: boolean | undefined;
  },
): Promise<void> {
  authorise(actor, 'rule.write', wholeOrganisation);
  const { name, severity, text } = input;
  const { list, lists, rules } = await listOfText(deps, { id, name, severity, text });
  if (input.evenSo !== true && rules.length > 0) {
    const [tooMuch] = await tooMuchOf(deps, rules, lists);
    if (tooMuch) throw new Conflict('wordList.matchesTooMuch', { ...tooMuch });
  }
  const written = writeWords(list.words);
  await saveItem(deps, actor, input.reason, { kind: 'list', id, origin: 'own', content: list, written });
}

/** Those of the rules that hit too many of the recent conversations to say anything; none where there are too few conversations. */
async function tooMuchOf(deps: Pick<Deps, 'stores' | 'now'>, rules: readonly Rule[], lists: readonly WordList[]) {
  const { sessions, hits } = await tryRules(deps, { rules, lists }, check);
  if (sessions < leastSessions) return [];
  return rules.flatMap(({ id, name }) => {
    const hit = new Set(hits.flatMap(({ rule, sessionId }) => (rule === id ? [sessionId] : [])));
    const percent = (100 * hit.size) / sessions;
    return percent > refusedPercent ? [{ rule: `${name.zh} · ${name.en}`, percent: percent.toFixed(1), sessions }] : [];
  });
}

async function saveItem(deps: Deps, actor: Actor, reason: string, item: NewItem): Promise<void> {
  await transaction(deps.stores.postgres, async (connection) => {
    await lockRules(connection);
    const engine = (await lastEngine(connection))?.engine ?? '';
    const saved: SavedBy = { at: new Date(deps.now()), by: actor.name, reason, engine };
    const number = await saveRuleSet(connection, saved, [item]);
    await audit(deps, actor, `${item.kind === 'rule' ? 'rule' : 'wordList'}.saved`, `${item.id} ${number}`, connection);
  });
}
