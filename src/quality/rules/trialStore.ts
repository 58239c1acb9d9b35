import type { Queryable } from '../../platform/transaction.ts';
import type { Trial } from './schemas.ts';

/** Stores how a trial stands, and forgets those of last week. */
export async function keepTrial(
  postgres: Queryable,
  trial: Trial,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  await postgres.query(
    `INSERT INTO rule_trials (id, started_at, started_by, state) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state`,
    [trial.id, at, by, JSON.stringify(trial)],
  );
  await postgres.query(`DELETE FROM rule_trials WHERE started_at < $1::timestamptz - interval '7 days'`, [at]);
}

/** A trial of this person's; null where there is none of that id. */
export async function trialById(postgres: Queryable, id: string, by: string): Promise<Trial | null> {
  const { rows } = await postgres.query<{ state: Trial }>(
    'SELECT state FROM rule_trials WHERE id = $1 AND started_by = $2',
    [id, by],
  );
  return rows[0]?.state ?? null;
}
