import { createHash } from 'node:crypto';
import { TooMany } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';

const windowMs = 15 * 60 * 1000;
const allowed = 10;

/**
 * Slows guessing at one person's password from many addresses: after 10 failures within 15 minutes, on whichever nodes, that e-mail has
 * to wait. Throws TooMany `signIn.tooMany`.
 */
export async function demandFewFailures(postgres: Queryable, email: string, nowMs: number): Promise<void> {
  const { rows } = await postgres.query<{ at: Date }>(
    'SELECT at FROM sign_in_failures WHERE account = $1 AND at > $2 ORDER BY at DESC LIMIT 1 OFFSET $3',
    [accountOf(email), new Date(nowMs - windowMs), allowed - 1],
  );
  const [oldest] = rows;
  if (!oldest) return;
  const waitMs = oldest.at.getTime() + windowMs - nowMs;
  throw new TooMany('signIn.tooMany', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

export async function noteFailure(postgres: Queryable, email: string, nowMs: number): Promise<void> {
  await postgres.query('DELETE FROM sign_in_failures WHERE at <= $1', [new Date(nowMs - windowMs)]);
  await postgres.query('INSERT INTO sign_in_failures (account, at) VALUES ($1, $2)', [
    accountOf(email),
    new Date(nowMs),
  ]);
}

export async function forgetFailures(postgres: Queryable, email: string): Promise<void> {
  await postgres.query('DELETE FROM sign_in_failures WHERE account = $1', [accountOf(email)]);
}

const accountOf = (email: string): Buffer => createHash('sha256').update(email, 'utf8').digest();
