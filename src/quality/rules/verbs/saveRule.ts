import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { type ReadRule, readRule, readWords, wordsInAll, writeWords } from '../readRule.ts';
import { ruleIssue } from '../ruleIssues.ts';
import type { Rule, WordList } from '../ruleSchema.ts';
import { lastEngine, lockRules, type SavedBy, type StoredItem, saveRuleSet } from '../ruleStore.ts';
import { tryRule } from '../trial.ts';
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
    const tried = await tryRule(deps, { rule, lists }, check);
    const percent = (100 * tried.sessionsHit) / tried.sessions;
    if (tried.sessions >= leastSessions && percent > refusedPercent) {
      throw new Conflict('rule.matchesTooMuch', { percent: percent.toFixed(1), sessions: tried.sessions });
    }
  }
  await saveItem(deps, actor, input.reason, { kind: 'rule', id, origin: 'own', content: rule, written: input.text });
}

/** Saves a word list as the next version. Throws Invalid `wordList.invalid` with every issue and its line. */
export async function saveWordList(
  deps: Deps,
  actor: Actor,
  id: string,
  input: { name: WordList['name']; severity: WordList['severity']; text: string; reason: string },
): Promise<void> {
  authorise(actor, 'rule.write', wholeOrganisation);
  const { words, issues } = readWords(input.text);
  const { lists } = await knownRules(deps);
  const others = lists.filter(({ list }) => list.id !== id).reduce((sum, { list }) => sum + list.words.length, 0);
  const count = others + words.length;
  const all =
    count > wordsInAll ? [...issues, ruleIssue('words', 'words.tooManyInAll', { count, max: wordsInAll })] : issues;
  if (all.length > 0) throw new Invalid('wordList.invalid', all);
  const content: WordList = { id, name: input.name, severity: input.severity, words };
  const written = writeWords(words);
  await saveItem(deps, actor, input.reason, { kind: 'list', id, origin: 'own', content, written });
}

async function saveItem(deps: Deps, actor: Actor, reason: string, item: Omit<StoredItem, 'ruleSet'>): Promise<void> {
  await transaction(deps.stores.postgres, async (connection) => {
    await lockRules(connection);
    const engine = (await lastEngine(connection))?.engine ?? '';
    const saved: SavedBy = { at: new Date(deps.now()), by: actor.name, reason, engine };
    const number = await saveRuleSet(connection, saved, [item]);
    await audit(deps, actor, `${item.kind === 'rule' ? 'rule' : 'wordList'}.saved`, `${item.id} ${number}`, connection);
  });
}
