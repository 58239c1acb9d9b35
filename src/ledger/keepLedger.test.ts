import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ownerOfTheMachine } from '../people/actor.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { readAnchors } from './anchor.ts';
import { readCheckpoint } from './checkpoint.ts';
import { keepLedger } from './keepLedger.ts';
import { lastCheckpoint, readKeys } from './logStore.ts';
import { makeReceipt } from './makeReceipt.ts';
import { readKey, readNote, signedBy } from './note.ts';
import { appealEntry, append, killedAfter, testLedger, testNow } from './testLedger.ts';
import { checkLedger } from './verbs/checkLedger.ts';
import { rotateKey } from './verbs/rotateKey.ts';
import { verifyReceipt } from './verifyReceipt.ts';

let stores: TestStores;
const opened: TestStores[] = [];
beforeEach(async () => {
  stores = await startTestStores();
  opened.push(stores);
});
afterAll(() => Promise.all(opened.map((each) => each.close())));

const keyIn = async () => readKey((await readKeys(stores.postgres)).at(-1)?.key ?? '');

/** As whoever owns the database can, past its triggers. */
const forceful = (sql: string) =>
  stores.postgres.query(`SET session_replication_role = replica; ${sql}; SET session_replication_role = DEFAULT`);

test('whatever statement a process is killed at, the next one finishes: each entry once, in order, one checkpoint a size', async () => {
  const ledger = testLedger(stores);
  await keepLedger(ledger);
  const hashes: string[] = [];
  let killed = 0;
  for (let statements = 0, done = false; !done; statements += 1) {
    hashes.push(...(await append(ledger, [appealEntry(statements), appealEntry(statements)])));
    const postgres = killedAfter(stores.postgres, statements);
    done = await keepLedger({ ...ledger, stores: { ...ledger.stores, postgres } }).then(
      () => true,
      (error: Error) => error.message !== 'killed',
    );
    if (!done) killed += 1;
    expect(await keepLedger(ledger)).toBe('ready');
    // What was signed and noted down before the crash still holds: nothing was signed twice with another content.
    expect((await lastCheckpoint(stores.postgres))?.size).toBe(hashes.length);
  }
  expect(killed).toBeGreaterThan(15);
  const { rows } = await stores.postgres.query<{ hash: string }>(
    `SELECT encode(commitment, 'hex') AS hash FROM ledger_leaves JOIN ledger_entries USING (entry_id) ORDER BY leaf`,
  );
  expect(rows.map(({ hash }) => hash)).toEqual(hashes);
  expect((await checkLedger(ledger, ownerOfTheMachine)).faults).toEqual([]);
});

test('several processes that keep the ledger at once give each entry one place', async () => {
  const ledger = testLedger(stores);
  await keepLedger(ledger);
  await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      await append(ledger, [appealEntry(n), appealEntry(n)]);
      await keepLedger(ledger);
    }),
  );
  expect((await lastCheckpoint(stores.postgres))?.size).toBe(12);
  expect((await checkLedger(ledger, ownerOfTheMachine)).faults).toEqual([]);
});

test('the private key is a file for its owner alone, and a database that went back in time is not signed again', async () => {
  const ledger = testLedger(stores);
  await append(ledger, [appealEntry(1), appealEntry(2), appealEntry(3)]);
  expect(await keepLedger(ledger)).toBe('ready');
  expect(statSync(join(ledger.stores.dataDir, 'ledger.key')).mode & 0o777).toBe(0o600);
  // As an older backup would be: the last entry and the checkpoint over it are gone.
  await forceful(`DELETE FROM ledger_checkpoints; DELETE FROM ledger_leaves WHERE leaf = 2; UPDATE ledger_log SET size = 2;
    UPDATE ledger_tiles SET hashes = substr(hashes, 1, 64) WHERE level = 0`);
  expect(await keepLedger(ledger)).toBe('truncated');
  // Another entry in its place makes the tree as long as it was, but another one.
  await append(ledger, [appealEntry(4)]);
  expect(await keepLedger(ledger)).toBe('forked');
  expect(await lastCheckpoint(stores.postgres)).toBeNull();
  expect((await checkLedger(ledger, ownerOfTheMachine)).faults.map(({ code }) => code)).toContain('ledger.forked');
});

test('rows of the ledger that lead nowhere are counted, each kind by itself', async () => {
  const ledger = testLedger(stores);
  await append(ledger, [appealEntry(1), appealEntry(2), appealEntry(3), appealEntry(4)]);
  expect(await keepLedger(ledger)).toBe('ready');
  await forceful(`INSERT INTO ledger_entries SELECT entry_id + 100, kind, at, sha256(commitment) FROM ledger_entries WHERE entry_id % 2 = 0;
    INSERT INTO ledger_records (entry_id, salt, record) SELECT entry_id + 200, salt, record FROM ledger_records LIMIT 1`);
  expect((await checkLedger(ledger, ownerOfTheMachine)).faults).toContainEqual({
    code: 'ledger.rowsStray',
    params: { records: 1, entries: 2 },
  });
});

test('a lost key stops signing, not the ledger; another key is not taken for it; a rotation said to be for a lost key goes on', async () => {
  const ledger = testLedger(stores);
  await append(ledger, [appealEntry(1)]);
  await keepLedger(ledger);
  const old = await keyIn();
  const file = join(ledger.stores.dataDir, 'ledger.key');
  const kept = readFileSync(file, 'utf8');
  rmSync(file);
  await append(ledger, [appealEntry(2)]);
  expect(await keepLedger(ledger)).toBe('keyLost');
  expect(existsSync(file)).toBe(false);
  const swapped = {
    ...ledger,
    ledger: { ...ledger.ledger, key: { now: Buffer.alloc(32, 7).toString('base64url'), before: null } },
  };
  expect(await keepLedger(swapped)).toBe('otherKey');
  await expect(rotateKey(ledger, ownerOfTheMachine, { lost: false })).rejects.toMatchObject({
    code: 'ledger.keyMissing',
  });
  writeFileSync(file, kept);
  await expect(rotateKey(ledger, ownerOfTheMachine, { lost: true })).rejects.toMatchObject({
    code: 'ledger.keyNotLost',
  });
  const early = await makeReceipt(stores.postgres, { leaf: 0 }, null);
  rmSync(file);

  const { to } = await rotateKey(ledger, ownerOfTheMachine, { lost: true });
  expect(await keepLedger(ledger)).toBe('ready');
  const now = await keyIn();
  const late = await makeReceipt(stores.postgres, { leaf: 1 }, null);
  if (!old || !now) throw new Error('a key could not be read');
  const verdict = (text: string, key: typeof old) => verifyReceipt(text, { key, witnesses: [] }).verdict;
  expect(to).toContain(now.keyId);
  // The old key still verifies what it signed; of the new one it knows nothing, as nobody could sign that it is its successor.
  expect([verdict(early, old), verdict(late, now), verdict(late, old), verdict(early, now)]).toEqual([
    'holds',
    'holds',
    'fails',
    'fails',
  ]);
  expect((await checkLedger(ledger, ownerOfTheMachine)).faults).toEqual([]);
});

test('after a planned rotation, wherever it was cut off, whoever noted the first key verifies receipts of every later one', async () => {
  const ledger = testLedger(stores);
  await append(ledger, [appealEntry(1)]);
  await keepLedger(ledger);
  const first = await keyIn();
  for (let statements = 0, done = false; !done; statements += 3) {
    const postgres = killedAfter(stores.postgres, statements);
    const cut = { ...ledger, stores: { ...ledger.stores, postgres } };
    done = await rotateKey(cut, ownerOfTheMachine, { lost: false }).then(
      () => true,
      (error: Error) => error.message !== 'killed',
    );
    await append(ledger, [appealEntry(statements)]);
    expect(await keepLedger(ledger)).toBe('ready');
    const receipt = await makeReceipt(stores.postgres, { leaf: 0 }, null);
    const { verdict, key } = verifyReceipt(receipt, { key: first, witnesses: [] });
    expect([verdict, key]).toEqual(['holds', (await readKeys(stores.postgres)).at(-1)?.key]);
  }
  expect((await readKeys(stores.postgres)).length).toBeGreaterThan(2);
  expect(existsSync(join(ledger.stores.dataDir, 'ledger.key.before'))).toBe(false);
  expect((await checkLedger(ledger, ownerOfTheMachine)).faults).toEqual([]);
});

test('after a dozen changes of key a receipt is still read, and whoever noted the first key verifies it', async () => {
  const ledger = testLedger(stores);
  await append(ledger, [appealEntry(1)]);
  await keepLedger(ledger);
  const first = await keyIn();
  for (let n = 0; n < 12; n++) {
    await rotateKey(ledger, ownerOfTheMachine, { lost: false });
    await keepLedger(ledger);
  }
  const receipt = await makeReceipt(stores.postgres, { leaf: 0 }, null);
  expect(verifyReceipt(receipt, { key: first, witnesses: [] }).verdict).toBe('holds');
});

test('a clock that is set back changes no order and no proof; the check tells of it', async () => {
  const ledger = testLedger(stores);
  await append(ledger, [appealEntry(1)]);
  await append({ ...ledger, now: () => testNow - 86_400_000 }, [appealEntry(2)]);
  expect(await keepLedger({ ...ledger, now: () => testNow - 86_400_000 })).toBe('ready');
  const checked = await checkLedger(ledger, ownerOfTheMachine);
  expect([checked.faults, checked.notes]).toEqual([[], [{ code: 'ledger.clockBack', params: { leaf: 1, count: 1 } }]]);
});

test('every checkpoint goes to a folder and into Git, in order; a place that fails is told of and catches up', async () => {
  const [folder, repository] = ['folder', 'git'].map((name) => mkdtempSync(join(tmpdir(), `heng-test-${name}-`)));
  if (!folder || !repository) throw new Error('no folders');
  execFileSync('git', ['init', '--quiet', repository]);
  const anchors = readAnchors(`${folder} ${repository} http://127.0.0.1:9/checkpoints`);
  let now = testNow;
  const ledger = { ...testLedger(stores, { anchors }), now: () => now };
  await append(ledger, [appealEntry(1)]);
  await keepLedger(ledger);
  rmSync(folder, { recursive: true });
  await append(ledger, [appealEntry(2)]);
  await keepLedger(ledger);
  const states = async () =>
    (
      await stores.postgres.query<{ size: string; failure: string | null }>(
        'SELECT size, failure FROM ledger_anchors ORDER BY target',
      )
    ).rows.map(({ size, failure }) => [Number(size), failure]);
  expect(await states()).toEqual([
    [1, 'ENOENT'],
    [2, null],
    [0, 'unreachable'],
  ]);
  execFileSync('mkdir', [folder]);
  now += 61_000;
  await keepLedger(ledger);
  expect((await states())[0]).toEqual([2, null]);
  expect(readdirSync(folder)).toEqual(['checkpoint-000000000002']);
  const log = execFileSync('git', ['-C', repository, 'log', '--reverse', '--format=%s'], { encoding: 'utf8' });
  expect(log).toBe('checkpoint 1\ncheckpoint 2\n');
  const note = readNote(readFileSync(join(repository, 'checkpoint-000000000002'), 'utf8'));
  const key = await keyIn();
  expect(note && key && [signedBy(note, key), readCheckpoint(note.text)?.size]).toEqual(['valid', 2]);
  expect(() => readAnchors('relative/folder')).toThrow(expect.objectContaining({ code: 'config.ledgerAnchor' }));
});
