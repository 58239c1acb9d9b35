import { createHmac, hkdfSync } from 'node:crypto';
import type { Deps } from '../platform/http.ts';
import { unseal } from '../platform/seal.ts';
import { audit } from './audit.ts';
import { secondFactorOf, takeRecoveryCode, takeStep } from './secondFactorStore.ts';
import { stepOfCode } from './totp.ts';

/** What of the server a second factor needs: the secret that seals it. */
export type Sealing = Pick<Deps, 'stores' | 'now'> & { readonly secret: string };

export const sealOf = ({ secret }: Sealing, memberId: string) =>
  ({ secret, purpose: 'heng second factor', place: memberId }) as const;

/** Letters and digits only, small: how a recovery code is typed does not matter. */
const plain = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

export function hashOfRecoveryCode({ secret }: Sealing, memberId: string, code: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'heng recovery codes', 32));
  return createHmac('sha256', key)
    .update(`${memberId} ${plain(code)}`)
    .digest();
}

/**
 * Whether this is a code of the person's app, or one of their recovery codes; using it up. `pending`: also of a secret that
 * has not been confirmed yet, and no recovery code.
 */
export async function checkCode(
  deps: Sealing,
  member: { readonly id: string; readonly name: string },
  code: string,
  pending = false,
): Promise<boolean> {
  const { postgres } = deps.stores;
  const factor = await secondFactorOf(postgres, member.id);
  if (!factor || factor.confirmed === pending) return false;
  const digits = code.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(digits)) {
    const secret = unseal(factor.secret, sealOf(deps, member.id));
    if (secret === null) return false;
    const step = stepOfCode(Buffer.from(secret, 'base64'), digits, deps.now());
    return step !== null && takeStep(postgres, member.id, step);
  }
  if (pending) return false;
  const hash = hashOfRecoveryCode(deps, member.id, code);
  if (!(await takeRecoveryCode(postgres, member.id, hash, new Date(deps.now())))) return false;
  await audit(deps, { userId: member.id, name: member.name }, 'person.recoveryCodeUsed', member.id);
  return true;
}
