import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerOfTheMachine } from '../people/actor.ts';
import { audit } from '../people/audit.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { keepLedger, type LedgerDeps } from './keepLedger.ts';
import { testLedger, testNow } from './testLedger.ts';
import { checkLedger } from './verbs/checkLedger.ts';

let stores: TestStores;
let ledger: LedgerDeps;
let nowMs = testNow;
beforeAll(async () => {
  stores = await startTestStores();
  ledger = { ...testLedger(stores), now: () => nowMs };
});
afterAll(() => stores?.close());

const write = (n: number) => audit(ledger, { userId: 'u1', name: '王主管' }, 'personalData.revealed', `session:S${n}`);
const recordsKept = async () =>
  (
    await stores.postgres.query<{ record: string }>(
      `SELECT record FROM ledger_records JOIN ledger_entries USING (entry_id) WHERE kind = 'auditSealed' ORDER BY entry_id`,
    )
  ).rows.map(({ record }) => JSON.parse(record));
const told = async () => {
  const { faults, notes } = await checkLedger(ledger, ownerOfTheMachine);
  return { faults: faults.map(({ code, params }) => [code, ...Object.values(params)]), notes };
};

test('rows of the audit log are sealed after ten minutes, a thousand at once, and the ledger learns a digest and nothing of them', async () => {
  await write(1);
  await write(2);
  nowMs += 9 * 60_000;
  await keepLedger(ledger);
  expect(await recordsKept()).toEqual([]);
  expect((await told()).notes).toEqual([{ code: 'ledger.auditWaiting', params: { count: 2 } }]);
  nowMs += 60_000;
  await keepLedger(ledger);
  expect(await recordsKept()).toMatchObject([{ seal: 1, rows: 2 }]);
  expect(JSON.stringify(await recordsKept())).not.toMatch(/王主管|u1|session|S1/);
  await Promise.all(Array.from({ length: 1001 }, (_, n) => write(n)));
  await keepLedger(ledger);
  expect((await recordsKept()).map(({ rows }) => rows)).toEqual([2, 1000]);
  nowMs += 10 * 60_000;
  await keepLedger(ledger);
  expect((await recordsKept()).map(({ rows }) => rows)).toEqual([2, 1000, 1]);
  expect(await told()).toEqual({ faults: [], notes: [] });
});

test('a row that is altered, deleted or put in by hand is found, and so is a seal that was made to fit or taken away', async () => {
  /** As somebody would who owns the database, and undone again. */
  const tampered = async (...statements: string[]) => {
    const connection = await stores.postgres.connect();
    try {
      await connection.query('BEGIN; SET LOCAL session_replication_role = replica');
      for (const statement of statements) await connection.query(statement);
      await connection.query('COMMIT');
    } finally {
      connection.release();
    }
    return (await told()).faults;
  };
  await stores.postgres.query(
    `CREATE TABLE kept_log AS TABLE audit_log; CREATE TABLE kept_seals AS TABLE audit_seals;
     CREATE TABLE kept_entries AS TABLE ledger_entries; CREATE TABLE kept_records AS TABLE ledger_records`,
  );
  const back = [
    ...['DELETE FROM audit_log', 'INSERT INTO audit_log OVERRIDING SYSTEM VALUE SELECT * FROM kept_log'],
    ...['DELETE FROM audit_seals', 'INSERT INTO audit_seals SELECT * FROM kept_seals', 'DELETE FROM audit_unsealed'],
    ...['DELETE FROM ledger_records', 'INSERT INTO ledger_records SELECT * FROM kept_records'],
    ...['DELETE FROM ledger_entries', 'INSERT INTO ledger_entries SELECT * FROM kept_entries'],
  ];
  const entryOf = (seal: number) =>
    `(SELECT entry_id FROM kept_records WHERE record::jsonb->>'kind' = 'auditSealed' AND record::jsonb->'seal' = '${seal}')`;
  const { rows: leaves } = await stores.postgres.query<{ leaf: string }>(
    `SELECT leaf FROM ledger_leaves WHERE entry_id = ${entryOf(2)}`,
  );
  const leaf = Number(leaves[0]?.leaf);
  const each = [
    [`UPDATE ledger_entries SET kind = 'scorecard' WHERE entry_id = ${entryOf(2)}`, ['ledger.entryAltered', leaf]],
    [
      `UPDATE ledger_entries SET at = at - interval '1 second' WHERE entry_id = ${entryOf(2)}`,
      ['ledger.entryAltered', leaf],
    ],
    // Seal, rows and what the ledger said of them taken away, the entry made to look like one that was erased with a person.
    [
      `DELETE FROM audit_log WHERE id IN (SELECT unnest(ids) FROM audit_seals WHERE seal = 2);
       DELETE FROM audit_seals WHERE seal = 2; DELETE FROM ledger_records WHERE entry_id = ${entryOf(2)};
       UPDATE ledger_entries SET kind = 'scorecard' WHERE entry_id = ${entryOf(2)}`,
      ['ledger.auditSealGap', 2],
    ],
    // A seal by hand, with an entry that has no place in the tree.
    [
      `INSERT INTO audit_seals SELECT 4, ids, salts, commitments, sealed_at FROM audit_seals WHERE seal = 3;
       INSERT INTO ledger_entries SELECT -1, kind, at, sha256(commitment) FROM ledger_entries WHERE entry_id = ${entryOf(3)};
       INSERT INTO ledger_records (entry_id, salt, record)
         SELECT -1, salt, replace(record, '"seal":3', '"seal":4') FROM ledger_records WHERE entry_id = ${entryOf(3)}`,
      ['ledger.auditSealAltered', 4],
    ],
    ['INSERT INTO audit_unsealed VALUES (999999)', ['ledger.auditWaitingMissing', '999999']],
    [`UPDATE audit_log SET actor_name = '李主管' WHERE id = 1`, ['ledger.auditRowAltered', '1']],
    [`UPDATE audit_log SET at = at + interval '1 microsecond' WHERE id = 2`, ['ledger.auditRowAltered', '2']],
    [`UPDATE audit_log SET actor_id = 'u1王', actor_name = '主管' WHERE id = 3`, ['ledger.auditRowAltered', '3']],
    ['DELETE FROM audit_log WHERE id = 2', ['ledger.auditRowMissing', '2']],
    ['DELETE FROM audit_seals WHERE seal = 2; DELETE FROM audit_log WHERE id > 2', ['ledger.auditSealMissing', 2]],
  ] as const;
  for (const [statement, fault] of each) {
    expect([statement, await tampered(statement)]).toEqual([statement, expect.arrayContaining([fault])]);
    expect(await tampered(...back)).toEqual([]);
  }
  const stray = `INSERT INTO audit_log (at, actor_id, actor_name, action, subject) VALUES (now(), 'u2', 'x', 'y', 'z') RETURNING id`;
  const { rows } = await stores.postgres.query<{ id: string }>(stray);
  expect((await told()).faults).toEqual([['ledger.auditRowStray', rows[0]?.id]]);
  expect(await tampered(...back)).toEqual([]);
  // Row and seal made to agree: the digest in the ledger does not.
  const salt = Buffer.alloc(32);
  const forged = ['1', String(testNow * 1000), 'u1', '李主管', 'personalData.revealed', 'session:S1'];
  const commitment = createHash('sha256').update(salt).update(JSON.stringify(forged)).digest();
  const fitting = `UPDATE audit_seals SET salts = overlay(salts PLACING '\\x${salt.toString('hex')}' FROM 1 FOR 32),
    commitments = overlay(commitments PLACING '\\x${commitment.toString('hex')}' FROM 1 FOR 32) WHERE seal = 1`;
  const faults = await tampered(`UPDATE audit_log SET actor_name = '李主管' WHERE id = 1`, fitting);
  expect(faults).toEqual([['ledger.auditSealAltered', 1]]);
  expect(await tampered(...back)).toEqual([]);
  // What the ledger said of a seal cannot be erased as a person's entries can.
  const erased = `DELETE FROM ledger_records WHERE entry_id = (SELECT min(entry_id) FROM ledger_entries WHERE kind = 'auditSealed')`;
  expect(await tampered(erased)).toMatchObject([
    ['ledger.auditRecordMissing', expect.anything()],
    ['ledger.auditSealAltered', 1],
  ]);
  expect(await tampered(...back)).toEqual([]);
  // Told once more of a seal, in the tree as everything else: that makes no other seal fit.
  const again = `WITH first AS (SELECT kind, at, r.* FROM ledger_records AS r JOIN ledger_entries USING (entry_id) WHERE entry_id = ${entryOf(1)}),
      entry AS (INSERT INTO ledger_entries SELECT 999999, kind, at, sha256(sha256(salt) || convert_to(record, 'UTF8')) FROM first),
      waiting AS (INSERT INTO ledger_pending (entry_id) VALUES (999999))
    INSERT INTO ledger_records (entry_id, salt, record) SELECT 999999, sha256(salt), record FROM first`;
  expect(await tampered(again)).toEqual([['ledger.auditSealTwice', 1]]);
});

test('places of rows that do not exist keep no row from being sealed', async () => {
  await stores.postgres.query('INSERT INTO audit_unsealed SELECT -generate_series(1, 1000)');
  await write(2000);
  nowMs += 10 * 60_000;
  await keepLedger(ledger);
  expect(await recordsKept()).toContainEqual(expect.objectContaining({ seal: 4, rows: 1 }));
});
