import type { ShapeProblem } from '../../platform/shapeSentences.ts';
import { readYaml, shapeProblems } from '../../platform/yamlShape.ts';
import { type RuleIssue, ruleIssue } from './ruleIssues.ts';
import { type Condition, type Rule, ruleSchema, type WordList } from './ruleSchema.ts';

const lengthMax = 64 * 1024;
const conditionsMax = 60;

export type ReadRule =
  | { readonly rule: Rule; readonly issues: readonly [] }
  | { readonly rule: null; readonly issues: readonly RuleIssue[] };

/** A rule out of YAML or JSON, or every issue with its place. Never throws. */
export function readRule(text: string, lists: ReadonlySet<string>): ReadRule {
  const read = readYaml(text, { lengthMax, numbers: 'numbers' });
  if ('problems' in read) return refused(read.problems.map(issueOf));
  const parsed = ruleSchema.safeParse(read.content, { reportInput: true });
  if (!parsed.success) {
    const unknown = unknownConditions(whenOf(read.content), 'when');
    const others = parsed.error.issues.flatMap(shapeProblems).map(issueOf);
    return refused([...unknown, ...others.filter(({ path }) => !unknown.some((each) => path.startsWith(each.path)))]);
  }
  const issues = ruleIssues(parsed.data, lists);
  return issues.length > 0 ? refused(issues) : { rule: parsed.data, issues: [] };
}

const refused = (issues: readonly RuleIssue[]): ReadRule => ({ rule: null, issues });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const whenOf = (content: unknown): unknown => (isRecord(content) ? content.when : undefined);

/** Places where a condition should stand and something else does, which no single form of condition explains. */
function unknownConditions(written: unknown, path: string): RuleIssue[] {
  if (!isRecord(written)) return [];
  if (!Object.keys(written).some((key) => kinds.includes(key))) {
    return [ruleIssue(path, 'condition.shape', { kinds: kinds.join(', ') })];
  }
  return ['all', 'any', 'not', 'repeated'].flatMap((key) => {
    const below = written[key];
    return Array.isArray(below)
      ? below.flatMap((each, i) => unknownConditions(each, `${path}.${key}[${i}]`))
      : unknownConditions(below, `${path}.${key}`);
  });
}

const kinds: readonly string[] = [
  ...['words', 'phrases', 'lacks', 'contact', 'abuseAtLeast', 'feeling', 'negativeAbovePercent', 'unanswered'],
  ...['cannedFirstReply', 'silentBeforeClose', 'replySlowerThan', 'messageKind', 'scene', 'all', 'any', 'not'],
  'repeated',
];

function issueOf({ path, code, params }: ShapeProblem): RuleIssue {
  if (path === 'id' && code === 'shape.other') return ruleIssue(path, 'id.form');
  return ruleIssue(path, code, params);
}

/** What the schema cannot say. */
function ruleIssues(rule: Rule, lists: ReadonlySet<string>): RuleIssue[] {
  const count = partsOf(rule.when).length;
  return [
    ...(count > conditionsMax ? [ruleIssue('when', 'condition.tooMany', { count, max: conditionsMax })] : []),
    ...(rule.earns && rule.incident === undefined ? [ruleIssue('earns', 'earns.unused')] : []),
    ...conditionIssues(rule.when, 'when', lists),
    ...(marksSomething(rule.when) ? [] : [ruleIssue('when', aloneCode(rule.when))]),
    ...(rule.incident === undefined ? [] : speakerIssues(rule.when, 'when')),
  ];
}

const aloneCode = (condition: Condition) => ('scene' in condition ? 'condition.sceneAlone' : 'condition.onlyNot');

/** The conditions below this one, and itself. */
function partsOf(condition: Condition): Condition[] {
  return [condition, ...childrenOf(condition).flatMap(([, child]) => partsOf(child))];
}

function childrenOf(condition: Condition): [place: string, child: Condition][] {
  if ('all' in condition) return condition.all.map((child, i) => [`all[${i}]`, child]);
  if ('any' in condition) return condition.any.map((child, i) => [`any[${i}]`, child]);
  if ('not' in condition) return [['not', condition.not]];
  if ('repeated' in condition) return [['repeated', condition.repeated]];
  return [];
}

function conditionIssues(condition: Condition, path: string, lists: ReadonlySet<string>): RuleIssue[] {
  const texts = phrasesOf(condition);
  return [
    ...('words' in condition
      ? condition.words.flatMap((list, i) =>
          lists.has(list) ? [] : [ruleIssue(`${path}.words[${i}]`, 'list.unknown', { list })],
        )
      : []),
    ...texts.flatMap(([place, text]) => phraseIssues(`${path}.${place}`, text)),
    ...('all' in condition && condition.within === 'message'
      ? condition.all.flatMap((child, i) =>
          partsOf(child).some(isOfSession) ? [ruleIssue(`${path}.all[${i}]`, 'condition.sameMessage')] : [],
        )
      : []),
    ...childrenOf(condition).flatMap(([place, child]) => conditionIssues(child, `${path}.${place}`, lists)),
  ];
}

/** Every phrase a condition holds itself, with its place. */
export function phrasesOf(condition: Condition): [place: string, text: string][] {
  const of = (key: string, texts: readonly string[] | undefined): [string, string][] =>
    (texts ?? []).map((text, i) => [`${key}[${i}]`, text]);
  if ('phrases' in condition) return of('phrases', condition.phrases);
  if ('lacks' in condition) return of('lacks', condition.lacks);
  if ('unanswered' in condition) return of('besides', condition.besides);
  if ('cannedFirstReply' in condition) return of('cannedFirstReply', condition.cannedFirstReply);
  return [];
}

/** All phrases of a condition and of those below it. */
export const allPhrases = (condition: Condition): string[] =>
  partsOf(condition).flatMap((each) => phrasesOf(each).map(([, text]) => text));

/** The word lists a condition and those below it name. */
export const listsOf = (condition: Condition): string[] =>
  partsOf(condition).flatMap((each) => ('words' in each ? each.words : []));

// What the matcher surely has a reading of; a word without any would stop the whole inspection.
const matchable = /[\p{sc=Han}A-Za-z0-9]/u;
/** Quantifiers after a group, a class or a dot, and escapes: nobody says these to a customer. */
const pattern = /[)\].][*+?]|\\[dwsbDWSB]|\(\?|\{\d+,?\d*\}/;

function phraseIssues(path: string, text: string): RuleIssue[] {
  if (pattern.test(text)) return [ruleIssue(path, 'phrase.pattern', { text: text.slice(0, 40) })];
  return matchable.test(text) ? [] : [ruleIssue(path, 'phrase.nothing', { text: text.slice(0, 40) })];
}

const sessionKeys = [
  ...['lacks', 'negativeAbovePercent', 'unanswered', 'cannedFirstReply', 'silentBeforeClose', 'replySlowerThan'],
  ...['scene', 'repeated'],
];
const isOfSession = (condition: Condition): boolean => Object.keys(condition).some((key) => sessionKeys.includes(key));

/** Whether something besides scenes and negations has to be there. */
function marksSomething(condition: Condition): boolean {
  if ('not' in condition || 'scene' in condition) return false;
  if ('any' in condition) return condition.any.every(marksSomething);
  if ('all' in condition) return condition.all.some(marksSomething);
  return true;
}

/** Where what is marked in the end was not an agent's. */
function speakerIssues(condition: Condition, path: string): RuleIssue[] {
  if ('any' in condition) return condition.any.flatMap((child, i) => speakerIssues(child, `${path}.any[${i}]`));
  if ('all' in condition) {
    const last = condition.all.findLastIndex(marksSomething);
    const child = condition.all[last];
    return child ? speakerIssues(child, `${path}.all[${last}]`) : [];
  }
  if ('repeated' in condition) return speakerIssues(condition.repeated, `${path}.repeated`);
  const who =
    'by' in condition ? (condition.by ?? 'agent') : 'negativeAbovePercent' in condition ? 'customer' : 'agent';
  return who === 'agent' ? [] : [ruleIssue(path, 'incident.speaker', { who })];
}

export const wordsPerList = 5000;
export const wordsInAll = 60_000;

/**
 * A word list as people write it: one word a line; `~` at the end also finds what sounds alike. Empty lines and those after # are
 * left out. Past the limit only the number is told.
 */
export function readWords(text: string): { words: WordList['words']; issues: RuleIssue[] } {
  const lines = text.split('\n').map((line) => line.trim());
  const written = lines.flatMap((line, i) =>
    line === '' || line.startsWith('#') ? [] : [{ line: i + 1, text: line }],
  );
  if (written.length === 0) return { words: [], issues: [ruleIssue('words', 'words.none')] };
  if (written.length > wordsPerList) {
    const params = { count: written.length, max: wordsPerList };
    return { words: [], issues: [ruleIssue('words', 'words.tooMany', params)] };
  }
  const seen = new Set<string>();
  const issues: RuleIssue[] = [];
  const words = written.map(({ line, text: each }) => {
    const homophones = each.endsWith('~');
    const word = (homophones ? each.slice(0, -1) : each).trim();
    const length = [...word].length;
    if (length < 2 || length > 40) issues.push(ruleIssue('words', 'words.length', { line }));
    else if ([...word].filter((character) => matchable.test(character)).length < 2) {
      issues.push(ruleIssue('words', 'words.nothing', { line }));
    }
    if (seen.has(word)) issues.push(ruleIssue('words', 'words.twice', { line, word }));
    seen.add(word);
    return { word, homophones };
  });
  return issues.length > 0 ? { words: [], issues } : { words, issues };
}

/** The list as `readWords` reads it. */
export const writeWords = (words: WordList['words']): string =>
  words.map(({ word, homophones }) => (homophones ? `${word} ~` : word)).join('\n');
