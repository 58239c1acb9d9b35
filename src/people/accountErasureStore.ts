import type { Queryable } from '../platform/transaction.ts';
import { forgetGuesses } from './guessStore.ts';
import { erasedDomain } from './schemas.ts';
import { endSessionsOf, type Member, updateMember } from './store.ts';

/** Who made a key stands in the audit log by their id; in the table of keys by their name alone. */
const keysOf = `SELECT split_part(subject, ' ', 1) FROM audit_log WHERE action = 'key.created' AND actor_id = $1`;

/** Nobody does anything with an account from now on: no session, no link, no key of theirs works. Call it within a transaction. */
export async function lockAccount(connection: Queryable, member: Member, at: Date): Promise<void> {
  await updateMember(connection, { ...member, deactivatedAt: member.deactivatedAt ?? at });
  if (member.userId !== null) await endSessionsOf(connection, [member.userId]);
  await connection.query('DELETE FROM one_time_links WHERE member_id = $1', [member.id]);
  await connection.query(`UPDATE api_keys SET revoked_at = $2 WHERE revoked_at IS NULL AND id IN (${keysOf})`, [
    member.id,
    at,
  ]);
}

/**
 * Takes a person out of their account: nobody can sign in with it any more, nothing tells whose it was, and what was done with it still
 * names its id. `standIn` becomes name, agent number and the beginning of the address. Call it within a transaction.
 */
export async function eraseAccount(
  connection: Queryable,
  member: Member,
  { standIn, at }: { readonly standIn: string; readonly at: Date },
): Promise<void> {
  const { id, userId, email } = member;
  await lockAccount(connection, member, at);
  if (userId !== null) {
    await connection.query('DELETE FROM auth_accounts WHERE "userId" = $1', [userId]);
    await connection.query('DELETE FROM auth_users WHERE id = $1', [userId]);
    await connection.query('DELETE FROM auth_verifications WHERE strpos(lower(identifier), $1) > 0', [email]);
  }
  await connection.query('DELETE FROM second_factors WHERE member_id = $1', [id]);
  await forgetGuesses(connection, email);
  // What they called a key may say whose it was.
  await connection.query(`UPDATE api_keys SET created_by = $2, name = $2 WHERE id IN (${keysOf})`, [id, standIn]);
  // The id beside the stand-in: one person may have had two accounts.
  await connection.query(
    `UPDATE members SET email = $2 || '-' || id || '@' || $3, name = $2, agent_id = CASE WHEN agent_id IS NULL THEN NULL ELSE $2 END,
       scope = CASE WHEN scope ->> 'kind' = 'self' THEN jsonb_build_object('kind', 'self', 'agentId', $2::text) ELSE scope END,
       user_id = NULL, last_seen_at = NULL WHERE id = $1`,
    [id, standIn, erasedDomain],
  );
}
