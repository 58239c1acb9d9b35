import type { Queryable } from '../platform/transaction.ts';
import { forgetGuesses } from './guessStore.ts';
import { endSessionsOf, erasedDomain, type Member } from './store.ts';

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
  if (userId !== null) {
    await endSessionsOf(connection, [userId]);
    await connection.query('DELETE FROM auth_accounts WHERE "userId" = $1', [userId]);
    await connection.query('DELETE FROM auth_users WHERE id = $1', [userId]);
    await connection.query('DELETE FROM auth_verifications WHERE strpos(lower(identifier), $1) > 0', [email]);
  }
  await connection.query('DELETE FROM second_factors WHERE member_id = $1', [id]);
  await connection.query('DELETE FROM one_time_links WHERE member_id = $1', [id]);
  await forgetGuesses(connection, email);
  // Who made a key stands in the audit log by their id; in the table of keys by their name alone.
  await connection.query(
    `UPDATE api_keys SET created_by = $2, revoked_at = coalesce(revoked_at, $3) WHERE id IN (
       SELECT split_part(subject, ' ', 1) FROM audit_log WHERE action = 'key.created' AND actor_id = $1)`,
    [id, standIn, at],
  );
  // The id beside the stand-in: one person may have had two accounts.
  await connection.query(
    `UPDATE members SET email = $2 || '-' || id || '@' || $4, name = $2, agent_id = CASE WHEN agent_id IS NULL THEN NULL ELSE $2 END,
       scope = CASE WHEN scope ->> 'kind' = 'self' THEN jsonb_build_object('kind', 'self', 'agentId', $2::text) ELSE scope END,
       user_id = NULL, last_seen_at = NULL, deactivated_at = coalesce(deactivated_at, $3) WHERE id = $1`,
    [id, standIn, at, erasedDomain],
  );
}
