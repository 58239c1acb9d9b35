import type pg from 'pg';
import { type Queryable, transaction } from '../platform/transaction.ts';
import { countUnsealed, recordedSeals, sealAfter, strayRows, waitingWithoutRow } from './auditSealStore.ts';
import { jsonOf } from './receipt.ts';
import { recordSchema } from './records.ts';
import { auditCommitment, saltOf, sealDigest } from './sealAudit.ts';
import type { Told } from './told.ts';

/**
 * Every row of the audit log against its seal, every seal against what the ledger says of it. The entries themselves are checked with
 * the others. At most `limit` of each fault.
 */
export function checkAudit(postgres: pg.Pool, limit: number): Promise<{ faults: Told[]; notes: Told[] }> {
  return transaction(postgres, async (connection) => {
    // All of it as of one moment: what is sealed meanwhile is no fault.
    await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return checkSeals(connection, limit);
  });
}

async function checkSeals(postgres: Queryable, limit: number): Promise<{ faults: Told[]; notes: Told[] }> {
  const recorded = new Map<number, string>();
  const faults: Told[] = [];
  for (const { entryId, record } of await recordedSeals(postgres)) {
    const said = recordSchema.safeParse(jsonOf(record ?? ''));
    if (!said.success || said.data.kind !== 'auditSealed') {
      faults.push({ code: 'ledger.auditRecordMissing', params: { entry: entryId } });
      continue;
    }
    const { seal, digest } = said.data;
    // The first one counts: another must not make an altered seal fit.
    if (recorded.has(seal)) faults.push({ code: 'ledger.auditSealTwice', params: { seal } });
    else recorded.set(seal, digest);
  }
  for (let after = 0; ; ) {
    const found = await sealAfter(postgres, after);
    if (!found) break;
    const { seal, ids, salts, commitments, rows } = found;
    if (seal !== after + 1) faults.push({ code: 'ledger.auditSealGap', params: { seal: after + 1 } });
    if (recorded.get(seal) !== sealDigest(commitments))
      faults.push({ code: 'ledger.auditSealAltered', params: { seal } });
    recorded.delete(seal);
    const byId = new Map(rows.map((row) => [row.id, row]));
    ids.forEach((id, i) => {
      const row = byId.get(id);
      if (!row) faults.push({ code: 'ledger.auditRowMissing', params: { row: id } });
      else if (!auditCommitment(saltOf(salts, i), row).equals(saltOf(commitments, i)))
        faults.push({ code: 'ledger.auditRowAltered', params: { row: id } });
    });
    after = seal;
  }
  for (const seal of recorded.keys()) faults.push({ code: 'ledger.auditSealMissing', params: { seal } });
  for (const row of await strayRows(postgres, limit)) faults.push({ code: 'ledger.auditRowStray', params: { row } });
  for (const row of await waitingWithoutRow(postgres, limit))
    faults.push({ code: 'ledger.auditWaitingMissing', params: { row } });
  const waiting = await countUnsealed(postgres);
  return {
    faults: faults.slice(0, limit),
    notes: waiting === 0 ? [] : [{ code: 'ledger.auditWaiting', params: { count: waiting } }],
  };
}
