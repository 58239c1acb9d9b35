import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { refuseErasedNumber } from '../erasedNumberStore.ts';
import { checkPlace, conflictOf, keepAnAdministrator, lockAdministrators } from '../member.ts';
import { type Person, type UpdatePerson, updatePersonSchema } from '../schemas.ts';
import { type Member, memberById, personOf, updateMember } from '../store.ts';

/** Changes name, role, scope or agent; takes effect with the person's next request. */
export async function updatePerson(deps: Deps, actor: Actor, id: string, input: UpdatePerson): Promise<Person> {
  authorise(actor, 'people.write');
  const change = updatePersonSchema.parse(input);
  return transaction(deps.stores.postgres, async (postgres) => {
    await lockAdministrators(postgres);
    const before = await memberById(postgres, id);
    if (!before) throw new NotFound('person.unknown', { id });
    const after: Member = {
      ...before,
      name: change.name ?? before.name,
      role: change.role ?? before.role,
      scope: change.scope ?? before.scope,
      agentId: change.agentId === undefined ? before.agentId : change.agentId,
    };
    const placed = { ...after, ...checkPlace(after) };
    await refuseErasedNumber(postgres, placed.agentId);
    await updateMember(postgres, placed).catch(conflictOf(placed));
    if (before.role === 'administrator' && placed.role !== 'administrator') await keepAnAdministrator(postgres);
    await audit(deps, actor, 'person.changed', `${id} ${changesOf(before, placed)}`, postgres);
    return personOf(placed);
  });
}

/** What changed, for the audit log: old and new value of everything that decides what the person may see. */
export function changesOf(before: Member, after: Member): string {
  const shown = (member: Member) => ({ role: member.role, scope: member.scope, agentId: member.agentId });
  return JSON.stringify({ from: shown(before), to: shown(after) });
}
