import { randomUUID } from 'node:crypto';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { refuseErasedNumber } from '../erasedNumberStore.ts';
import { checkPlace, conflictOf } from '../member.ts';
import { makeLink } from '../oneTimeLink.ts';
import { type CreatePerson, createPersonSchema, type Invited } from '../schemas.ts';
import { insertMember, type Member, personOf } from '../store.ts';

/** Adds a person, who sets their own password by the link in the answer. */
export async function createPerson(deps: Deps, actor: Actor, input: CreatePerson): Promise<Invited> {
  authorise(actor, 'people.write');
  const person = createPersonSchema.parse(input);
  const member: Member = {
    id: randomUUID(),
    ...person,
    ...checkPlace(person),
    userId: null,
    createdAt: new Date(deps.now()),
    deactivatedAt: null,
    lastSeenAt: null,
  };
  return transaction(deps.stores.postgres, async (postgres) => {
    await refuseErasedNumber(postgres, member.agentId);
    await insertMember(postgres, member).catch(conflictOf(member));
    const { link, expiresAt } = await makeLink(deps, postgres, member.id);
    await audit(deps, actor, 'person.created', member.id, postgres);
    return { person: personOf(member), link, expiresAt };
  });
}
