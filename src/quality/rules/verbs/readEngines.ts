import { factsFor } from '../../../metrics/closedStore.ts';
import { begunPeriod } from '../../../metrics/period.ts';
import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { engineErrors } from '../../engineErrors.ts';
import { enginesOf } from '../hitStore.ts';
import type { Engines } from '../schemas.ts';

/** By which versions of the text inspection the conversations of a period were measured, and what it is known to get wrong. */
export async function readEngines(deps: Deps, actor: Actor, input: { period: string }): Promise<Engines> {
  authorise(actor, 'metric.read');
  const period = begunPeriod(input.period, deps);
  const versions = await enginesOf(await factsFor(deps.stores, period), period);
  return { versions, errors: [...engineErrors] };
}
