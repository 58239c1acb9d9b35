import { randomUUID } from 'node:crypto';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { keyEnd } from '../keyExpiry.ts';
import { type CreatedKey, type CreateKey, createKeySchema, type Key } from '../schemas.ts';
import { newSecret } from '../secret.ts';
import { insertKey } from '../store.ts';

/** A key for a program. Its secret is in this answer only. */
export async function createKey(deps: Deps, actor: Actor, input: CreateKey): Promise<CreatedKey> {
  authorise(actor, 'key.write');
  const { name, scopes, days, kinds } = createKeySchema.parse(input);
  const { secret, hash } = newSecret('heng_');
  const key: Key = {
    id: randomUUID(),
    name,
    scopes,
    prefix: secret.slice(0, 10),
    createdAt: new Date(deps.now()).toISOString(),
    createdBy: actor.name,
    lastUsedAt: null,
    expiresAt: keyEnd(days, deps.now()),
    kinds,
  };
  await transaction(deps.stores.postgres, async (postgres) => {
    await insertKey(postgres, key, hash);
    await audit(
      deps,
      actor,
      'key.created',
      `${key.id} ${[...scopes, ...(kinds ?? [])].join(' ')} until ${key.expiresAt}`,
      postgres,
    );
  });
  return { key, secret };
}
