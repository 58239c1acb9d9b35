import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyErasures } from '../src/erasure/applyErasures.ts';
import { insertErasure } from '../src/erasure/erasureStore.ts';
import { eraseAgain, listFile } from '../src/erasure/verbs/eraseAgain.ts';
import { retain } from '../src/erasure/verbs/retention.ts';
import { freezeFacts } from '../src/facts/freezeFacts.ts';
import { beginImport, beginPart } from '../src/ingest/journal.ts';
import { readRawTable } from '../src/ingest/rawTable.ts';
import { firstShard } from '../src/ingest/settle.ts';
import { openEmptyStage, stageOf } from '../src/ingest/stage.ts';
import { askMetrics } from '../src/metrics/askMetrics.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { deriveCommitted } from '../src/pipeline.ts';
import { openTestApp, type TestApp } from './testApp.ts';
import { twoTeams } from './twoTeams.ts';

const customerId = 'customer SECRET';
const copy = '2026_10';
let heng: TestApp;
const made: string[] = [];

beforeAll(async () => {
  heng = await openTestApp();
  // Uncompressed, so that what is on the disk can be looked for byte by byte.
  const { clickhouse, postgres } = heng.stores;
  for (const [table, column] of [
    ['messages', 'text'],
    ['ratings', 'comment'],
    ['tickets', 'serial'],
    ['tickets', 'customer_id'],
  ])
    await clickhouse.all.command(`ALTER TABLE ${table} MODIFY COLUMN ${column} String CODEC(NONE)`);
  await twoTeams(heng);
  const administrator = await heng.signedIn({ role: 'administrator' });
  const ratings = [
    { session_id: 'session of qian', score: 4, at: '2026-10-12T10:30:00+08:00', comment: 'SECRET: call 13812345678' },
    { session_id: 'session of zhao', score: 4, at: '2026-10-12T10:30:00+08:00', comment: 'kept' },
  ];
  expect((await administrator('POST', '/api/ingest/ratings', ratings)).status).toBe(200);
  await heng.deps.stores.postgres.query(
    `INSERT INTO cycles (period, state, changed_at) VALUES ('2026-10', 'closed', now())`,
  );
  await freezeFacts(heng.stores, copy);
  await freezeFacts(heng.stores, 'of_a_closing_that_failed');
  await postgres.query(
    `INSERT INTO closings (period, copy, closed_at, closed_by, closed_name, metrics, plans, calendar, exemptions, people)
     VALUES ('2026-10', $1, now(), 'x', 'x', '{}', '[]', '[]', '[]', 2)`,
    [copy],
  );
});
afterAll(async () => {
  await heng?.close();
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Files of the engine, in the tables and the copy, in which a text stands. */
async function onDisk(text: string): Promise<string[]> {
  const paths = await heng.stores.clickhouse.all.query<{ path: string }>(
    `SELECT arrayJoin(data_paths) AS path FROM system.tables WHERE startsWith(database, currentDatabase()) AND data_paths != []`,
  );
  const found = paths.map(({ path }) => path).filter((path) => existsSync(path));
  try {
    return execFileSync('grep', ['-rlaF', text, ...found], { encoding: 'utf8' })
      .trim()
      .split('\n');
  } catch (error) {
    // 1: nothing found.
    if (error instanceof Error && 'status' in error && error.status === 1) return [];
    throw error;
  }
}

/** An import that failed when all its rows were in the stage. */
async function stageEvent(): Promise<void> {
  const { clickhouse, postgres } = heng.stores;
  const entry = { source: 'files', by: 'x', bytes: 0, startedAt: heng.clock.nowMs, agentsKnown: true } as const;
  const importId = await beginImport(postgres, { ...entry, state: 'done' });
  const part = await beginPart(postgres, { importId, path: 'x', kind: 'events', bytes: 0, state: 'staged' });
  const shard = firstShard(clickhouse);
  const stage = stageOf(shard, part, await readRawTable(shard, 'events'));
  await openEmptyStage(stage);
  await shard.command(
    `INSERT INTO ${stage.rows} (subject_kind, subject_id, at, type, attributes, import_id, line, content_hash)
     VALUES ('ticket', 'ticket of qian', '2026-10-12 02:00:00', 'reopened', map('note', 'SECRET'), ${part}, 1, 1)`,
  );
}

const figures = (facts: typeof heng.stores.clickhouse | ReturnType<typeof heng.stores.clickhouse.copies.open>) =>
  askMetrics(heng.stores, {
    ...{ period: parsePeriod('2026-10', 'Asia/Shanghai'), by: ['agent'], timeZone: 'Asia/Shanghai' },
    ...{ now: Date.parse('2026-11-30T00:00:00Z'), facts },
  });

it('an erased customer is off the disk, also of closed months, whose figures stand; nobody else loses anything', async () => {
  const { clickhouse, postgres, dataDir } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const hr = await heng.signedIn({ role: 'hr' });
  const asked = { customerId, reason: '客户来函' };
  expect((await hr('POST', '/api/erasures', asked)).status).toBe(403);
  expect((await administrator('POST', '/api/erasures', { ...asked, customerId: 'nobody' })).status).toBe(404);
  const found = await (await administrator('POST', '/api/erasures/look', { customerId })).json();
  expect(found).toEqual({ sessions: 1, messages: 2, tickets: 1, orders: 1, erasedBefore: false });

  const before = { live: await figures(clickhouse), closed: await figures(clickhouse.copies.open(copy)) };
  expect((await onDisk('SECRET')).length).toBeGreaterThan(0);
  mkdirSync(join(dataDir, 'rejects'), { recursive: true });
  writeFileSync(join(dataDir, 'rejects/import-1.csv'), customerId);
  const file = await administrator('POST', '/api/uploads?name=orders.csv', `order_id,customer_id\n1,${customerId}\n`, {
    'content-type': 'application/octet-stream',
  });
  const { id: upload } = (await file.json()) as { id: string };
  await stageEvent();
  expect((await administrator('POST', '/api/erasures', asked)).status).toBe(202);
  await applyErasures(heng.deps);

  expect(await onDisk(customerId)).toEqual([]);
  expect(await onDisk('SECRET：')).toEqual([]);
  expect(await onDisk('call 13812345678')).toEqual([]);
  expect(existsSync(join(dataDir, 'rejects/import-1.csv'))).toBe(false);
  expect(existsSync(join(dataDir, 'uploads')), 'uploads that wait go too').toBe(false);
  expect((await administrator('POST', `/api/uploads/${upload}/import`, {})).status).toBe(404);
  const events = await clickhouse.all.query(`SELECT attributes FROM events WHERE subject_id = 'ticket of qian'`);
  expect(events, 'what waited since a failure does not come in afterwards').toEqual([{ attributes: {} }]);
  expect({ live: await figures(clickhouse), closed: await figures(clickhouse.copies.open(copy)) }).toEqual(before);
  const texts = await clickhouse.all.query(`SELECT session_id, text FROM messages WHERE text != '' ORDER BY at`);
  expect(texts).toEqual([
    { session_id: 'session of zhao', text: 'open：我的电话 13812345678' },
    { session_id: 'session of zhao', text: 'open：已登记' },
  ]);
  const page = await (await administrator('GET', '/api/erasures')).json();
  expect(page).toMatchObject({ erasures: [{ kind: 'customer', reason: '客户来函', doneAt: expect.any(String) }] });
  const { rows: audited } = await postgres.query<{ subject: string }>(
    `SELECT subject FROM audit_log WHERE action = 'erasure.customer'`,
  );
  expect(audited).toHaveLength(1);
  expect(JSON.stringify([page, audited, readFileSync(listFile(dataDir), 'utf8')])).not.toContain('SECRET');
});

it('rows of an erased customer are rejected by name and shown to nobody, however they come again', async () => {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const at = '2026-10-12T10:00:00+08:00';
  const send = async (kind: string, rows: object[]) =>
    (await (await administrator('POST', `/api/ingest/${kind}`, rows)).json()) as {
      accepted: number;
      rejected: object[];
    };
  const text = 'SECRET: again';
  const messages = await send('messages', [
    { session_id: 'session of qian', at, sender: 'customer', sender_id: 'x', text },
    { session_id: 'another', customer_id: customerId, at, sender: 'customer', sender_id: 'x', text },
    { session_id: 'session of zhao', at, sender: 'agent', sender_id: 'zhao', text: 'of somebody else' },
  ]);
  expect(messages).toEqual({
    ...{ accepted: 1, duplicates: 0 },
    rejected: [
      { line: 1, column: 'session_id', value: '', reason: 'erased' },
      { line: 2, column: 'customer_id', value: '', reason: 'erased' },
    ],
  });
  const rating = { ticket_id: 'ticket of qian', score: 1, at, comment: text };
  expect((await send('ratings', [rating])).rejected).toMatchObject([{ reason: 'erased' }]);
  const event = { subject_id: 'ticket of qian', at, type: 'closed' };
  const events = [
    { ...event, subject_kind: 'ticket' },
    { ...event, subject_kind: 'session', subject_id: 'session of qian' },
    // A session that has the number of the ticket is somebody else's.
    { ...event, subject_kind: 'session' },
  ];
  expect(await send('events', events)).toMatchObject({
    accepted: 1,
    rejected: [1, 2].map((line) => ({ line, column: 'subject_id', value: '', reason: 'erased' })),
  });

  // In a file, the same: not even the file of what was rejected repeats it.
  const file = `session_id,at,sender,text\nsession of qian,${at},customer,${text}\n`;
  const upload = await administrator('POST', '/api/uploads?name=messages.csv', file, {
    'content-type': 'application/octet-stream',
  });
  const { id } = (await upload.json()) as { id: string };
  const { importId } = (await (await administrator('POST', `/api/uploads/${id}/import`, {})).json()) as {
    importId: number;
  };
  const rejects = join(heng.stores.dataDir, `rejects/import-${importId}.csv`);
  await expect
    .poll(
      async () => ((await (await administrator('GET', `/api/imports/${importId}`)).json()) as { state: string }).state,
      { timeout: 60_000 },
    )
    .toBe('done');
  expect(readFileSync(rejects, 'utf8')).toContain('erased');
  expect(readFileSync(rejects, 'utf8')).not.toContain('SECRET');
});

it('texts older than an administrator decided go at night, as many as the preview said; the rest and all figures stay', async () => {
  const { clickhouse, postgres } = heng.stores;
  const administrator = await heng.signedIn({ role: 'administrator' });
  const inspector = await heng.signedIn({ role: 'inspector' });
  heng.clock.nowMs = Date.parse('2026-12-20T04:00:00Z');
  const at = '2026-12-01T10:00:00+08:00';
  const said = { session_id: 'recent', message_id: 'm', at, sender: 'customer', sender_id: 'c' };
  for (const text of ['before it was corrected', 'from December'])
    expect((await administrator('POST', '/api/ingest/messages', [{ ...said, text }])).status).toBe(200);
  await deriveCommitted(heng.deps);
  expect(await retain(heng.deps, ownerOfTheMachine), 'nothing is decided').toBe(0);
  const preview = (await (await administrator('GET', '/api/retention/preview?months=1')).json()) as { texts: number };
  expect(preview).toEqual({ before: '2026-11-19T16:00:00.000Z', texts: 3 });
  expect((await inspector('PUT', '/api/retention', { months: 1 })).status).toBe(403);
  expect((await administrator('PUT', '/api/retention', { months: 0 })).status).toBe(422);
  expect((await administrator('PUT', '/api/retention', { months: 1 })).status).toBe(204);

  const before = await figures(clickhouse);
  expect(await retain(heng.deps, ownerOfTheMachine)).toBe(3);
  expect(await clickhouse.all.query(`SELECT text FROM messages WHERE text != ''`)).toEqual([{ text: 'from December' }]);
  expect(await onDisk('13812345678')).toEqual([]);
  expect(await onDisk('before it was corrected'), 'a version that was replaced').toEqual([]);
  expect(await figures(clickhouse)).toEqual(before);
  expect(await retain(heng.deps, ownerOfTheMachine)).toBe(0);
  const { rows } = await postgres.query<{ action: string }>(
    `SELECT action FROM audit_log WHERE action LIKE 'retention.%' ORDER BY id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['retention.changed', 'retention.carriedOut']);
});

it('an older backup that brings a customer back is erased again by the list beside the data, and by no other’s list', async () => {
  const restored = await openTestApp();
  try {
    await twoTeams(restored);
    const folder = mkdtempSync(join(tmpdir(), 'heng-erased-'));
    made.push(folder);
    const list = listFile(heng.stores.dataDir);
    expect(await eraseAgain(restored.deps, ownerOfTheMachine, list)).toBe(1);
    const left = await restored.stores.clickhouse.all.query(
      `SELECT text FROM messages WHERE text != '' AND session_id = 'session of qian'`,
    );
    expect(left).toEqual([]);
    expect(await eraseAgain(restored.deps, ownerOfTheMachine, list), 'once more changes nothing').toBe(1);
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify({ salt: '0'.repeat(32), customers: ['1'.repeat(64)] }));
    await expect(eraseAgain(restored.deps, ownerOfTheMachine, other)).rejects.toMatchObject({
      code: 'erasure.otherSalt',
    });
    writeFileSync(other, '{}');
    await expect(eraseAgain(restored.deps, ownerOfTheMachine, other)).rejects.toMatchObject({
      code: 'erasure.listUnreadable',
    });
  } finally {
    await restored.close();
  }
});

it('an erasure that a crash cut off is gone on with', async () => {
  const { postgres } = heng.stores;
  const by = { userId: 'x', name: 'x' };
  const idHash = '2'.repeat(64);
  await insertErasure(postgres, { what: { idHash }, at: new Date(), by, reason: 'cut off' });
  await applyErasures(heng.deps);
  const { rowCount } = await postgres.query('SELECT FROM erasures WHERE done_at IS NULL');
  expect(rowCount).toBe(0);
});
