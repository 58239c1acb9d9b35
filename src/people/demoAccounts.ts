import { randomBytes, randomUUID } from 'node:crypto';
import type { Deps } from '../platform/http.ts';
import { type Role, roles, type Scope } from './actor.ts';
import type { SignIn } from './signIn.ts';
import { demoDomain, insertMember, linkUser, memberByEmail, updateMember } from './store.ts';

export interface DemoAccount {
  readonly role: Role;
  readonly email: string;
  /** Only ever here: stored as scrypt. */
  readonly password: string;
}

/** The agent whose card the demo agent reads, and the team that the demo supervisor leads. */
export interface DemoPlace {
  readonly agentId: string;
  readonly agentName: string;
  readonly team: string;
}

const names: Readonly<Record<Exclude<Role, 'agent'>, string>> = {
  supervisor: '演示主管',
  inspector: '演示质检员',
  trainer: '演示培训师',
  hr: '演示人事',
  administrator: '演示管理员',
  director: '演示总监',
};

/**
 * One account per role to look around the made-up company with, each with a new random password. Asked again, the same
 * accounts get new passwords. They do not count as the installation's administrators.
 */
export async function makeDemoAccounts(deps: Deps, signIn: SignIn, place: DemoPlace): Promise<DemoAccount[]> {
  const { postgres } = deps.stores;
  const accounts: DemoAccount[] = [];
  for (const role of roles) {
    const email = `${role}@${demoDomain}`;
    const name = role === 'agent' ? place.agentName : names[role];
    const password = randomBytes(9).toString('base64url');
    const userId = await signIn.setPassword({ email, name, password });
    const known = await memberByEmail(postgres, email);
    const member = {
      ...{ id: known?.id ?? randomUUID(), email, name, role, scope: scopeOf(role, place), userId },
      ...{ agentId: role === 'agent' ? place.agentId : null, createdAt: new Date(deps.now()) },
      ...{ deactivatedAt: null, lastSeenAt: null },
    };
    await (known ? updateMember(postgres, member) : insertMember(postgres, member));
    await linkUser(postgres, member.id, userId);
    accounts.push({ role, email, password });
  }
  return accounts;
}

function scopeOf(role: Role, place: DemoPlace): Scope {
  if (role === 'agent') return { kind: 'self', agentId: place.agentId };
  if (role === 'supervisor') return { kind: 'teams', teams: [place.team] };
  return { kind: 'all' };
}
