import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { auditEntry } from '../people/audit.ts';
import type { ClickHouse, ClickHouseConnection } from '../platform/clickhouse.ts';
import { silentLog } from '../platform/log.ts';
import { openStores } from '../platform/stores.ts';
import { builtServer } from '../platform/testing.ts';
import { importCommand } from './command.ts';
import { importFiles } from './importFiles.ts';
import { openIngest } from './ingest.ts';
import { anyImportOpen } from './journal.ts';
import { finishLeft } from './recover.ts';
import { openImportBench, testNow } from './testImport.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const header = 'session_id,at,sender,sender_id,text,message_id';
const old = `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,first,M1\nS2,2026-10-01T09:00:00Z,customer,c1,kept,M2\n`;
const fresh = `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,second,M1\nS2,2026-10-01T09:00:00Z,customer,c1,kept,M2\nS3,2026-10-01T09:00:00Z,agent,a1,ok,\nS3,2026-10-01T09:00:00Z,agent,a1,ok,\n,,,,,\n`;

test('an import that dies at any statement is finished or undone, and never applied in half or twice', async () => {
  const bench = await openImportBench();
  try {
    const file = join(bench.folder, 'messages.csv');
    const rows = 'SELECT session_id, text, key FROM messages ORDER BY key';
    const importWith = async (clickhouse: ClickHouse, afterCommit: () => Promise<void>) => {
      const stores = { ...bench.stores, clickhouse };
      const deps = { stores, now: () => testNow, timeZone: 'Asia/Shanghai' };
      return importFiles(deps, { paths: [file], source: 'files', by: 'test', afterCommit });
    };
    const prepare = async () => {
      await bench.empty();
      await bench.importText('messages.csv', old);
      writeFileSync(file, fresh);
    };
    await prepare();
    const counting = dyingAfter(bench.stores.clickhouse, Number.POSITIVE_INFINITY);
    await importWith(counting.clickhouse, async () => {});
    const whole = await bench.rows(rows);
    expect(whole).toHaveLength(4);
    const statements = counting.sent();
    expect(statements).toBeGreaterThan(20);
    // Every statement would take minutes; each seventh falls into every phase.
    for (let alive = 3; alive < statements; alive += 7) {
      await prepare();
      const dying = dyingAfter(bench.stores.clickhouse, alive);
      await expect(importWith(dying.clickhouse, async () => {})).rejects.toThrow('killed');
      const half = await bench.rows<{ text: string }>(rows);
      let derived = 0;
      const again = await importWith(bench.stores.clickhouse, async () => {
        derived++;
      });
      expect(
        await bench.rows(rows),
        `after ${alive} of ${statements} statements (${half.length} rows were there)`,
      ).toEqual(whole);
      const counts = again.files[0];
      expect((counts?.accepted ?? 0) + (counts?.duplicates ?? 0)).toBe(4);
      if (counts?.accepted === 0) expect(derived, 'rows of the dead import get their facts').toBeGreaterThan(0);
      const { rows: open } = await bench.stores.postgres.query(
        `SELECT 1 FROM import_parts WHERE state IN ('reading', 'staged', 'committed')`,
      );
      expect(open).toEqual([]);
      const tables = await bench.rows(
        `SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'ingest\\\\_%'`,
      );
      expect(tables).toEqual([]);
    }
  } finally {
    await bench.close();
  }
}, 180_000);

test('what a failed import left half-way a node that runs on finishes; of what has no stage any more nothing stays', async () => {
  const bench = await openImportBench();
  try {
    const { postgres, clickhouse } = bench.stores;
    const deps = { stores: bench.stores, now: () => testNow, timeZone: 'Asia/Shanghai' };
    const file = join(bench.folder, 'messages.csv');
    const texts = () => bench.rows<{ text: string }>('SELECT text FROM messages ORDER BY session_id, text');
    const failAmidCommit = async () => {
      await bench.empty();
      await bench.importText('messages.csv', old);
      writeFileSync(file, fresh);
      const failing = over(clickhouse, (sql) => {
        if (sql.includes('ATTACH PARTITION')) throw new Error('failed');
      });
      const stores = { ...bench.stores, clickhouse: failing };
      await expect(importFiles({ ...deps, stores }, { paths: [file], source: 'files', by: 'test' })).rejects.toThrow(
        'failed',
      );
      const { rows } = await postgres.query<{ id: number }>(`SELECT id FROM import_parts WHERE state = 'staged'`);
      expect(rows).toHaveLength(1);
      return rows[0]?.id;
    };
    await failAmidCommit();
    let derived = 0;
    const afterCommit = async () => void derived++;
    await finishLeft(deps, { afterCommit });
    expect(await texts()).toEqual(['second', 'kept', 'ok', 'ok'].map((text) => ({ text })));
    await finishLeft(deps, { afterCommit });
    expect(derived).toBe(1);

    // As after a restore of a backup that has the journal alone.
    const id = await failAmidCommit();
    await clickhouse.all.command(`DROP TABLE ingest_${id}`);
    await finishLeft(deps, { afterCommit });
    expect(await texts(), 'the last version stays where the next did not come').toEqual(
      ['first', 'kept'].map((text) => ({ text })),
    );
    expect(await anyImportOpen(postgres)).toBe(false);
    await bench.importText('messages.csv', fresh);
    expect(await texts()).toEqual(['second', 'kept', 'ok', 'ok'].map((text) => ({ text })));
  } finally {
    await bench.close();
  }
}, 60_000);

test('who sends rows, or imports on the command line, is in the audit log before any of them is in', async () => {
  const bench = await openImportBench();
  try {
    const { postgres } = bench.stores;
    const clickhouse = over(bench.stores.clickhouse, (sql) => {
      if (sql.startsWith('INSERT')) throw new Error('down');
    });
    const stores = { ...bench.stores, clickhouse };
    const deps = { stores, now: () => testNow, timeZone: 'Asia/Shanghai', log: silentLog };
    const ingest = await openIngest(deps, async () => {});
    const told = auditEntry({ userId: 'u', name: 'somebody' }, 'rows.received', `messages ${rowsPerBatch}`);
    await expect(ingest.groups.submit('messages', { ...batchOf('A'), told })).rejects.toThrow('down');
    await ingest.close();
    const file = join(bench.folder, 'messages.csv');
    writeFileSync(file, old);
    const command = importCommand().run({
      ...{ args: [file], values: {}, json: false, dataDir: bench.folder, env: { USER: 'owner' }, timeZone: 'UTC' },
      ...{ now: deps.now, stores: async () => stores, out: () => undefined, progress: () => undefined },
      outLines: async () => undefined,
    });
    await expect(command).rejects.toThrow('down');
    const { rows } = await postgres.query('SELECT actor_name, action FROM audit_log ORDER BY id');
    expect(rows).toEqual([
      { actor_name: 'somebody', action: 'rows.received' },
      { actor_name: 'owner', action: 'import.started' },
    ]);
    expect(await bench.count('messages')).toBe(0);
  } finally {
    await bench.close();
  }
}, 60_000);

/** Engines that answer so many statements and then no more, as after a kill. */
function dyingAfter(clickhouse: ClickHouse, alive: number): { clickhouse: ClickHouse; sent: () => number } {
  let sent = 0;
  const step = (): void => {
    sent++;
    if (sent > alive) throw new Error('killed');
  };
  return { clickhouse: over(clickhouse, step), sent: () => sent };
}

/** The same engines, with something that is done, and may throw, before each statement. */
function over(clickhouse: ClickHouse, before: (sql: string) => void): ClickHouse {
  const each = (connection: ClickHouseConnection): ClickHouseConnection => ({
    replicas: [],
    database: connection.database,
    async query(sql, options) {
      before(sql);
      return connection.query(sql, options);
    },
    async command(sql, options) {
      before(sql);
      return connection.command(sql, options);
    },
    async insert(sql, body, options) {
      before(sql);
      return connection.insert(sql, body, options);
    },
    async stream(sql, options) {
      before(sql);
      return connection.stream(sql, options);
    },
  });
  const shards = clickhouse.shards.map(each);
  return { ...clickhouse, all: each(clickhouse.all), shards, everywhere: shards };
}

const clients = 8;
const rowsPerBatch = 50;

test('SIGKILL of the whole process group loses no acknowledged message, and sending all again adds none twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-crash-'));
  folders.push(dataDir);
  const server = await startSender(dataDir);
  await sleep(1500);
  process.kill(-(server.pid ?? 0), 'SIGKILL');
  await sleep(300);
  const acknowledged = readFileSync(join(dataDir, 'acknowledged'), 'utf8').trim().split('\n');
  expect(acknowledged.length).toBeGreaterThan(10);
  const stores = await openStores({ dataDir, env: {} });
  try {
    const there = new Set(
      (await stores.clickhouse.all.query<{ id: string }>('SELECT message_id AS id FROM messages')).map(({ id }) => id),
    );
    const lost = acknowledged.flatMap(idsOf).filter((id) => !there.has(id));
    expect(lost).toEqual([]);
    const ingest = await openIngest({ stores, now: Date.now, timeZone: 'UTC', log: silentLog }, async () => {});
    await Promise.all(acknowledged.map((name) => ingest.groups.submit('messages', batchOf(name))));
    await ingest.close();
    const [count] = await stores.clickhouse.all.query<{ n: string; distinct: string }>(
      'SELECT count() AS n, uniqExact(message_id) AS distinct FROM messages',
    );
    expect(count?.n).toBe(count?.distinct);
    expect(Number(count?.n)).toBe(there.size);
  } finally {
    await stores.close();
  }
}, 120_000);

const idsOf = (batch: string): string[] => Array.from({ length: rowsPerBatch }, (_, n) => `${batch}-${n}`);

function batchOf(name: string) {
  const rows = idsOf(name).map(
    (id) => `,,,"S${name}","","2026-10-01T09:00:00Z","customer","text","${id}","","","","",""\n`,
  );
  return {
    rows: rowsPerBatch,
    framed: (offset: number) => Buffer.from(rows.map((row, n) => `${offset + n + 1}${row}`).join('')),
  };
}

/** A process of its own that sends batches without pause and notes each one as it is acknowledged. */
async function startSender(dataDir: string): Promise<ChildProcess> {
  const dist = await builtServer();
  const noted = join(dataDir, 'acknowledged');
  const file = join(dataDir, 'sender.mjs');
  writeFileSync(
    file,
    `import { appendFileSync } from 'node:fs';
    import { openStores } from ${JSON.stringify(join(dist, 'platform/stores.js'))};
    import { silentLog } from ${JSON.stringify(join(dist, 'platform/log.js'))};
    import { openIngest } from ${JSON.stringify(join(dist, 'ingest/ingest.js'))};
    const rowsPerBatch = ${rowsPerBatch};
    const idsOf = ${idsOf.toString()};
    ${batchOf.toString()}
    const stores = await openStores({ dataDir: ${JSON.stringify(dataDir)}, env: {}, command: 'heng start' });
    const ingest = await openIngest({ stores, now: Date.now, timeZone: 'UTC', log: silentLog }, async () => {});
    for (let client = 0; client < ${clients}; client++) (async () => {
      for (let n = 0; ; n++) {
        await ingest.groups.submit('messages', batchOf('C' + client + '-' + n));
        appendFileSync(${JSON.stringify(noted)}, 'C' + client + '-' + n + '\\n');
      }
    })();`,
  );
  const sender = spawn(process.execPath, [file], { stdio: 'inherit', detached: true });
  const deadline = Date.now() + 60_000;
  while (!existsSync(noted)) {
    if (sender.exitCode !== null || Date.now() > deadline) throw new Error('the sender did not start');
    await sleep(20);
  }
  return sender;
}
