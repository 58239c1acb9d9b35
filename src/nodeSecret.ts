import { createHmac } from 'node:crypto';
import { setting, writeSetting } from './people/store.ts';
import { isHeld } from './platform/advisoryLock.ts';
import { Conflict } from './platform/errors.ts';
import type { Stores } from './platform/stores.ts';

/**
 * Makes sure that all nodes of a database sign sessions with one secret: whoever signs in on one is known to all. A node that is alone
 * may bring another one. The caller holds the lock under which nodes start. Throws Conflict `start.otherSecret`.
 */
export async function agreeOnSecret({ postgres }: Pick<Stores, 'postgres'>, secret: string): Promise<void> {
  // Not the secret: what only whoever has it can make.
  const own = createHmac('sha256', secret).update('heng: one secret for all nodes').digest('base64url');
  const agreed = await setting(postgres, 'secret');
  if (agreed === own) return;
  if (agreed !== null && (await isHeld(postgres, 'nodes'))) throw new Conflict('start.otherSecret');
  await writeSetting(postgres, 'secret', own);
}
