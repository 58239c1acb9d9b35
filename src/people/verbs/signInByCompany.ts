import { Forbidden } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { audit } from '../audit.ts';
import type { SignIn } from '../signIn.ts';
import { linkUser, memberByEmail } from '../store.ts';

/**
 * A session for somebody whose e-mail the company's own sign-in vouches for: only for a person who is here already and has
 * not been deactivated. Returns the cookies. Throws Forbidden `oidc.unknown`, `signIn.deactivated`.
 */
export async function signInByCompany(
  deps: Pick<Deps, 'stores' | 'now'>,
  signIn: SignIn,
  email: string,
  request: Headers,
): Promise<readonly string[]> {
  const { postgres } = deps.stores;
  const member = await memberByEmail(postgres, email);
  if (!member) throw new Forbidden('oidc.unknown');
  if (member.deactivatedAt) throw new Forbidden('signIn.deactivated');
  // Somebody who was invited and never set a password gets their account now, without one.
  const userId = member.userId ?? (await signIn.accountOf({ email, name: member.name }));
  if (member.userId === null) await linkUser(postgres, member.id, userId);
  const cookies = await signIn.openSession(userId, request);
  await audit(deps, { userId: member.id, name: member.name }, 'person.signedInByCompany', member.id);
  return cookies;
}
