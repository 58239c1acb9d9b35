import type { Queryable } from '../platform/transaction.ts';
import { hashOfSecret } from './secret.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Takes one try for this e-mail before it is known whether it is wrong, so that a thousand at once are a thousand in a row.
 * `waitsMs[n]`: how long the next try waits after n wrong ones, the last of them for more. Null while one has to wait.
 */
export async function takeGuess(
  postgres: Queryable,
  email: string,
  at: Date,
  waitsMs: readonly number[],
): Promise<{ failures: number } | null> {
  await postgres.query('DELETE FROM sign_in_guesses WHERE last_at <= $1', [new Date(at.getTime() - dayMs)]);
  // Nobody waits longer than the longest wait: what says so was written while a clock ran ahead, and begins anew.
  await postgres.query(
    `UPDATE sign_in_guesses SET last_at = $2,
       wait_until = $2::timestamptz + ($3::int[])[least(failures + 1, array_length($3::int[], 1))] * interval '1 ms'
     WHERE email_hash = $1 AND wait_until > $2::timestamptz + ($3::int[])[array_length($3::int[], 1)] * interval '1 ms'`,
    [hashOfSecret(email), at, waitsMs],
  );
  const taken = await postgres.query<{ failures: number }>(
    `INSERT INTO sign_in_guesses AS known (email_hash, failures, last_at, wait_until)
     VALUES ($1, 1, $2, $2::timestamptz + ($3::int[])[2] * interval '1 ms')
     ON CONFLICT (email_hash) DO UPDATE SET
       failures = known.failures + 1,
       last_at = excluded.last_at,
       wait_until = excluded.last_at
         + ($3::int[])[least(known.failures + 2, array_length($3::int[], 1))] * interval '1 ms'
     WHERE known.wait_until <= excluded.last_at
     RETURNING failures`,
    [hashOfSecret(email), at, waitsMs],
  );
  const row = taken.rows[0];
  return row ? { failures: row.failures } : null;
}

/** Gives back a try that was not wrong, though nobody signed in by it. */
export async function giveBackGuess(postgres: Queryable, email: string): Promise<void> {
  await postgres.query(
    'UPDATE sign_in_guesses SET failures = greatest(failures - 1, 0), wait_until = last_at WHERE email_hash = $1',
    [hashOfSecret(email)],
  );
}

/** True when there was something to forget. */
export async function forgetGuesses(postgres: Queryable, email: string): Promise<void> {
  await postgres.query('DELETE FROM sign_in_guesses WHERE email_hash = $1', [hashOfSecret(email)]);
}

/** Who has to wait at this moment, and until when. */
export async function waitingGuesses(
  postgres: Queryable,
  emails: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Date>> {
  const found = await postgres.query<{ email_hash: Buffer; wait_until: Date }>(
    'SELECT email_hash, wait_until FROM sign_in_guesses WHERE wait_until > $1 AND email_hash = ANY($2::bytea[])',
    [at, emails.map(hashOfSecret)],
  );
  const until = new Map(found.rows.map((row) => [row.email_hash.toString('hex'), row.wait_until]));
  return new Map(
    emails.flatMap((email) => {
      const wait = until.get(hashOfSecret(email).toString('hex'));
      return wait ? [[email, wait] as const] : [];
    }),
  );
}
