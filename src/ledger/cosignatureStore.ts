import type { Queryable } from '../platform/transaction.ts';
import type { StoredCheckpoint } from './logStore.ts';

export interface StoredWitness {
  readonly key: string;
  readonly addedAt: Date;
  readonly addedBy: string;
}

export async function readWitnesses(postgres: Queryable): Promise<StoredWitness[]> {
  const { rows } = await postgres.query<{ verifier_key: string; added_at: Date; added_by: string }>(
    'SELECT verifier_key, added_at, added_by FROM ledger_witnesses ORDER BY added_at, verifier_key',
  );
  return rows.map(({ verifier_key, added_at, added_by }) => ({
    key: verifier_key,
    addedAt: added_at,
    addedBy: added_by,
  }));
}

/** False where it is known already. */
export async function insertWitness(postgres: Queryable, { key, addedAt, addedBy }: StoredWitness): Promise<boolean> {
  const { rowCount } = await postgres.query(
    'INSERT INTO ledger_witnesses (verifier_key, added_at, added_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [key, addedAt, addedBy],
  );
  return rowCount === 1;
}

export interface StoredCosignature {
  readonly size: number;
  readonly key: string;
  /** The signature line. */
  readonly line: string;
  readonly cosignedAt: Date;
}

export async function insertCosignature(postgres: Queryable, given: StoredCosignature, at: Date): Promise<void> {
  await postgres.query(
    `INSERT INTO ledger_cosignatures (size, verifier_key, line, cosigned_at, received_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [given.size, given.key, given.line, given.cosignedAt, at],
  );
}

/** The newest cosignatures first. */
export async function readCosignatures(postgres: Queryable, limit: number): Promise<StoredCosignature[]> {
  const { rows } = await postgres.query<{ size: string; verifier_key: string; line: string; cosigned_at: Date }>(
    'SELECT size, verifier_key, line, cosigned_at FROM ledger_cosignatures ORDER BY size DESC, verifier_key LIMIT $1',
    [limit],
  );
  return rows.map(({ size, verifier_key, line, cosigned_at }) => ({
    ...{ size: Number(size), key: verifier_key, line, cosignedAt: cosigned_at },
  }));
}

/** A checkpoint as it is handed on: signed by the log, and by the witnesses that cosigned it. */
export async function cosignedNote(postgres: Queryable, { size, note }: StoredCheckpoint): Promise<string> {
  const { rows } = await postgres.query<{ line: string }>(
    'SELECT line FROM ledger_cosignatures WHERE size = $1 ORDER BY verifier_key',
    [size],
  );
  return note + rows.map(({ line }) => `${line}\n`).join('');
}
