import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { type Queryable, transaction } from '../platform/transaction.ts';
import { appendEntries, type LedgerEntry } from './appendEntries.ts';
import { ledgerContent, sha256Hex } from './ledgerContent.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(() => stores?.close());

const now = () => Date.parse('2026-11-30T08:00:00Z');
const appeal = (n: number): LedgerEntry => ({
  record: {
    kind: 'appealDecided',
    ...{ appealId: `a${n}`, period: '2026-10', agentId: 'k1', item: null, decision: 'upheld' },
    ...{ decidedBy: '王主管', reasonHash: sha256Hex('看了录音'), scorecard: null },
  },
});
function definition() {
  const content = ledgerContent({ kind: 'retired' });
  const record = {
    kind: 'definitionChanged' as const,
    ...{
      metric: 'reply_rate',
      version: 1,
      inForceFrom: '2026-12',
      definition: content.hash,
      reason: '',
      changedBy: 'x',
    },
  };
  return { record, contents: [content] };
}
const count = async (table: string) =>
  Number((await stores.postgres.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);

test('entries are there if and only if their transaction was committed, in its order, each a commitment to its record', async () => {
  const refused = transaction(stores.postgres, async (connection) => {
    // A new content comes while the batch before it is stored: the connection has one statement at a time all the same.
    let [running, most] = [0, 0];
    const counted: Queryable = Object.create(connection, {
      query: {
        value: (text: string, values?: unknown[]) => {
          most = Math.max(most, ++running);
          return connection.query(text, values).finally(() => running--);
        },
      },
    });
    const batch = Array.from({ length: 2000 }, (_, n) => appeal(n));
    expect(await appendEntries(counted, [...batch, definition()], { now })).toHaveLength(2001);
    expect(most).toBe(1);
    throw new Error('the verb failed after all');
  });
  await expect(refused).rejects.toThrow('after all');
  expect(await count('ledger_entries')).toBe(0);

  const many = Array.from({ length: 4001 }, (_, n) => appeal(n));
  const hashes = await transaction(stores.postgres, (connection) => appendEntries(connection, many, { now }));
  const { rows } = await stores.postgres.query<{ commitment: Buffer; salt: Buffer; record: string }>(
    'SELECT commitment, salt, record FROM ledger_entries JOIN ledger_records USING (entry_id) ORDER BY entry_id',
  );
  expect(rows.map(({ commitment }) => commitment.toString('hex'))).toEqual(hashes);
  for (const { commitment, salt, record } of rows)
    expect(createHash('sha256').update(salt).update(record).digest().equals(commitment)).toBe(true);
  expect(rows.map(({ record }) => (JSON.parse(record) as { appealId: string }).appealId)).toEqual(
    many.map((_, n) => `a${n}`),
  );
  expect(new Set(hashes).size).toBe(4001);
  expect(await count('ledger_pending')).toBe(4001);
});

test('a record that is not of its schema, or whose contents are not given, is appended by nobody', async () => {
  const { record, contents } = definition();
  const append = (entry: LedgerEntry) => appendEntries(stores.postgres, [entry], { now });
  await expect(append({ record })).rejects.toThrow(/content/);
  await expect(append({ record: { ...record, version: 0 }, contents })).rejects.toThrow();
  await expect(append({ record, contents })).resolves.toHaveLength(1);
});

test('entries cannot be altered or removed; what a record says can be erased, but not rewritten', async () => {
  for (const table of ['ledger_entries', 'ledger_records'])
    await expect(stores.postgres.query(`UPDATE ${table} SET entry_id = entry_id`)).rejects.toThrow(/only ever added/);
  await expect(stores.postgres.query('DELETE FROM ledger_entries')).rejects.toThrow(/only ever added/);
  const before = await count('ledger_records');
  await stores.postgres.query('DELETE FROM ledger_records WHERE entry_id = (SELECT min(entry_id) FROM ledger_records)');
  expect(await count('ledger_records')).toBe(before - 1);
});
