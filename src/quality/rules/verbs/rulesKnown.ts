import type { Deps } from '../../../platform/http.ts';
import { type Label, labelsOf } from '../decisionStore.ts';
import { labelsThatHold } from '../hitStore.ts';
import type { WordList } from '../ruleSchema.ts';
import { lastEngine, lastItems, listOf, ruleOf, type StoredItem, versionOf } from '../ruleStore.ts';
import type { ToldRule } from '../summaries.ts';

export interface KnownRules {
  readonly rules: readonly (ToldRule & { readonly written: string })[];
  readonly lists: readonly { readonly list: WordList; readonly version: number; readonly written: string }[];
}

/** Every rule, switched on or not, with the version its hits are told by, and every list. */
export async function knownRules({ stores }: Pick<Deps, 'stores'>): Promise<KnownRules> {
  const [items, engine] = await Promise.all([lastItems(stores.postgres), lastEngine(stores.postgres)]);
  const of = (kind: StoredItem['kind']) => items.filter((item) => item.kind === kind);
  const savedIn = new Map(of('list').map(({ id, ruleSet }) => [id, ruleSet]));
  const listsMean = new Map(of('list').map(({ id, meansSince }) => [id, meansSince]));
  return {
    rules: of('rule').map(({ content, ruleSet, meansSince, origin, written }) => {
      const rule = ruleOf(content);
      return {
        ...{ rule, origin, written },
        version: versionOf(rule, ruleSet, savedIn, engine?.since ?? 0),
        meansSince: versionOf(rule, meansSince, listsMean, 0),
      };
    }),
    lists: of('list').map(({ content, ruleSet, written }) => ({ list: listOf(content), version: ruleSet, written })),
  };
}

/** What people said of the hits that the rules make as they are now, oldest first. */
export async function knownLabels({ stores }: Pick<Deps, 'stores'>, rule?: string): Promise<Label[]> {
  return labelsThatHold(stores.clickhouse, await labelsOf(stores.postgres, rule));
}
