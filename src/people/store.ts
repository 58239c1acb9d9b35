import type { Queryable } from '../platform/transaction.ts';
import type { Role, Scope } from './actor.ts';
import { type AuditEntry, erasedDomain, type Key, keyScopes, type Person, roleSchema, scopeSchema } from './schemas.ts';

/** A person as stored. `userId` is the sign-in account's, null until the one-time link was used. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly agentId: string | null;
  readonly userId: string | null;
  readonly createdAt: Date;
  readonly deactivatedAt: Date | null;
  readonly lastSeenAt: Date | null;
}

interface MemberRow {
  id: string;
  email: string;
  name: string;
  role: string;
  scope: unknown;
  agent_id: string | null;
  user_id: string | null;
  created_at: Date;
  deactivated_at: Date | null;
  last_seen_at: Date | null;
}

const memberColumns = 'id, email, name, role, scope, agent_id, user_id, created_at, deactivated_at, last_seen_at';

function memberOf(row: MemberRow): Member {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: roleSchema.parse(row.role),
    scope: scopeSchema.parse(row.scope),
    agentId: row.agent_id,
    userId: row.user_id,
    createdAt: row.created_at,
    deactivatedAt: row.deactivated_at,
    lastSeenAt: row.last_seen_at,
  };
}

export function personOf(member: Member): Person {
  return {
    id: member.id,
    email: member.email,
    name: member.name,
    role: member.role,
    scope: scopeSchema.parse(member.scope),
    agentId: member.agentId,
    status: member.deactivatedAt ? 'deactivated' : member.userId ? 'active' : 'invited',
    createdAt: member.createdAt.toISOString(),
    lastSeenAt: member.lastSeenAt?.toISOString() ?? null,
  };
}

export async function allMembers(postgres: Queryable): Promise<Member[]> {
  const found = await postgres.query<MemberRow>(`SELECT ${memberColumns} FROM members ORDER BY created_at, id`);
  return found.rows.map(memberOf);
}

/** Whoever was erased is nobody's member any more. */
export async function memberById(postgres: Queryable, id: string): Promise<Member | null> {
  const found = await postgres.query<MemberRow>(
    `SELECT ${memberColumns} FROM members WHERE id = $1 AND email NOT LIKE '%@' || $2`,
    [id, erasedDomain],
  );
  return found.rows[0] ? memberOf(found.rows[0]) : null;
}

export async function memberByEmail(postgres: Queryable, email: string): Promise<Member | null> {
  const found = await postgres.query<MemberRow>(`SELECT ${memberColumns} FROM members WHERE email = $1`, [email]);
  return found.rows[0] ? memberOf(found.rows[0]) : null;
}

/** The member who may act with this sign-in account; a deactivated one may not. */
export async function activeMemberOfUser(postgres: Queryable, userId: string): Promise<Member | null> {
  const found = await postgres.query<MemberRow>(
    `SELECT ${memberColumns} FROM members WHERE user_id = $1 AND deactivated_at IS NULL`,
    [userId],
  );
  return found.rows[0] ? memberOf(found.rows[0]) : null;
}

/** Adds the member; a taken e-mail or agent fails with PostgreSQL's 23505. */
export async function insertMember(postgres: Queryable, member: Member): Promise<void> {
  await postgres.query(`INSERT INTO members (${memberColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
    ...[member.id, member.email, member.name, member.role, JSON.stringify(member.scope), member.agentId],
    ...[member.userId, member.createdAt, member.deactivatedAt, member.lastSeenAt],
  ]);
}

/** Writes everything an administrator may change; e-mail, id and the sign-in account stay. */
export async function updateMember(postgres: Queryable, member: Member): Promise<void> {
  await postgres.query(
    `UPDATE members SET name = $2, role = $3, scope = $4, agent_id = $5, deactivated_at = $6 WHERE id = $1`,
    [member.id, member.name, member.role, JSON.stringify(member.scope), member.agentId, member.deactivatedAt],
  );
}

/** From now on this sign-in account is the member's. Nothing else is written: an administrator may be changing it. */
export async function linkUser(postgres: Queryable, id: string, userId: string): Promise<void> {
  await postgres.query('UPDATE members SET user_id = $2 WHERE id = $1', [id, userId]);
}

/** Whoever acts with these accounts is signed out everywhere. */
export async function endSessionsOf(postgres: Queryable, userIds: readonly string[]): Promise<void> {
  await postgres.query('DELETE FROM auth_sessions WHERE "userId" = ANY($1)', [userIds]);
}

/** Remembers the minute of the latest request; writes at most once a minute for one person. */
export async function seeMember(postgres: Queryable, id: string, at: Date): Promise<void> {
  await postgres.query(
    `UPDATE members SET last_seen_at = $2::timestamptz WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < $2::timestamptz - interval '1 minute')`,
    [id, at],
  );
}

/** Where the accounts of the made-up company live; example domains belong to nobody. */
export const demoDomain = 'demo.example';

/** How many administrators can sign in; invited ones cannot yet, and the made-up company's is nobody's. */
export async function countAdministrators(postgres: Queryable): Promise<number> {
  const found = await postgres.query<{ count: string }>(
    `SELECT count(*) AS count FROM members
     WHERE role = 'administrator' AND user_id IS NOT NULL AND deactivated_at IS NULL AND email NOT LIKE '%@' || $1`,
    [demoDomain],
  );
  return Number(found.rows[0]?.count);
}

export interface OneTimeLink {
  readonly memberId: string | null;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Stores the link's hash and voids the unused earlier links of the same person. */
export async function replaceLink(
  postgres: Queryable,
  link: { tokenHash: Buffer; memberId: string | null; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await postgres.query(`DELETE FROM one_time_links WHERE member_id IS NOT DISTINCT FROM $1 AND used_at IS NULL`, [
    link.memberId,
  ]);
  await postgres.query(
    'INSERT INTO one_time_links (token_hash, member_id, created_at, expires_at) VALUES ($1, $2, $3, $4)',
    [link.tokenHash, link.memberId, link.createdAt, link.expiresAt],
  );
}

export async function linkByHash(postgres: Queryable, tokenHash: Buffer): Promise<OneTimeLink | null> {
  const found = await postgres.query<{ member_id: string | null; expires_at: Date; used_at: Date | null }>(
    'SELECT member_id, expires_at, used_at FROM one_time_links WHERE token_hash = $1',
    [tokenHash],
  );
  const row = found.rows[0];
  return row ? { memberId: row.member_id, expiresAt: row.expires_at, usedAt: row.used_at } : null;
}

/** True for exactly one caller per link, however many ask at once; until that caller's transaction ends the others get false. */
export async function takeLink(postgres: Queryable, tokenHash: Buffer, at: Date): Promise<boolean> {
  const taken = await postgres.query(
    `UPDATE one_time_links SET used_at = $2 WHERE token_hash = (
       SELECT token_hash FROM one_time_links
       WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 FOR UPDATE SKIP LOCKED)`,
    [tokenHash, at],
  );
  return taken.rowCount === 1;
}

interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_at: Date;
  created_by: string;
  last_used_at: Date | null;
  expires_at: Date | null;
  kinds: string[] | null;
}

const keyColumns = 'id, name, prefix, scopes, created_at, created_by, last_used_at, expires_at, kinds';

function keyOf(row: KeyRow): Key {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: keyScopes.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    kinds: row.kinds,
  };
}

/** Keys that nobody has taken back, those that have ended too: whoever looks for why a system fell silent finds it here. */
export async function liveKeys(postgres: Queryable): Promise<Key[]> {
  const found = await postgres.query<KeyRow>(
    `SELECT ${keyColumns} FROM api_keys WHERE revoked_at IS NULL ORDER BY created_at, id`,
  );
  return found.rows.map(keyOf);
}

export async function insertKey(postgres: Queryable, key: Key, secretHash: Buffer): Promise<void> {
  await postgres.query(
    `INSERT INTO api_keys (id, name, prefix, scopes, created_at, created_by, expires_at, kinds, secret_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[key.id, key.name, key.prefix, key.scopes, key.createdAt, key.createdBy],
      ...[key.expiresAt, key.kinds, secretHash],
    ],
  );
}

export async function revokeKey(postgres: Queryable, id: string, at: Date): Promise<boolean> {
  const revoked = await postgres.query('UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
    id,
    at,
  ]);
  return revoked.rowCount === 1;
}

export async function keyByHash(postgres: Queryable, secretHash: Buffer): Promise<Key | null> {
  const found = await postgres.query<KeyRow>(
    `SELECT ${keyColumns} FROM api_keys WHERE secret_hash = $1 AND revoked_at IS NULL`,
    [secretHash],
  );
  return found.rows[0] ? keyOf(found.rows[0]) : null;
}

/** Writes at most once a minute for one key. */
export async function seeKey(postgres: Queryable, id: string, at: Date): Promise<void> {
  await postgres.query(
    `UPDATE api_keys SET last_used_at = $2::timestamptz WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`,
    [id, at],
  );
}

/** What is looked for in the audit log; a word that is empty looks for nothing. */
interface AuditPage {
  readonly before: string | null;
  readonly limit: number;
  /** Part of who. */
  readonly actor: string;
  /** What, or the first half of it: `person`, `person.created`. */
  readonly action: string;
  /** Part of what it was done to. */
  readonly subject: string;
  /** Days of the organisation, both included. */
  readonly from: string | null;
  readonly to: string | null;
  readonly timeZone: string;
}

/** Newest first, older than `before`. */
export async function auditEntries(postgres: Queryable, page: AuditPage): Promise<AuditEntry[]> {
  const found = await postgres.query<{
    id: string;
    at: Date;
    actor_id: string;
    actor_name: string;
    action: string;
    subject: string;
  }>(
    `SELECT id, at, actor_id, actor_name, action, subject FROM audit_log
     WHERE ($1::bigint IS NULL OR id < $1)
       AND ($3 = '' OR actor_id = $3 OR strpos(lower(actor_name), lower($3)) > 0)
       AND ($4 = '' OR action = $4 OR starts_with(action, $4 || '.'))
       AND ($5 = '' OR strpos(lower(subject), lower($5)) > 0)
       AND ($6::date IS NULL OR at >= $6::date::timestamp AT TIME ZONE $8)
       AND ($7::date IS NULL OR at < ($7::date + 1)::timestamp AT TIME ZONE $8)
     ORDER BY id DESC LIMIT $2`,
    [page.before, page.limit, page.actor, page.action, page.subject, page.from, page.to, page.timeZone],
  );
  return found.rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    subject: row.subject,
  }));
}

/** A fact about this installation, or null when it was never written. */
export async function setting(postgres: Queryable, name: string): Promise<unknown> {
  const found = await postgres.query<{ value: unknown }>('SELECT value FROM settings WHERE name = $1', [name]);
  return found.rows[0]?.value ?? null;
}

export async function writeSetting(postgres: Queryable, name: string, value: unknown): Promise<void> {
  await postgres.query(
    'INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, JSON.stringify(value)],
  );
}

export async function forgetSetting(postgres: Queryable, name: string): Promise<void> {
  await postgres.query('DELETE FROM settings WHERE name = $1', [name]);
}
