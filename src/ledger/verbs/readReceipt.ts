import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { type EntryName, makeReceipt } from '../makeReceipt.ts';
import { visibleAgents } from '../visibleAgents.ts';

/** An entry is named by its number in the ledger or by its hash. */
const entryName = (text: string): EntryName => (/^\d{1,15}$/.test(text) ? { leaf: Number(text) } : { hash: text });

/** The receipt of an entry that concerns everybody, or somebody within the actor's scope. Throws as `makeReceipt` does. */
export async function readReceipt({ stores }: Pick<Deps, 'stores'>, actor: Actor, entry: string): Promise<string> {
  authorise(actor, 'ledger.read');
  return makeReceipt(stores.postgres, entryName(entry), await visibleAgents(stores.clickhouse, actor));
}
