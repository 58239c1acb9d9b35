import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { makeLink } from '../oneTimeLink.ts';
import type { Invited } from '../schemas.ts';
import { memberById, personOf } from '../store.ts';

/**
 * A new one-time link for somebody who lost theirs or forgot the password. The old password works until it is used. Not for oneself:
 * a browser left open must not be enough for a new password.
 */
export async function renewLink(deps: Deps, actor: Actor, id: string): Promise<Invited> {
  authorise(actor, 'people.write');
  if (actor.userId === id) throw new Conflict('person.oneself');
  return transaction(deps.stores.postgres, async (postgres) => {
    const member = await memberById(postgres, id);
    if (!member) throw new NotFound('person.unknown', { id });
    if (member.deactivatedAt) throw new Conflict('person.deactivated', { id });
    const { link, expiresAt } = await makeLink(deps, postgres, id);
    await audit(deps, actor, 'person.linkRenewed', id, postgres);
    return { person: personOf(member), link, expiresAt };
  });
}
