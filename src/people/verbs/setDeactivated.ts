import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { refuseErasedNumber } from '../erasedNumberStore.ts';
import { conflictOf, keepAnAdministrator, lockAdministrators } from '../member.ts';
import type { Person } from '../schemas.ts';
import type { SignIn } from '../signIn.ts';
import { type Member, memberById, personOf, updateMember } from '../store.ts';

/** Shuts a person out at once (their sessions end, their links stop working) or lets them in again. Their history stays. */
export async function setDeactivated(
  deps: Deps,
  signIn: SignIn,
  actor: Actor,
  id: string,
  deactivated: boolean,
): Promise<Person> {
  authorise(actor, 'people.write');
  const after = await transaction(deps.stores.postgres, async (postgres) => {
    await lockAdministrators(postgres);
    const before = await memberById(postgres, id);
    if (!before) throw new NotFound('person.unknown', { id });
    if (!deactivated) await refuseErasedNumber(postgres, before.agentId);
    const changed: Member = { ...before, deactivatedAt: deactivated ? new Date(deps.now()) : null };
    await updateMember(postgres, changed).catch(conflictOf(changed));
    if (deactivated && before.role === 'administrator') await keepAnAdministrator(postgres);
    await audit(deps, actor, deactivated ? 'person.deactivated' : 'person.reactivated', id, postgres);
    return changed;
  });
  if (deactivated && after.userId) await signIn.endSessions(after.userId);
  return personOf(after);
}
