import { BadInput } from '../platform/errors.ts';
import { outgoingUrl } from '../platform/outgoing.ts';
import type { OidcSettings } from './oidc.ts';

/** Where people come back to from the company's sign-in; to be registered there. */
export const oidcCallback = '/api/auth/oidc/callback';

/**
 * The company's sign-in, where the environment names one; null where it names none. All three variables belong together, and
 * the address people type has to be known, for the provider sends them back to it. Throws BadInput.
 */
export function readOidc(env: NodeJS.ProcessEnv, publicUrl: string | null): OidcSettings | null {
  const issuer = env.HENG_OIDC_ISSUER;
  const [clientId, clientSecret] = [env.HENG_OIDC_CLIENT_ID, env.HENG_OIDC_CLIENT_SECRET];
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) throw new BadInput('config.oidcIncomplete');
  if (!outgoingUrl(issuer)) throw new BadInput('config.oidcIssuer', { value: issuer });
  if (publicUrl === null) throw new BadInput('config.oidcUrl');
  return { issuer, clientId, clientSecret: clientSecret.trim(), redirectUri: publicUrl + oidcCallback };
}
