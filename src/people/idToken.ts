import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { z } from 'zod';

/** What a provider's key set is read as; keys of other kinds are left out. */
export const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(100) });
export type KeySet = z.infer<typeof keySetSchema>;

const headerSchema = z.object({ alg: z.string(), kid: z.string().optional() });
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string().optional(),
  email: z.string().optional(),
  // Some providers write it as text.
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
});

/** Signatures that are taken; never `none`, and never one that a public key could make. */
const algorithms = {
  RS256: { kty: 'RSA', digest: 'sha256', options: {} },
  ES256: { kty: 'EC', digest: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
} as const;

export type TokenRefusal =
  | 'shape'
  | 'algorithm'
  | 'unknownKey'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'time'
  | 'nonce'
  | 'noEmail'
  | 'unverified';
type ReadToken =
  | { readonly kind: 'person'; readonly email: string }
  | { readonly kind: 'refused'; readonly why: TokenRefusal };

/** Clocks differ. */
const skewSeconds = 60;

/** Whom an ID token (OpenID Connect Core, 3.1.3.7) names, or the first reason not to believe it. */
export function readIdToken(
  token: string,
  expected: {
    readonly keys: KeySet['keys'];
    readonly issuer: string;
    readonly clientId: string;
    readonly nonce: string;
    readonly nowMs: number;
  },
): ReadToken {
  const refused = (why: TokenRefusal): ReadToken => ({ kind: 'refused', why });
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = headerSchema.safeParse(jsonOf(head)).data;
  const claims = claimsSchema.safeParse(jsonOf(body)).data;
  if (!header || !claims || more.length > 0) return refused('shape');
  const algorithm = Object.entries(algorithms).find(([name]) => name === header.alg)?.[1];
  if (!algorithm) return refused('algorithm');
  const fitting = expected.keys.filter(
    ({ kty, kid, use }) =>
      kty === algorithm.kty && (use === undefined || use === 'sig') && (header.kid === undefined || kid === header.kid),
  );
  if (fitting.length === 0) return refused('unknownKey');
  const signed = Buffer.from(`${head}.${body}`);
  const mark = Buffer.from(signature, 'base64url');
  if (!fitting.some((key) => isSignedBy(key, algorithm, signed, mark))) return refused('signature');
  if (claims.iss !== expected.issuer) return refused('issuer');
  const audience = [claims.aud].flat();
  const isOurs = audience.includes(expected.clientId) && (claims.azp ?? expected.clientId) === expected.clientId;
  if (!isOurs || (audience.length > 1 && claims.azp === undefined)) return refused('audience');
  const now = expected.nowMs / 1000;
  if (claims.exp + skewSeconds <= now || claims.iat - skewSeconds > now) return refused('time');
  if (claims.nonce !== expected.nonce) return refused('nonce');
  if (!claims.email) return refused('noEmail');
  if (claims.email_verified !== true && claims.email_verified !== 'true') return refused('unverified');
  return { kind: 'person', email: claims.email.toLowerCase() };
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function isSignedBy(
  key: Record<string, unknown>,
  { digest, options }: (typeof algorithms)[keyof typeof algorithms],
  signed: Buffer,
  mark: Buffer,
): boolean {
  try {
    return verify(
      digest,
      signed,
      { key: createPublicKey({ key: key as JsonWebKey, format: 'jwk' }), ...options },
      mark,
    );
  } catch {
    // A key that cannot be read signs nothing.
    return false;
  }
}
