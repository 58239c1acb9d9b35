import type { Deps } from '../../platform/http.ts';
import type { Actor } from '../actor.ts';
import { authorise } from '../authorise.ts';
import type { Key } from '../schemas.ts';
import { liveKeys } from '../store.ts';

/** The keys that work, without their secrets. */
export async function listKeys(deps: Deps, actor: Actor): Promise<{ keys: Key[] }> {
  authorise(actor, 'key.write');
  return { keys: await liveKeys(deps.stores.postgres) };
}
