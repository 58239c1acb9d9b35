import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { lastEngine, lastItems, lockRules, saveRuleSet } from '../ruleStore.ts';
import { shippedItems } from '../shippedFiles.ts';

/**
 * Brings the shipped rules and lists in, and their changes with a new version of Heng. What somebody here has saved stays theirs.
 * Repeating it changes nothing.
 */
export async function publishShipped(deps: Pick<Deps, 'stores' | 'now'>): Promise<void> {
  const shipped = shippedItems();
  await transaction(deps.stores.postgres, async (connection) => {
    await lockRules(connection);
    const known = new Map((await lastItems(connection)).map((item) => [`${item.kind} ${item.id}`, item]));
    const changed = shipped.filter(({ kind, id, content }) => {
      const last = known.get(`${kind} ${id}`);
      return !last || (last.origin === 'shipped' && !isDeepStrictEqual(last.content, plain(content)));
    });
    if (changed.length === 0) return;
    const engine = (await lastEngine(connection))?.engine ?? '';
    const saved = { at: new Date(deps.now()), by: 'Heng', reason: 'shipped', engine };
    await saveRuleSet(
      connection,
      saved,
      changed.map((item) => ({ ...item, origin: 'shipped' as const })),
    );
  });
}

/** As it comes back out of the store. */
const plain = (content: unknown): unknown => JSON.parse(JSON.stringify(content));
