import type { Queryable } from './transaction.ts';

export interface JobRun {
  readonly startedAt: string;
  /** Null while it runs. */
  readonly durationMs: number | null;
  /** The code of what went wrong; null otherwise. */
  readonly failure: string | null;
}

/** By so much the clocks of several nodes may differ. What seems to begin later than that began when a clock was wrong. */
const clocksApartMs = 3_600_000;

/** A job's last attempt as the clock is now; null where it was never tried. What a clock that ran ahead wrote down does not count. */
export async function lastJobRun(postgres: Queryable, job: string, nowMs: number): Promise<JobRun | null> {
  const { rows } = await postgres.query<{ started_at: Date; finished_at: Date | null; failure: string | null }>(
    `SELECT started_at, finished_at, failure FROM job_runs WHERE job = $1 AND started_at <= $2
     ORDER BY started_at DESC LIMIT 1`,
    [job, new Date(nowMs + clocksApartMs)],
  );
  const [row] = rows;
  if (!row) return null;
  const durationMs = row.finished_at ? row.finished_at.getTime() - row.started_at.getTime() : null;
  return { startedAt: row.started_at.toISOString(), durationMs, failure: row.failure };
}

export async function beginJobRun(postgres: Queryable, job: string, startedAt: Date): Promise<void> {
  await postgres.query('INSERT INTO job_runs (job, started_at) VALUES ($1, $2)', [job, startedAt]);
}

/** Notes how it ended and forgets all but the last thirty attempts, and those that a clock that ran ahead wrote down. */
export async function endJobRun(
  postgres: Queryable,
  job: string,
  startedAt: Date,
  end: { at: Date; failure: string | null },
): Promise<void> {
  await postgres.query('UPDATE job_runs SET finished_at = $3, failure = $4 WHERE job = $1 AND started_at = $2', [
    job,
    startedAt,
    end.at,
    end.failure,
  ]);
  await postgres.query(
    `DELETE FROM job_runs WHERE job = $1 AND (started_at > $2 OR started_at NOT IN
       (SELECT started_at FROM job_runs WHERE job = $1 AND started_at <= $2 ORDER BY started_at DESC LIMIT 30))`,
    [job, new Date(end.at.getTime() + clocksApartMs)],
  );
}
