import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { forgetGuesses } from '../guessStore.ts';
import { memberById } from '../store.ts';

/** Somebody who typed wrong passwords too often may try again at once. */
export async function endWait(deps: Pick<Deps, 'stores' | 'now'>, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'people.write');
  await transaction(deps.stores.postgres, async (postgres) => {
    const member = await memberById(postgres, id);
    if (!member) throw new NotFound('person.unknown', { id });
    await forgetGuesses(postgres, member.email);
    await audit(deps, actor, 'person.waitEnded', id, postgres);
  });
}
