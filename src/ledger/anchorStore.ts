import type { Queryable } from '../platform/transaction.ts';

/** How far a place outside has the checkpoints, and why not further. */
export interface StoredAnchor {
  readonly target: string;
  readonly size: number;
  readonly failure: string | null;
  readonly triedAt: Date;
}

export async function anchorsIn(postgres: Queryable): Promise<StoredAnchor[]> {
  const { rows } = await postgres.query<{ target: string; size: string; failure: string | null; tried_at: Date }>(
    'SELECT target, size, failure, tried_at FROM ledger_anchors ORDER BY target',
  );
  return rows.map(({ target, size, failure, tried_at }) => ({
    target,
    size: Number(size),
    failure,
    triedAt: tried_at,
  }));
}

export async function keepAnchor(postgres: Queryable, { target, size, failure, triedAt }: StoredAnchor): Promise<void> {
  await postgres.query(
    `INSERT INTO ledger_anchors (target, size, sent_at, failure, tried_at)
     VALUES ($1, $2, CASE WHEN $3::text IS NULL THEN $4::timestamptz END, $3, $4)
     ON CONFLICT (target) DO UPDATE SET size = EXCLUDED.size, failure = EXCLUDED.failure, tried_at = EXCLUDED.tried_at,
       sent_at = coalesce(EXCLUDED.sent_at, ledger_anchors.sent_at)`,
    [target, size, failure, triedAt],
  );
}
