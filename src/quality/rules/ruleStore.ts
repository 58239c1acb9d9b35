import { z } from 'zod';
import type { Queryable } from '../../platform/transaction.ts';
import type { RuleInUse, RuleSet } from './evaluate.ts';
import { listsOf } from './readRule.ts';
import { type Rule, ruleSchema, type WordList, wordListSchema } from './ruleSchema.ts';

export interface StoredItem {
  readonly kind: 'rule' | 'list';
  readonly id: string;
  readonly ruleSet: number;
  /** From this rule set on it looks for what it looks for now, whatever else of it changed. */
  readonly meansSince: number;
  readonly origin: 'shipped' | 'own';
  readonly content: unknown;
  readonly written: string;
}

export type NewItem = Omit<StoredItem, 'ruleSet' | 'meansSince'>;

export interface StoredVersion {
  readonly ruleSet: number;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly reason: string;
  readonly origin: 'shipped' | 'own';
  readonly written: string;
}

interface ItemRow {
  kind: 'rule' | 'list';
  id: string;
  rule_set: number;
  means_since: number;
  origin: 'shipped' | 'own';
  content: unknown;
  written: string;
}
const itemOf = ({ rule_set: ruleSet, means_since: meansSince, ...row }: ItemRow): StoredItem => ({
  ...row,
  ...{ ruleSet, meansSince },
});

/** The last version of every rule and list. */
export async function lastItems(postgres: Queryable): Promise<StoredItem[]> {
  const { rows } = await postgres.query<ItemRow>(
    `SELECT last.*, (
       SELECT coalesce(max(other.rule_set), 0) + 1 FROM rule_items other WHERE other.kind = last.kind AND other.id = last.id
         AND (other.content->'when', other.content->'words') IS DISTINCT FROM (last.content->'when', last.content->'words')
     ) AS means_since
     FROM (
       SELECT DISTINCT ON (kind, id) kind, id, rule_set, origin, content, written FROM rule_items ORDER BY kind, id, rule_set DESC
     ) AS last`,
  );
  return rows.map(itemOf);
}

export async function versionsOf(postgres: Queryable, kind: 'rule' | 'list', id: string): Promise<StoredVersion[]> {
  const { rows } = await postgres.query<{
    rule_set: number;
    saved_at: Date;
    saved_by: string;
    reason: string;
    origin: 'shipped' | 'own';
    written: string;
  }>(
    `SELECT i.rule_set, s.saved_at, s.saved_by, s.reason, i.origin, i.written
     FROM rule_items i JOIN rule_sets s ON s.number = i.rule_set WHERE i.kind = $1 AND i.id = $2 ORDER BY i.rule_set DESC LIMIT 100`,
    [kind, id],
  );
  return rows.map((row) => ({
    ...{ ruleSet: row.rule_set, savedAt: row.saved_at.toISOString(), savedBy: row.saved_by },
    ...{ reason: row.reason, origin: row.origin, written: row.written },
  }));
}

export interface SavedBy {
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
  readonly engine: string;
}

/** Stores the items as the next rule set; without items the set only says that the models changed. Call it under `lockRules`. */
export async function saveRuleSet(connection: Queryable, saved: SavedBy, items: readonly NewItem[]): Promise<number> {
  const { rows } = await connection.query<{ number: number }>(
    'INSERT INTO rule_sets (saved_at, saved_by, reason, engine) VALUES ($1, $2, $3, $4) RETURNING number',
    [saved.at, saved.by, saved.reason, saved.engine],
  );
  const number = z.number().parse(rows[0]?.number);
  for (const { kind, id, origin, content, written } of items) {
    await connection.query(
      'INSERT INTO rule_items (kind, id, rule_set, origin, content, written) VALUES ($1, $2, $3, $4, $5, $6)',
      [kind, id, number, origin, JSON.stringify(content), written],
    );
  }
  return number;
}

/** Keeps two writers from numbering rule sets at once, until the transaction ends. */
export async function lockRules(connection: Queryable): Promise<void> {
  await connection.query('LOCK TABLE rule_sets IN SHARE ROW EXCLUSIVE MODE');
}

interface LastEngine {
  readonly engine: string;
  readonly number: number;
  readonly savedAt: Date;
  readonly since: number;
}

/** The engine of the last rule set, and the set in which it last changed; null before the first. */
export async function lastEngine(postgres: Queryable): Promise<LastEngine | null> {
  const { rows } = await postgres.query<LastEngine>(
    `SELECT last.engine, last.number, last.saved_at AS "savedAt",
       (SELECT coalesce(max(number), 0) + 1 FROM rule_sets WHERE engine <> last.engine) AS since
     FROM (SELECT engine, number, saved_at FROM rule_sets ORDER BY number DESC LIMIT 1) AS last`,
  );
  return rows[0] ?? null;
}

/** The number of the rule set in force, without reading it; 0 before the first. */
export async function currentNumber(postgres: Queryable): Promise<number> {
  const { rows } = await postgres.query<{ number: number | null }>('SELECT max(number) AS number FROM rule_sets');
  return rows[0]?.number ?? 0;
}

/** The rule set in force: rules that are switched on, each with the version by which its hits are told, and all lists. */
export async function currentRuleSet(postgres: Queryable): Promise<RuleSet> {
  const [engine, items] = [await lastEngine(postgres), await lastItems(postgres)];
  return ruleSetOf(items, engine);
}

function ruleSetOf(items: readonly StoredItem[], engine: LastEngine | null): RuleSet {
  const lists = items.filter(({ kind }) => kind === 'list');
  const savedIn = new Map(lists.map(({ id, ruleSet }) => [id, ruleSet]));
  const rules = items.flatMap(({ kind, content, ruleSet }): RuleInUse[] => {
    if (kind !== 'rule') return [];
    const rule = ruleOf(content);
    return rule.state === 'off' ? [] : [{ rule, version: versionOf(rule, ruleSet, savedIn, engine?.since ?? 0) }];
  });
  const { number, savedAt } = engine ?? { number: 0, savedAt: new Date(0) };
  return { number, savedAt, rules, lists: lists.map(({ content }) => listOf(content)) };
}

/** The rule set in which a rule, a list it names, or the models last changed. */
export function versionOf(
  rule: Rule,
  savedIn: number,
  lists: ReadonlyMap<string, number>,
  engineSince: number,
): number {
  return Math.max(savedIn, engineSince, ...listsOf(rule.when).map((id) => lists.get(id) ?? 0));
}

export const ruleOf = (content: unknown): Rule => ruleSchema.parse(content);
export const listOf = (content: unknown): WordList => wordListSchema.parse(content);
