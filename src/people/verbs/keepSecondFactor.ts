import { randomBytes } from 'node:crypto';
import { Conflict, Invalid, NotSignedIn } from '../../platform/errors.ts';
import { seal } from '../../platform/seal.ts';
import { transaction } from '../../platform/transaction.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { checkCode, hashOfRecoveryCode, type Sealing, sealOf } from '../checkCode.ts';
import { guessed, guessedAgain } from '../guesses.ts';
import type { OfferedSecret, RecoveryCodes } from '../schemas.ts';
import {
  confirmSecret,
  keepRecoveryCodes,
  offerSecret,
  removeSecondFactor,
  secondFactorStanding,
} from '../secondFactorStore.ts';
import type { SignIn } from '../signIn.ts';
import { type Member, memberById } from '../store.ts';
import { base32, otpauthUri } from '../totp.ts';

/**
 * A secret for one's own app, which asks for nothing until `confirmSecondFactor`. The password stands against whoever
 * finds a browser left open.
 */
export async function startSecondFactor(
  deps: Sealing,
  signIn: SignIn,
  actor: Actor,
  password: string,
): Promise<OfferedSecret> {
  const member = await oneself(deps, actor);
  if ((await secondFactorStanding(deps.stores.postgres, member)).on) throw new Conflict('code.alreadyOn');
  await guessedAgain(deps, member.email, async () => {
    if (!(await signIn.isPassword(member.userId, password))) throw refused('password');
  });
  const secret = randomBytes(20);
  const sealed = seal(secret.toString('base64'), { ...sealOf(deps, member.id), iv: randomBytes(12) });
  if (!(await offerSecret(deps.stores.postgres, member.id, sealed, new Date(deps.now())))) {
    throw new Conflict('code.alreadyOn');
  }
  await audit(deps, actor, 'person.secondFactorOffered', member.id);
  return { secret: base32(secret), uri: otpauthUri(secret, member.email) };
}

/**
 * From the next sign-in on a code is asked for, and whoever signed in without one before is signed out: all sessions end, and the
 * browser that confirms gets another by `cookies`. The recovery codes are in this answer only. `request`: whose browser it is.
 */
export async function confirmSecondFactor(
  deps: Sealing,
  signIn: SignIn,
  actor: Actor,
  { code, request }: { readonly code: string; readonly request: Headers },
): Promise<{ recovery: RecoveryCodes; cookies: readonly string[] }> {
  const member = await oneself(deps, actor);
  await guessed(deps, member.email, async () => {
    if (!(await checkCode(deps, member, code, true))) throw refused('code');
  });
  const codes = Array.from({ length: 10 }, () => newRecoveryCode());
  await transaction(deps.stores.postgres, async (postgres) => {
    if (!(await confirmSecret(postgres, member.id, new Date(deps.now())))) throw new Conflict('code.alreadyOn');
    await keepRecoveryCodes(
      postgres,
      member.id,
      codes.map((each) => hashOfRecoveryCode(deps, member.id, each)),
    );
    await audit(deps, actor, 'person.secondFactorOn', member.id, postgres);
  });
  await signIn.endSessions(member.userId);
  return { recovery: { codes }, cookies: await signIn.openSession(member.userId, request) };
}

/** No code is asked for any more; needs one, and is refused where the role has to have it. */
export async function endSecondFactor(deps: Sealing, actor: Actor, code: string): Promise<void> {
  const member = await oneself(deps, actor);
  if ((await secondFactorStanding(deps.stores.postgres, member)).demanded) throw new Conflict('code.demanded');
  await guessed(deps, member.email, async () => {
    if (!(await checkCode(deps, member, code))) throw refused('code');
  });
  await transaction(deps.stores.postgres, async (postgres) => {
    await removeSecondFactor(postgres, member.id);
    await audit(deps, actor, 'person.secondFactorOff', member.id, postgres);
  });
}

/** Fifty random bits in letters and digits that are not mistaken for each other. */
function newRecoveryCode(): string {
  const code = base32(randomBytes(7)).toLowerCase().slice(0, 10);
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

const refused = (field: 'password' | 'code') =>
  new Invalid(`${field}.wrong`, [{ path: `json.${field}`, code: `${field}.wrong` }]);

/** The person who acts; a key has no account of its own. */
async function oneself(deps: Sealing, actor: Actor): Promise<Member & { userId: string }> {
  const member = await memberById(deps.stores.postgres, actor.userId);
  if (!member?.userId) throw new NotSignedIn('signIn.needed');
  return { ...member, userId: member.userId };
}
