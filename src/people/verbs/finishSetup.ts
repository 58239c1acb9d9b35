import { randomUUID } from 'node:crypto';
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { audit } from '../audit.ts';
import { lockAdministrators } from '../member.ts';
import { type FinishSetup, finishSetupSchema } from '../schemas.ts';
import { hashOfSecret } from '../secret.ts';
import type { SignIn } from '../signIn.ts';
import {
  countAdministrators,
  insertMember,
  linkByHash,
  linkUser,
  type Member,
  memberByEmail,
  memberById,
  takeLink,
  updateMember,
} from '../store.ts';
import { refuseWeak } from './changePassword.ts';

/** Uses the link up: sets the person's password, and for the first administrator makes the person. Returns their e-mail. */
export async function finishSetup(deps: Deps, signIn: SignIn, input: FinishSetup): Promise<{ email: string }> {
  const { token, password, email, name } = finishSetupSchema.parse(input);
  const tokenHash = hashOfSecret(token);
  return transaction(deps.stores.postgres, async (postgres) => {
    const link = await linkByHash(postgres, tokenHash);
    if (!link || !(await takeLink(postgres, tokenHash, new Date(deps.now())))) throw new NotFound('link.void');
    const member =
      link.memberId === null
        ? await firstAdministrator(deps, postgres, { email, name })
        : await memberById(postgres, link.memberId);
    if (!member || member.deactivatedAt) throw new NotFound('link.void');
    refuseWeak(password, member, 'json.password');
    // The account is written on a connection of its own: should this transaction fail after it, the link still works
    // and sets the same account's password again.
    const userId = await signIn.setPassword({ email: member.email, name: member.name, password });
    await linkUser(postgres, member.id, userId);
    await audit(deps, { userId: member.id, name: member.name }, 'person.passwordSet', member.id, postgres);
    return { email: member.email };
  });
}

async function firstAdministrator(
  deps: Deps,
  postgres: Queryable,
  { email, name }: { email: string | undefined; name: string | undefined },
): Promise<Member> {
  const missing = Object.entries({ email, name }).filter(([, value]) => value === undefined);
  if (email === undefined || name === undefined) {
    throw new Invalid(
      'person.invalid',
      missing.map(([path]) => ({ path, code: 'field.missing' })),
    );
  }
  await lockAdministrators(postgres);
  if ((await countAdministrators(postgres)) > 0) throw new Conflict('setup.done');
  const place = { name, role: 'administrator', scope: { kind: 'all' }, agentId: null, deactivatedAt: null } as const;
  const known = await memberByEmail(postgres, email);
  const member: Member = known
    ? { ...known, ...place }
    : { id: randomUUID(), email, ...place, userId: null, createdAt: new Date(deps.now()), lastSeenAt: null };
  await (known ? updateMember(postgres, member) : insertMember(postgres, member));
  await audit(deps, { userId: member.id, name }, 'person.firstAdministrator', member.id, postgres);
  return member;
}
