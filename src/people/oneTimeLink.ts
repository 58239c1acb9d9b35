import type { Deps } from '../platform/http.ts';
import type { Queryable } from '../platform/transaction.ts';
import { newSecret } from './secret.ts';
import { countAdministrators, replaceLink } from './store.ts';

const validMs = 72 * 60 * 60 * 1000;

/** A fresh link by which one person sets their password; earlier unused ones stop working. */
export async function makeLink(
  deps: Pick<Deps, 'now'>,
  postgres: Queryable,
  memberId: string | null,
): Promise<{ token: string; link: string; expiresAt: string }> {
  const { secret, hash } = newSecret();
  const expiresAt = new Date(deps.now() + validMs);
  await replaceLink(postgres, { tokenHash: hash, memberId, createdAt: new Date(deps.now()), expiresAt });
  return { token: secret, link: `/setup?token=${secret}`, expiresAt: expiresAt.toISOString() };
}

/** The link that makes the first administrator; null once somebody can sign in as one. */
export async function firstAdministratorLink(
  deps: Pick<Deps, 'now' | 'stores'>,
): Promise<{ link: string; expiresAt: string } | null> {
  if ((await countAdministrators(deps.stores.postgres)) > 0) return null;
  return makeLink(deps, deps.stores.postgres, null);
}
