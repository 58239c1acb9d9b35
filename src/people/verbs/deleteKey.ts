import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { revokeKey } from '../store.ts';

/** The key stops working with its next request. */
export async function deleteKey(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'key.write');
  await transaction(deps.stores.postgres, async (postgres) => {
    if (!(await revokeKey(postgres, id, new Date(deps.now())))) throw new NotFound('key.notFound', { id });
    await audit(deps, actor, 'key.revoked', id, postgres);
  });
}
