import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { transaction } from '../platform/transaction.ts';
import { appendEntries } from './appendEntries.ts';
import { type AuditRow, insertSeal, unsealedRows } from './auditSealStore.ts';
import { canonicalJson } from './canonicalJson.ts';

const saltBytes = 32;
const batchRows = 1000;
/** So long a row waits for others, that the ledger is not full of seals. */
const waitMs = 10 * 60_000;

/**
 * Seals the rows of the audit log that wait: the ledger gets the digest of their commitments in the transaction that keeps the
 * commitments. A thousand rows at a time; fewer once the oldest has waited ten minutes. Call it under the lock of the ledger.
 */
export async function sealAudit(postgres: pg.Pool, now: () => number): Promise<void> {
  while ((await transaction(postgres, (connection) => sealBatch(connection, now))) === batchRows);
}

async function sealBatch(connection: pg.PoolClient, now: () => number): Promise<number> {
  const rows = await unsealedRows(connection, batchRows);
  const oldestMs = Math.min(...rows.map(({ at }) => at.getTime()));
  // A clock that was set back must not keep rows waiting.
  const isDue = rows.length === batchRows || Math.abs(now() - oldestMs) >= waitMs;
  if (rows.length === 0 || !isDue) return 0;
  const salts = randomBytes(saltBytes * rows.length);
  const commitments = Buffer.concat(rows.map((row, i) => auditCommitment(saltOf(salts, i), row)));
  const ids = rows.map(({ id }) => id);
  const seal = await insertSeal(connection, { ids, salts, commitments }, new Date(now()));
  const record = { kind: 'auditSealed' as const, seal, rows: rows.length, digest: sealDigest(commitments) };
  await appendEntries(connection, [{ record }], { now });
  return rows.length;
}

/** The part of the i-th row, of salts or of commitments. */
export const saltOf = (parts: Buffer, i: number): Buffer => parts.subarray(saltBytes * i, saltBytes * (i + 1));

/** What a seal holds of a row: whoever has row and salt can make it again, and nobody else can guess the row. */
export const auditCommitment = (salt: Buffer, { row }: Pick<AuditRow, 'row'>): Buffer =>
  createHash('sha256').update(salt).update(canonicalJson(row)).digest();

/** What the ledger is told of a seal. */
export const sealDigest = (commitments: Buffer): string => createHash('sha256').update(commitments).digest('hex');
