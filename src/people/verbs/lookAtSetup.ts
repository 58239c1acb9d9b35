import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Setup } from '../schemas.ts';
import { hashOfSecret } from '../secret.ts';
import { linkByHash, memberById } from '../store.ts';

/**
 * What a one-time link is for. Throws NotFound `link.void` for one that is unknown, used, expired or replaced, and for
 * one whose person was deactivated: whoever holds it learns no more.
 */
export async function lookAtSetup(deps: Deps, token: string): Promise<Setup> {
  const link = await linkByHash(deps.stores.postgres, hashOfSecret(token));
  if (!link || link.usedAt || link.expiresAt.getTime() <= deps.now()) throw new NotFound('link.void');
  const expiresAt = link.expiresAt.toISOString();
  if (link.memberId === null) return { kind: 'firstAdministrator', expiresAt };
  const member = await memberById(deps.stores.postgres, link.memberId);
  if (!member || member.deactivatedAt) throw new NotFound('link.void');
  return { kind: 'password', email: member.email, name: member.name, expiresAt };
}
