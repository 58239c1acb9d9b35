import type { Actor } from '../../../people/actor.ts';
import { authorise, isInScope, may } from '../../../people/authorise.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { countHits } from '../hitStore.ts';
import { listsOf, writeWords } from '../readRule.ts';
import { type StoredVersion, versionsOf } from '../ruleStore.ts';
import type { RuleList, RulePage, WordListPage } from '../schemas.ts';
import { summaryOf } from '../summaries.ts';
import { progressOf } from './readProgress.ts';
import { type KnownRules, knownLabels, knownRules } from './rulesKnown.ts';

const thirtyDaysMs = 30 * 86_400_000;

/** Everybody's conversations go by the same rules: nobody whose scope is narrower changes them. */
export const wholeOrganisation = { agentId: null, team: null, shop: null };

const mayWrite = (actor: Actor) => may(actor, 'rule.write') && isInScope(actor, wholeOrganisation);

/** Every rule with its precision, whether it may deduct, and how often it hit in the last thirty days; and every word list. */
export async function listRules(deps: Deps, actor: Actor): Promise<RuleList> {
  authorise(actor, 'rule.read');
  const [known, labels, counted, progress] = await Promise.all([
    knownRules(deps),
    knownLabels(deps),
    countHits(deps.stores.clickhouse, deps.now() - thirtyDaysMs),
    progressOf(deps),
  ]);
  return {
    rules: known.rules.map((told) =>
      summaryOf(told, labels, { counts: counted.rules.get(told.rule.id), inspected: counted.inspected }),
    ),
    lists: known.lists.map(({ list, version }) => ({
      ...{ id: list.id, name: list.name, severity: list.severity, version },
      words: list.words.length,
      homophones: list.words.filter(({ homophones }) => homophones).length,
      usedBy: usersOf(known, list.id),
    })),
    progress,
    mayWrite: mayWrite(actor),
    mayDecide: may(actor, 'hit.decide'),
  };
}

const usersOf = ({ rules }: KnownRules, list: string): string[] =>
  rules.filter(({ rule }) => listsOf(rule.when).includes(list)).map(({ rule }) => rule.id);

/** One rule with its text and everything it was before. Throws NotFound `rule.unknown`. */
export async function showRule(deps: Deps, actor: Actor, id: string): Promise<RulePage> {
  authorise(actor, 'rule.read');
  const { rules } = await knownRules(deps);
  const told = rules.find(({ rule }) => rule.id === id);
  if (!told) throw new NotFound('rule.unknown', { rule: id.slice(0, 60) });
  const [labels, counted, versions] = await Promise.all([
    knownLabels(deps, id),
    countHits(deps.stores.clickhouse, deps.now() - thirtyDaysMs),
    versionsOf(deps.stores.postgres, 'rule', id),
  ]);
  const summary = summaryOf(told, labels, { counts: counted.rules.get(id), inspected: counted.inspected });
  return {
    rule: { ...summary, advice: told.rule.advice ?? null, written: told.written },
    versions: versions.map(versionView),
    mayWrite: mayWrite(actor),
    mayDecide: may(actor, 'hit.decide'),
  };
}

/** One word list, as text. Throws NotFound `wordList.unknown`. */
export async function showWordList(deps: Deps, actor: Actor, id: string): Promise<WordListPage> {
  authorise(actor, 'rule.read');
  const known = await knownRules(deps);
  const found = known.lists.find(({ list }) => list.id === id);
  if (!found) throw new NotFound('wordList.unknown', { list: id.slice(0, 60) });
  const versions = await versionsOf(deps.stores.postgres, 'list', id);
  const { list, version } = found;
  return {
    ...{ id: list.id, name: list.name, severity: list.severity, text: writeWords(list.words), version },
    usedBy: usersOf(known, id).flatMap((rule) => known.rules.find((each) => each.rule.id === rule)?.rule.name ?? []),
    versions: versions.map(versionView).map(({ written: _, ...each }) => each),
    mayWrite: mayWrite(actor),
  };
}

const versionView = ({ ruleSet, ...version }: StoredVersion) => ({ version: ruleSet, ...version });
