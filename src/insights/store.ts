import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Queryable, transaction } from '../platform/transaction.ts';
import type { SignalResult } from './detect.ts';
import type { Finding } from './judge.ts';
import type { ThresholdValues } from './thresholds.ts';

/** What a run says of each signal, without who. */
export type SignalStanding = { readonly id: string; readonly lacks: readonly string[]; readonly people: number | null };

export interface StoredRun {
  readonly period: string;
  readonly version: number;
  readonly thresholds: ThresholdValues;
  readonly standings: readonly SignalStanding[];
  readonly ranAt: string;
  readonly checkedAt: string;
  readonly durationMs: number;
  readonly by: string;
}

export interface StoredFinding {
  readonly signal: string;
  readonly finding: Finding;
}

export interface NewRun {
  readonly period: string;
  readonly thresholds: ThresholdValues;
  readonly results: readonly SignalResult[];
  readonly ranAt: Date;
  readonly durationMs: number;
  readonly by: string;
}

/** Stores a run as the period's next version; one that found the same as the last version only says that it did. */
export async function keepRun(pool: pg.Pool, run: NewRun): Promise<{ version: number; same: boolean }> {
  const hash = createHash('sha256')
    .update(JSON.stringify([run.thresholds, run.results]))
    .digest('hex');
  return transaction(pool, async (postgres) => {
    await postgres.query('LOCK TABLE signal_runs IN SHARE ROW EXCLUSIVE MODE');
    const last = await postgres.query<{ version: number; content_hash: string }>(
      'SELECT version, content_hash FROM signal_runs WHERE period = $1 ORDER BY version DESC LIMIT 1',
      [run.period],
    );
    const known = last.rows[0];
    if (known?.content_hash === hash) {
      await postgres.query(
        'UPDATE signal_runs SET checked_at = $3, duration_ms = $4 WHERE period = $1 AND version = $2',
        [...[run.period, known.version, run.ranAt, run.durationMs]],
      );
      return { version: known.version, same: true };
    }
    const version = (known?.version ?? 0) + 1;
    const standings: SignalStanding[] = run.results.map((result) => ({
      id: result.id,
      lacks: result.lacks,
      people: result.status === 'measured' ? result.people : null,
    }));
    await postgres.query(
      `INSERT INTO signal_runs (period, version, content_hash, thresholds, results, ran_at, checked_at, duration_ms, run_by)
       VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
      [
        run.period,
        version,
        hash,
        JSON.stringify(run.thresholds),
        JSON.stringify(standings),
        run.ranAt,
        run.durationMs,
        run.by,
      ],
    );
    const rows = run.results.flatMap((result) =>
      result.status === 'measured'
        ? result.findings.map((finding) => ({ signal: result.id, agent_id: finding.agentId, finding }))
        : [],
    );
    await postgres.query(
      `INSERT INTO signal_findings (period, version, signal, agent_id, finding)
       SELECT $1, $2, signal, agent_id, finding FROM jsonb_to_recordset($3) AS each (signal text, agent_id text, finding jsonb)`,
      [run.period, version, JSON.stringify(rows)],
    );
    return { version, same: false };
  });
}

/** The period's last version; null where the signals were never run for it. */
export async function lastRun(postgres: Queryable, period: string): Promise<StoredRun | null> {
  const { rows } = await postgres.query<{
    version: number;
    thresholds: ThresholdValues;
    results: SignalStanding[];
    ran_at: Date;
    checked_at: Date;
    duration_ms: number;
    run_by: string;
  }>(
    `SELECT version, thresholds, results, ran_at, checked_at, duration_ms, run_by
     FROM signal_runs WHERE period = $1 ORDER BY version DESC LIMIT 1`,
    [period],
  );
  const [row] = rows;
  if (!row) return null;
  return {
    period,
    version: row.version,
    thresholds: row.thresholds,
    standings: row.results,
    ranAt: row.ran_at.toISOString(),
    checkedAt: row.checked_at.toISOString(),
    durationMs: row.duration_ms,
    by: row.run_by,
  };
}

export async function findingsOf(postgres: Queryable, { period, version }: StoredRun): Promise<StoredFinding[]> {
  const { rows } = await postgres.query<{ signal: string; finding: Finding }>(
    'SELECT signal, finding FROM signal_findings WHERE period = $1 AND version = $2 ORDER BY signal, agent_id',
    [period, version],
  );
  return rows;
}
