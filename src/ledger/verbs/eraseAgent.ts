import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { eraseRecords } from '../entryStore.ts';

/** Deletes what the ledger's entries say about a person, salts included; the tree still verifies. Answers how many entries that were. */
export async function eraseAgent(deps: Pick<Deps, 'stores' | 'now'>, actor: Actor, agentId: string): Promise<number> {
  authorise(actor, 'ledger.write');
  return transaction(deps.stores.postgres, async (connection) => {
    const erased = await eraseRecords(connection, agentId);
    await audit(deps, actor, 'ledger.erased', `${agentId} ${erased}`, connection);
    return erased;
  });
}
