import { z } from 'zod';
import { type Sealed, sealedSchema } from '../platform/seal.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { Role } from './actor.ts';
import { roleSchema } from './schemas.ts';
import { setting, writeSetting } from './store.ts';

interface SecondFactor {
  readonly secret: Sealed;
  readonly confirmed: boolean;
}

export async function secondFactorOf(postgres: Queryable, memberId: string): Promise<SecondFactor | null> {
  const found = await postgres.query<{ secret: unknown; confirmed: boolean }>(
    'SELECT secret, confirmed_at IS NOT NULL AS confirmed FROM second_factors WHERE member_id = $1',
    [memberId],
  );
  const row = found.rows[0];
  return row ? { secret: sealedSchema.parse(row.secret), confirmed: row.confirmed } : null;
}

/** A secret that waits to be confirmed; replaces one that was never confirmed. False where one is in force. */
export async function offerSecret(postgres: Queryable, memberId: string, secret: Sealed, at: Date): Promise<boolean> {
  const offered = await postgres.query(
    `INSERT INTO second_factors AS known (member_id, secret, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (member_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
     WHERE known.confirmed_at IS NULL`,
    [memberId, JSON.stringify(secret), at],
  );
  return offered.rowCount === 1;
}

export async function confirmSecret(postgres: Queryable, memberId: string, at: Date): Promise<boolean> {
  const confirmed = await postgres.query(
    'UPDATE second_factors SET confirmed_at = $2 WHERE member_id = $1 AND confirmed_at IS NULL',
    [memberId, at],
  );
  return confirmed.rowCount === 1;
}

/** True once per half minute and person, however many ask at once. */
export async function takeStep(postgres: Queryable, memberId: string, step: number): Promise<boolean> {
  const taken = await postgres.query(
    'UPDATE second_factors SET last_step = $2 WHERE member_id = $1 AND last_step < $2',
    [memberId, step],
  );
  return taken.rowCount === 1;
}

export async function keepRecoveryCodes(postgres: Queryable, memberId: string, hashes: Buffer[]): Promise<void> {
  await postgres.query('INSERT INTO recovery_codes (member_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    memberId,
    hashes,
  ]);
}

/** True once per code. */
export async function takeRecoveryCode(
  postgres: Queryable,
  memberId: string,
  hash: Buffer,
  at: Date,
): Promise<boolean> {
  const taken = await postgres.query(
    'UPDATE recovery_codes SET used_at = $3 WHERE member_id = $1 AND code_hash = $2 AND used_at IS NULL',
    [memberId, hash, at],
  );
  return taken.rowCount === 1;
}

/** The recovery codes go with it. */
export async function removeSecondFactor(postgres: Queryable, memberId: string): Promise<void> {
  await postgres.query('DELETE FROM second_factors WHERE member_id = $1', [memberId]);
}

/** Everybody whose sign-in asks for a code. */
export async function membersWithSecondFactor(postgres: Queryable): Promise<ReadonlySet<string>> {
  const found = await postgres.query<{ member_id: string }>(
    'SELECT member_id FROM second_factors WHERE confirmed_at IS NOT NULL',
  );
  return new Set(found.rows.map((row) => row.member_id));
}

const rolesSchema = z.array(roleSchema);
const rolesOf = (kept: unknown): readonly Role[] => (kept === null ? [] : rolesSchema.parse(kept));

/** The roles that have to have a second factor. */
export async function secondFactorRoles(postgres: Queryable): Promise<readonly Role[]> {
  return rolesOf(await setting(postgres, 'secondFactorRoles'));
}

export async function keepSecondFactorRoles(postgres: Queryable, roles: readonly Role[]): Promise<void> {
  await writeSetting(postgres, 'secondFactorRoles', roles);
}

/**
 * How a person stands with the second factor. `demanded` only of people with a password: whoever comes by the company's own
 * sign-in shows it there.
 */
export async function secondFactorStanding(
  postgres: Queryable,
  member: { readonly id: string; readonly userId: string | null; readonly role: Role },
): Promise<{ on: boolean; demanded: boolean; codesLeft: number }> {
  const found = await postgres.query<{ is_on: boolean; has_password: boolean; codes_left: number; roles: unknown }>(
    `SELECT
       EXISTS (SELECT FROM second_factors WHERE member_id = $1 AND confirmed_at IS NOT NULL) AS is_on,
       EXISTS (SELECT FROM auth_accounts WHERE "userId" = $2 AND "providerId" = 'credential') AS has_password,
       (SELECT count(*)::int FROM recovery_codes WHERE member_id = $1 AND used_at IS NULL) AS codes_left,
       (SELECT value FROM settings WHERE name = 'secondFactorRoles') AS roles`,
    [member.id, member.userId],
  );
  const row = found.rows[0];
  return {
    on: row?.is_on === true,
    demanded: row?.has_password === true && rolesOf(row.roles).includes(member.role),
    codesLeft: row?.codes_left ?? 0,
  };
}
