import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../platform/root.ts';
import { readYaml } from '../../platform/yamlShape.ts';
import { readRule, readWords, writeWords } from './readRule.ts';
import { type Rule, type WordList, wordListSchema } from './ruleSchema.ts';

export interface ShippedItem {
  readonly kind: 'rule' | 'list';
  readonly id: string;
  readonly content: Rule | WordList;
  readonly written: string;
}

const listFile = wordListSchema.omit({ words: true }).extend({ words: z.string() });

/** The rules and word lists of `rules/`. They are ours: one that cannot be read is a fault of this version, and thrown. */
export function shippedItems(folder = join(packageRoot, 'rules')): ShippedItem[] {
  const lists = filesOf(join(folder, 'words')).map(({ path, text }): ShippedItem => {
    const read = readYaml(text, { lengthMax: 200_000, numbers: 'numbers' });
    const file = listFile.parse('content' in read ? read.content : null);
    const { words, issues } = readWords(file.words);
    if (issues[0]) throw new Error(`${path}: ${issues[0].message.en}`);
    return { kind: 'list', id: file.id, content: { ...file, words }, written: writeWords(words) };
  });
  const known = new Set(lists.map(({ id }) => id));
  const rules = filesOf(folder).map(({ path, text }): ShippedItem => {
    const { rule, issues } = readRule(text, known);
    if (!rule) throw new Error(`${path}: ${issues.map(({ path: at, message }) => `${at} ${message.en}`).join('; ')}`);
    return { kind: 'rule', id: rule.id, content: rule, written: text };
  });
  return [...lists, ...rules];
}

function filesOf(folder: string): { path: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}
