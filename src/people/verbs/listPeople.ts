import type { Deps } from '../../platform/http.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise, everybody } from '../authorise.ts';
import type { People } from '../schemas.ts';
import { allMembers, personOf } from '../store.ts';

/** Everybody with their address, deactivated people too, in the order in which they were added, for whoever sees all. The look is in the audit log. */
export async function listPeople(deps: Deps, actor: Actor): Promise<People> {
  authorise(actor, 'people.read', everybody);
  await audit(deps, actor, 'people.read', '');
  return { people: (await allMembers(deps.stores.postgres)).map(personOf) };
}
