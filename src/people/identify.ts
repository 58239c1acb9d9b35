import { NotSignedIn } from '../platform/errors.ts';
import type { Deps, Identified } from '../platform/http.ts';
import type { Actor } from './actor.ts';
import { keyStanding } from './keyExpiry.ts';
import { secondFactorStanding } from './secondFactorStore.ts';
import { hashOfSecret } from './secret.ts';
import type { SignIn } from './signIn.ts';
import { activeMemberOfUser, keyByHash, type Member, seeKey, seeMember } from './store.ts';

/** Who sends these headers: a person by their session, a program by `Authorization: Bearer heng_…`; null when neither. */
export async function identify(deps: Deps, signIn: SignIn, headers: Headers): Promise<Identified | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) return { actor: await actorOfKey(deps, authorization), setCookie: [] };
  if (!headers.has('cookie')) return null;
  const session = await signIn.session(headers);
  if (!session) return null;
  const member = await activeMemberOfUser(deps.stores.postgres, session.userId);
  if (!member) return null;
  const at = new Date(deps.now());
  if (!member.lastSeenAt || at.getTime() - member.lastSeenAt.getTime() > 60_000) {
    await seeMember(deps.stores.postgres, member.id, at);
  }
  const factor = await secondFactorStanding(deps.stores.postgres, member);
  const held = factor.demanded && !factor.on;
  return { actor: { ...actorOfMember(member), ...(held ? { only: [] } : {}) }, setCookie: session.setCookie };
}

function actorOfMember(member: Member): Actor {
  return { userId: member.id, name: member.name, role: member.role, scope: member.scope, agentId: member.agentId };
}

async function actorOfKey(deps: Deps, authorization: string): Promise<Actor> {
  const secret = /^Bearer (heng_[\w-]{20,100})$/i.exec(authorization)?.[1];
  const key = secret ? await keyByHash(deps.stores.postgres, hashOfSecret(secret)) : null;
  if (!key) throw new NotSignedIn('key.unknown');
  const at = deps.now();
  if (keyStanding(key.expiresAt, at) === 'expired') {
    throw new NotSignedIn('key.expired', { day: key.expiresAt?.slice(0, 10) ?? '' });
  }
  if (key.lastUsedAt === null || at - Date.parse(key.lastUsedAt) > 60_000) {
    await seeKey(deps.stores.postgres, key.id, new Date(at));
  }
  return {
    userId: `key:${key.id}`,
    name: key.name,
    role: 'administrator',
    scope: { kind: 'all' },
    agentId: null,
    only: key.scopes,
    ...(key.kinds ? { kinds: key.kinds } : {}),
  };
}
