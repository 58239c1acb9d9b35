import type { Queryable } from '../platform/transaction.ts';

/** A row of the audit log, and the text that its seal commits to. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  /** Every column, the instant to the microsecond as the database keeps it. */
  readonly row: readonly string[];
}

const columns = `id, at, ARRAY[id::text, (extract(epoch FROM at) * 1000000)::bigint::text, actor_id, actor_name, action, subject] AS row`;

/** The oldest rows without a seal. Call it under the lock of the ledger. */
export async function unsealedRows(connection: Queryable, limit: number): Promise<AuditRow[]> {
  const { rows } = await connection.query<AuditRow>(
    `SELECT ${columns} FROM audit_unsealed JOIN audit_log USING (id) ORDER BY id LIMIT $1`,
    [limit],
  );
  return rows;
}

export interface AuditSeal {
  readonly seal: number;
  readonly ids: readonly string[];
  readonly salts: Buffer;
  readonly commitments: Buffer;
}

/** Keeps a seal; its rows wait no longer. Answers its number. */
export async function insertSeal(connection: Queryable, seal: Omit<AuditSeal, 'seal'>, at: Date): Promise<number> {
  await connection.query('DELETE FROM audit_unsealed WHERE id = ANY ($1::bigint[])', [seal.ids]);
  const { rows } = await connection.query<{ seal: string }>(
    `INSERT INTO audit_seals (seal, ids, salts, commitments, sealed_at)
     SELECT coalesce(max(seal), 0) + 1, $1, $2, $3, $4 FROM audit_seals RETURNING seal`,
    [seal.ids, seal.salts, seal.commitments, at],
  );
  return Number(rows[0]?.seal);
}

/** The first seal after this one, with those of its rows that are still there; null after the last. */
export async function sealAfter(
  postgres: Queryable,
  after: number,
): Promise<(AuditSeal & { readonly rows: readonly AuditRow[] }) | null> {
  const seals = await postgres.query<Omit<AuditSeal, 'seal'> & { seal: string }>(
    'SELECT seal, ids, salts, commitments FROM audit_seals WHERE seal > $1 ORDER BY seal LIMIT 1',
    [after],
  );
  const [seal] = seals.rows;
  if (!seal) return null;
  const { rows } = await postgres.query<AuditRow>(`SELECT ${columns} FROM audit_log WHERE id = ANY ($1::bigint[])`, [
    seal.ids,
  ]);
  return { ...seal, seal: Number(seal.seal), rows };
}

/**
 * What the ledger says of seals, in the order of its entries; `record` is null where it was deleted. An entry that neither has a place
 * in the tree nor waits for one says nothing.
 */
export async function recordedSeals(postgres: Queryable): Promise<{ entryId: string; record: string | null }[]> {
  const { rows } = await postgres.query<{ entryId: string; record: string | null }>(
    `SELECT entry_id AS "entryId", record FROM ledger_entries LEFT JOIN ledger_records USING (entry_id)
     WHERE kind = 'auditSealed' AND
       (EXISTS (SELECT FROM ledger_leaves AS placed WHERE placed.entry_id = ledger_entries.entry_id)
        OR EXISTS (SELECT FROM ledger_pending AS waiting WHERE waiting.entry_id = ledger_entries.entry_id))
     ORDER BY entry_id`,
  );
  return rows;
}

/** Rows that neither a seal holds nor wait for one: somebody put them in past the product. */
export async function strayRows(postgres: Queryable, limit: number): Promise<string[]> {
  const { rows } = await postgres.query<{ id: string }>(
    `SELECT id FROM audit_log EXCEPT SELECT unnest(ids) FROM audit_seals EXCEPT SELECT id FROM audit_unsealed
     ORDER BY id LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** What waits for a seal and is no row: the row was deleted, or somebody made the place up. */
export async function waitingWithoutRow(postgres: Queryable, limit: number): Promise<string[]> {
  const { rows } = await postgres.query<{ id: string }>(
    'SELECT id FROM audit_unsealed EXCEPT SELECT id FROM audit_log ORDER BY id LIMIT $1',
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** How many rows wait for a seal. */
export async function countUnsealed(postgres: Queryable): Promise<number> {
  const { rows } = await postgres.query<{ count: string }>(
    'SELECT count(*) AS count FROM audit_unsealed JOIN audit_log USING (id)',
  );
  return Number(rows[0]?.count);
}
