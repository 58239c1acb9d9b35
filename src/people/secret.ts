import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for links and keys; too many to guess, so their plain SHA-256 is all that is kept. */
export function newSecret(prefix = ''): { secret: string; hash: Buffer } {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, hash: hashOfSecret(secret) };
}

export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
