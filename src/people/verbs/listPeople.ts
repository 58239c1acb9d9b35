import type { Deps } from '../../platform/http.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise, everybody } from '../authorise.ts';
import { waitingGuesses } from '../guessStore.ts';
import { isOfErased, type People } from '../schemas.ts';
import { membersWithSecondFactor, secondFactorRoles } from '../secondFactorStore.ts';
import { allMembers, personOf } from '../store.ts';

/** Everybody with their address, deactivated people too and erased ones not, in the order in which they were added, for whoever sees all. The look is in the audit log. */
export async function listPeople(deps: Deps, actor: Actor): Promise<People> {
  authorise(actor, 'people.read', everybody);
  await audit(deps, actor, 'people.read', '');
  const { postgres } = deps.stores;
  const members = (await allMembers(postgres)).filter(({ email }) => !isOfErased(email));
  const emails = members.map(({ email }) => email);
  const waiting = await waitingGuesses(postgres, emails, new Date(deps.now()));
  const factors = await membersWithSecondFactor(postgres);
  const people = members.map((member) => ({
    ...personOf(member),
    waitsUntil: waiting.get(member.email)?.toISOString() ?? null,
    secondFactor: factors.has(member.id),
  }));
  return { people, secondFactorRoles: [...(await secondFactorRoles(postgres))] };
}
