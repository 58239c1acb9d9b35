import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { type DemandSecondFactor, demandSecondFactorSchema } from '../schemas.ts';
import { keepSecondFactorRoles, removeSecondFactor } from '../secondFactorStore.ts';
import { memberById } from '../store.ts';

/** From their next request on, people of these roles without a second factor can only set one up. */
export async function demandSecondFactor(deps: Deps, actor: Actor, input: DemandSecondFactor): Promise<void> {
  authorise(actor, 'people.write');
  const { roles } = demandSecondFactorSchema.parse(input);
  await transaction(deps.stores.postgres, async (postgres) => {
    await keepSecondFactorRoles(postgres, roles);
    await audit(deps, actor, 'secondFactor.demanded', roles.join(' '), postgres);
  });
}

/**
 * Somebody who lost phone and recovery codes signs in with the password alone, and may set up another app. Not for oneself: whoever
 * finds an administrator's browser left open would be rid of the code. The command line is the way out for the last one.
 */
export async function resetSecondFactor(deps: Pick<Deps, 'stores' | 'now'>, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'people.write');
  if (actor.userId === id) throw new Conflict('person.oneself');
  await transaction(deps.stores.postgres, async (postgres) => {
    if (!(await memberById(postgres, id))) throw new NotFound('person.unknown', { id });
    await removeSecondFactor(postgres, id);
    await audit(deps, actor, 'person.secondFactorReset', id, postgres);
  });
}
