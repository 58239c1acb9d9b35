import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dispatch } from '../src/dispatch.ts';
import { listFile } from '../src/erasure/erasureList.ts';
import { hashOf, standInOf } from '../src/erasure/idHash.ts';
import { importCommand } from '../src/ingest/command.ts';
import { importFiles } from '../src/ingest/importFiles.ts';
import { openParts } from '../src/ingest/journal.ts';
import { keepLedger } from '../src/ledger/keepLedger.ts';
import { askMetrics } from '../src/metrics/askMetrics.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { ownerOfTheMachine } from '../src/people/actor.ts';
import { audit } from '../src/people/audit.ts';
import { demandNotMoved } from '../src/people/moved.ts';
import { holding } from '../src/platform/advisoryLock.ts';
import { silentLog } from '../src/platform/log.ts';
import { type OpenStores, openStores, type Stores } from '../src/platform/stores.ts';
import { askRun, roomyFolder } from '../src/platform/testEngines.ts';
import { startTestCluster, startTestStores } from '../src/platform/testing.ts';
import { loadFacts } from '../src/upkeep/load.ts';
import { lacksLedgerKey, type Manifest, manifestFile } from '../src/upkeep/manifest.ts';
import { move } from '../src/upkeep/moveCommand.ts';
import { openPart, writePart } from '../src/upkeep/parts.ts';
import { restore } from '../src/upkeep/restoreCommand.ts';
import { makeBackup } from '../src/upkeep/verbs/makeBackup.ts';
import { moveInstallation } from '../src/upkeep/verbs/moveInstallation.ts';
import { type RestoreTarget, restoreBackup } from '../src/upkeep/verbs/restoreBackup.ts';
import { verifyBackup } from '../src/upkeep/verbs/verifyBackup.ts';
import { copyOf, type ShownCompany } from './company.ts';
import { putDemoMonths } from './demoMonths.ts';
import { namesLeft } from './employee.ts';
import { asServers } from './serverEngines.ts';

const now = () => Date.parse('2026-11-30T08:00:00Z');
const made: string[] = [];
const folder = join(roomyFolder('backup'), 'backup');
let source: OpenStores;
let manifest: Manifest;
const target = (dataDir: string, onProgress: RestoreTarget['onProgress'] = () => undefined): RestoreTarget => ({
  ...{ dataDir, env: {}, now, erased: null, onProgress },
});

beforeAll(async () => {
  const company = await askRun<ShownCompany>(inject('hengCompany'), 'company');
  const dataDir = await copyOf(company.dataDir);
  made.push(dataDir, join(folder, '..'));
  source = await openStores({ dataDir, env: {} });
  // The server was stopped as soon as it was ready: what it had left to the ledger is signed now.
  await keepLedger({ stores: source, now, log: silentLog, ledger: { key: null, publicUrl: null, anchors: [] } });
  mkdirSync(join(dataDir, 'rejects'), { recursive: true });
  writeFileSync(join(dataDir, 'rejects', '退回.csv'), '文件,行,列\n');
  await importHalf(source, join(dataDir, 'incidents.csv'));
  let written = false;
  manifest = await makeBackup(
    {
      stores: source,
      now,
      version: '0.1.0',
      onProgress: () => {
        // People work on while a backup is being written.
        if (!written) writing = writeBoth(source);
        written = true;
      },
    },
    ownerOfTheMachine,
    folder,
  );
  await writing;
});
afterAll(async () => {
  await source.close();
  for (const each of made) rmSync(each, { recursive: true, force: true });
});

/** An import that fails amid its commit: its row is in the stage alone. */
async function importHalf(stores: Stores, file: string): Promise<void> {
  const { agent } = await erasedSince();
  writeFileSync(file, `incident_id,agent_id,at,item,severity\nhalf,${agent},2026-11-03T10:00:00+08:00,迟到,minor\n`);
  const { all } = stores.clickhouse;
  const failing: typeof all = {
    ...all,
    command: (sql, options) =>
      sql.includes('ATTACH PARTITION') ? Promise.reject(new Error('disk full')) : all.command(sql, options),
  };
  const clickhouse = { ...stores.clickhouse, all: failing, shards: [failing] };
  const deps = { stores: { ...stores, clickhouse }, now, timeZone: 'Asia/Shanghai' };
  await expect(importFiles(deps, { paths: [file], source: 'files', by: 'test' })).rejects.toThrow('disk full');
}
const importedHalf = async ({ postgres, clickhouse }: Stores) => ({
  rows: (await clickhouse.all.query("SELECT 1 FROM incidents WHERE incident_id = 'half'")).length,
  left: (await openParts(postgres)).map(({ state }) => state),
});

let writing: Promise<void> | undefined;
const writeAudit = (stores: Stores) => audit({ stores, now }, { userId: 'x', name: 'x' }, 'after.moment', 'x');
async function writeBoth(stores: Stores): Promise<void> {
  await writeAudit(stores);
  const { clickhouse } = stores;
  await clickhouse.all.command(
    `INSERT INTO incidents SELECT * REPLACE ('after' AS incident_id) FROM incidents LIMIT 1`,
  );
}
const afterTheMoment = async ({ postgres, clickhouse }: Stores) => ({
  postgres: (await postgres.query("SELECT FROM audit_log WHERE action = 'after.moment'")).rowCount,
  clickhouse: (await clickhouse.all.query("SELECT 1 FROM incidents WHERE incident_id = 'after'")).length,
});
const figures = (stores: Stores, month: string) =>
  askMetrics(stores, {
    period: parsePeriod(month, 'Asia/Shanghai'),
    by: ['agent'],
    timeZone: 'Asia/Shanghai',
    now: now(),
  });

/** Somebody of each kind, as the list names them who were erased after the backup. */
async function erasedSince() {
  const [found] = await source.clickhouse.all.query<{ agent: string; customer: string }>(
    `SELECT (SELECT min(agent_id) FROM agent_history) AS agent, (SELECT max(customer_id) FROM session_facts) AS customer`,
  );
  const { agent = '', customer = '' } = found ?? {};
  const salt = 'ab'.repeat(16);
  const employee = { kind: 'agent', hash: hashOf(salt, 'agent', agent), at: new Date().toISOString() };
  const list = { salt, customers: [hashOf(salt, 'customer', customer)], employees: [employee] };
  const file = join(roomyFolder('list'), 'erased.json');
  made.push(join(file, '..'));
  writeFileSync(file, JSON.stringify(list));
  return { file, agent, customer, standIn: standInOf(salt, 'agent', agent) };
}

test('what is restored is the installation as it was at the moment of the backup, without whoever was erased since, though a first try was cut off', async () => {
  const dataDir = roomyFolder('restored');
  made.push(dataDir);
  const { file: erased, agent, customer, standIn } = await erasedSince();
  const inOrder = (rows: readonly unknown[]) =>
    rows.map((row) => JSON.stringify(row).replace(`"agent":"${agent}"`, `"agent":"${standIn}"`)).sort();
  await expect(
    restoreBackup({ ...target(dataDir), erased: join(dataDir, 'none.json') }, ownerOfTheMachine, folder),
  ).rejects.toMatchObject({ code: 'erasure.listUnreadable' });
  const cutOff = restoreBackup(
    target(dataDir, (step, done) => {
      if (step === 'people' && done === 5) throw new Error('cut off');
    }),
    ownerOfTheMachine,
    folder,
  );
  await expect(cutOff).rejects.toThrow('cut off');
  await expect(openStores({ dataDir, env: {} })).rejects.toMatchObject({ code: 'dataDir.restoring' });
  const expectFiles = (...files: string[]) => {
    for (const file of files)
      expect(readFileSync(join(dataDir, file), 'utf8')).toBe(readFileSync(join(source.dataDir, file), 'utf8'));
  };
  expectFiles('rejects/退回.csv');

  const told = await restoreBackup({ ...target(dataDir), erased }, ownerOfTheMachine, folder);
  expect(told).toMatchObject({
    erasedAgain: { customers: 1, employees: 1 },
    tables: manifest.postgres.length + manifest.clickhouse.length,
    ledgerSize: manifest.ledgerSize,
  });
  expect(manifest.ledgerSize).toBeGreaterThan(0);
  const restored = await openStores({ dataDir, env: {} });
  try {
    const { rows: closed } = await restored.postgres.query<{ period: string }>(
      'SELECT period FROM closings ORDER BY period',
    );
    expect(closed.length).toBeGreaterThan(0);
    for (const { period } of [...closed, { period: '2026-11' }]) {
      const rows = await figures(source, period);
      expect(rows.filter(({ value }) => value !== null).length).toBeGreaterThan(100);
      expect(inOrder(await figures(restored, period))).toEqual(inOrder(rows));
    }
    expect(await namesLeft(restored, { number: agent, texts: [] })).toEqual([]);
    const theirs = await restored.clickhouse.all.query(
      'SELECT 1 FROM session_facts WHERE customer_id = {customer:String}',
      {
        params: { customer },
      },
    );
    expect(theirs).toEqual([]);
    expect(readFileSync(listFile(dataDir), 'utf8').trim()).toBe(readFileSync(erased, 'utf8'));
    expect(await afterTheMoment(source)).toEqual({ postgres: 1, clickhouse: 1 });
    expect(await afterTheMoment(restored)).toEqual({ postgres: 0, clickhouse: 0 });
    expect(await importedHalf(restored), 'what an import left half-way was finished before').toEqual(
      await importedHalf(source),
    );
    expect(await importedHalf(source)).toEqual({ rows: 1, left: ['committed'] });
    expectFiles('secret', 'ledger.key');
    expect(existsSync(join(dataDir, 'rejects/退回.csv')), 'it may hold rows of the erased').toBe(false);
    // Numbers go on where they were: the next entry of the log is a new one.
    await writeBoth(restored);
    expect(await afterTheMoment(restored)).toEqual({ postgres: 1, clickhouse: 1 });
  } finally {
    await restored.close();
  }
  await expect(restoreBackup(target(dataDir), ownerOfTheMachine, folder)).rejects.toMatchObject({
    code: 'restore.notEmpty',
  });
});

test('a damaged backup, one that was cut off and one of a newer Heng are refused before anything is written', async () => {
  const damaged = roomyFolder('damaged');
  const dataDir = join(roomyFolder('untouched'), 'data');
  made.push(damaged, join(dataDir, '..'));
  cpSync(folder, damaged, { recursive: true });
  const verify = () => verifyBackup(damaged, () => undefined);
  const [altered, missing] = manifest.clickhouse;
  appendFileSync(join(damaged, altered?.file ?? ''), 'x');
  rmSync(join(damaged, missing?.file ?? ''));
  await expect(restoreBackup(target(dataDir), ownerOfTheMachine, damaged)).rejects.toMatchObject({
    code: 'backup.damaged',
    issues: [
      { path: altered?.file, code: 'backup.fileAltered' },
      { path: missing?.file, code: 'backup.fileMissing' },
    ],
  });

  const write = (changed: unknown) => writeFileSync(join(damaged, manifestFile), JSON.stringify(changed));
  const newer = [...manifest.schema.postgres, { number: 9999, file: '9999_later.sql', checksum: 'x' }];
  write({ ...manifest, schema: { ...manifest.schema, postgres: newer } });
  await expect(verify()).rejects.toMatchObject({ code: 'migration.missing', params: { file: '9999_later.sql' } });
  for (const outside of ['../../etc/passwd', '/etc/passwd']) {
    write({ ...manifest, files: [{ ...manifest.files[0], path: 'secret', file: outside }] });
    await expect(verify()).rejects.toMatchObject({ code: 'backup.unreadable' });
    write({ ...manifest, files: [{ ...manifest.files[0], path: outside }] });
    await expect(verify()).rejects.toMatchObject({ code: 'backup.unreadable' });
  }
  rmSync(join(damaged, manifestFile));
  await expect(verify()).rejects.toMatchObject({ code: 'backup.none' });
  expect(existsSync(dataDir)).toBe(false);
});

test('a list of erasures of another installation is refused before anything is loaded, also one that lies beside, which can be declined', async () => {
  const house = roomyFolder('house');
  const dataDir = roomyFolder('occupied');
  made.push(house, dataDir);
  const other = join(house, 'backups', 'b');
  cpSync(folder, other, { recursive: true });
  // Somebody had been erased before the backup was made.
  const withRow = async (table: string, cells: Readonly<Record<string, string>>) => {
    const part = manifest.postgres.find((each) => each.table === table);
    if (!part) throw new Error(`a backup without ${table}`);
    const row = part.columns.map((column) => cells[column] ?? '\\N').join('\t');
    const rows = `${await text(openPart(other, part))}${row}\n`;
    return { ...part, ...(await writePart(other, part.file, Readable.from([rows]))) };
  };
  const changed = [
    await withRow('erasures', { id: '1', kind: 'customer' }),
    await withRow('settings', { name: 'erasure.salt', value: `"${'cd'.repeat(16)}"` }),
  ];
  const postgres = manifest.postgres.map((part) => changed.find(({ table }) => table === part.table) ?? part);
  writeFileSync(join(other, manifestFile), JSON.stringify({ ...manifest, postgres }));
  writeFileSync(join(dataDir, 'something'), '');
  const { file: erased } = await erasedSince();
  await expect(restoreBackup({ ...target(dataDir), erased }, ownerOfTheMachine, other), 'named').rejects.toMatchObject({
    code: 'restore.otherList',
    params: { file: erased },
  });
  cpSync(erased, listFile(house));
  const run = (values: object) =>
    restore.run({
      ...{ args: [other], values: { ...values }, dataDir, env: {}, now, timeZone: 'Asia/Shanghai', json: false },
      ...{ out: () => undefined, outLines: async () => undefined, progress: () => undefined },
      stores: () => Promise.reject(new Error('not asked for')),
    });
  await expect(run({}), 'beside').rejects.toMatchObject({
    code: 'restore.otherList',
    params: { file: listFile(house) },
  });
  await expect(run({ 'without-list': true }), 'declined').rejects.toMatchObject({ code: 'restore.notEmpty' });
  await expect(run({ 'without-list': true, erased }), 'both').rejects.toMatchObject({ code: 'restore.usage' });
});

test('servers that hold anything are refused before anything of theirs is touched, also by a second try', async () => {
  const stores = await startTestStores();
  const dataDir = roomyFolder('refused');
  made.push(dataDir);
  try {
    await writeAudit(stores);
    const { user, password, host, database } = stores.postgres.options;
    const DATABASE_URL = `postgres://${user}:${password}@${encodeURIComponent(host ?? '')}/${database}`;
    for (const _ of ['once', 'again'])
      await expect(
        restoreBackup({ ...target(dataDir), env: { DATABASE_URL } }, ownerOfTheMachine, folder),
      ).rejects.toMatchObject({ code: 'restore.serverNotEmpty' });
    const { rowCount } = await stores.postgres.query("SELECT FROM audit_log WHERE action = 'after.moment'");
    expect(rowCount).toBe(1);
    expect((await stores.postgres.query("SELECT FROM pg_tables WHERE tablename = 'auth_users'")).rowCount).toBe(0);
  } finally {
    await stores.close();
  }
});

test('whoever backs up where the ledger’s key is not learns it', () => {
  expect(lacksLedgerKey(manifest)).toBe(false);
  expect(lacksLedgerKey({ ...manifest, files: manifest.files.filter(({ path }) => path !== 'ledger.key') })).toBe(true);
});

test('a cut-off restore of one backup is not finished with another', async () => {
  const other = roomyFolder('other');
  const dataDir = roomyFolder('mixed');
  made.push(other, dataDir);
  cpSync(folder, other, { recursive: true });
  writeFileSync(join(other, manifestFile), JSON.stringify({ ...manifest, madeAt: '2026-11-29T00:00:00.000Z' }));
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, manifestFile)))
    .digest('hex');
  writeFileSync(
    join(dataDir, 'restoring'),
    JSON.stringify({ backup: hash, target: 'embedded embedded ', stage: 'loaded' }),
  );
  const steps = new Set<string>();
  const cutOff = restoreBackup(
    target(dataDir, (step, done) => {
      steps.add(step);
      if (step === 'facts' && done === 2) throw new Error('cut off');
    }),
    ownerOfTheMachine,
    other,
  );
  await expect(cutOff).rejects.toThrow('cut off');
  expect([...steps]).toEqual(['verifying', 'facts']);
});

test('a manifest that leaves out a table, or names one that is none, is refused', async () => {
  const cluster = await startTestStores();
  try {
    const ratings = manifest.clickhouse.filter(({ table }) => table === 'ratings');
    const without = { ...manifest, clickhouse: manifest.clickhouse.filter((part) => !ratings.includes(part)) };
    await expect(loadFacts(cluster, without, folder, () => undefined)).rejects.toMatchObject({
      issues: [{ path: 'ratings', code: 'restore.tablesDiffer' }],
    });
    const forged = {
      ...manifest,
      clickhouse: manifest.clickhouse.map((part) =>
        ratings.includes(part) ? { ...part, table: "url('http://10.0.0.1/')" } : part,
      ),
    };
    await expect(loadFacts(cluster, forged, folder, () => undefined)).rejects.toMatchObject({
      code: 'restore.differs',
    });
  } finally {
    await cluster.close();
  }
});

test('facts of one node come into two shards with every row and every figure', async () => {
  const cluster = await startTestCluster();
  try {
    await loadFacts(cluster, manifest, folder, () => undefined);
    const period = parsePeriod('2026-10', 'Asia/Shanghai');
    const question = {
      now: now(),
      period,
      by: ['agent'],
      timeZone: 'Asia/Shanghai',
      metrics: ['first_reply_30s_rate', 'csat_rate', 'ticket_closure_rate'],
    } as const;
    expect(await askMetrics({ ...cluster, clickhouse: cluster.clickhouse }, question)).toEqual(
      await askMetrics(source, { ...question, facts: source.clickhouse }),
    );
  } finally {
    await cluster.close();
  }
});

test('an installation moves to servers and back with every row, goes on where it was cut off, and what is left is for nobody', async () => {
  const [old, onServers, back] = ['old', 'on-servers', 'back'].map((name) => join(roomyFolder('move'), name));
  if (!old || !onServers || !back) throw new Error('three folders');
  made.push(...[old, onServers, back].map((dataDir) => join(dataDir, '..')));
  const taken = await startTestStores();
  const engines = await asServers(taken);
  const emptyDatabase = `${taken.clickhouse.all.database}_moved`;
  const env = Object.fromEntries(
    Object.entries(engines.env).map(([name, text]) => [name, text.replace(/\w+$/, emptyDatabase)]),
  );
  const { password } = taken.postgres.options;
  const said: string[] = [];
  const run = (servers: NodeJS.ProcessEnv, ...args: string[]) =>
    dispatch(
      args,
      { env: { ...servers, LANG: 'zh_CN.UTF-8' }, out: (text) => said.push(text), err: (text) => said.push(text) },
      [move, importCommand()],
    );
  const heng = (servers: NodeJS.ProcessEnv, ...args: string[]) => run(servers, 'move', ...args);
  let meanwhile: Promise<number> | undefined;
  try {
    await taken.postgres.query(`CREATE DATABASE ${emptyDatabase}`);
    const before = await openStores({ dataDir: old, env: {} });
    await putDemoMonths(before, { seed: 4, agents: 3, months: 1, until: '2026-10-31' }, now());
    const expected = await figures(before, '2026-10');
    expect(expected.filter(({ value }) => value !== null).length).toBeGreaterThan(50);
    await before.close();

    expect(await heng({}, onServers, '--to', 'servers', '--data', old)).toBe(2);
    expect(await heng(engines.env, onServers, '--to', 'servers', '--data', old)).toBe(1);
    expect(said.at(-1)).toContain('已经有数据');
    const cutOff = moveInstallation(
      {
        ...{ dataDir: old, newDir: onServers, env, to: 'servers', now, version: '0.1.0' },
        onSaving: () => {
          // Somebody would import while it is being saved: it would be lost.
          meanwhile ??= run({}, 'import', join(old, 'none.csv'), '--data', old);
        },
        onLoading: (step, done) => {
          if (step === 'people' && done === 3) throw new Error('cut off');
        },
      },
      ownerOfTheMachine,
    );
    await expect(cutOff).rejects.toThrow('cut off');
    expect([await meanwhile, said.at(-1)]).toEqual([1, expect.stringContaining('已于')]);
    const left = await openStores({ dataDir: old, env: {} });
    await expect(demandNotMoved(left.postgres)).rejects.toMatchObject({ code: 'moved' });
    await left.close();

    expect(await heng({}, '--to', env.DATABASE_URL ?? '', env.CLICKHOUSE_URL ?? '', '--data', old)).toBe(2);
    expect(said.at(-2)).toContain('命令行别人看得见');
    const plain = (address: string | undefined) => String(address).replace(/:[^:@/]*@/, '@');
    const passwords = { PGPASSWORD: String(password), CLICKHOUSE_PASSWORD: new URL(env.CLICKHOUSE_URL ?? '').password };
    const addresses = [plain(env.DATABASE_URL), plain(env.CLICKHOUSE_URL)];
    expect([await heng(passwords, onServers, '--to', ...addresses, '--data', old), said.at(-1)]).toEqual([
      0,
      expect.stringContaining('逐表核对一致'),
    ]);
    expect(existsSync(`${onServers}.moving`)).toBe(false);
    const moved = await openStores({ dataDir: onServers, env });
    expect(await figures(moved, '2026-10')).toEqual(expected);
    await writeAudit(moved);
    await demandNotMoved(moved.postgres);
    await moved.close();
    expect(await heng(env, onServers, '--to', 'servers', '--data', old)).toBe(1);
    expect(said.at(-1)).toContain('已经搬好了');

    const servers = new pg.Pool({ ...taken.postgres.options, password: String(password), database: emptyDatabase });
    const broken = moveInstallation(
      {
        ...{ dataDir: onServers, newDir: back, env, to: 'embedded', now, version: '0.1.0', onLoading: () => undefined },
        onSaving: () => {
          throw new Error('disk full');
        },
      },
      ownerOfTheMachine,
    );
    await expect(broken).rejects.toThrow('disk full');
    await demandNotMoved(servers);
    await holding(servers, 'commands', 'share', async () => {
      expect(await heng(env, back, '--to', 'embedded', '--data', onServers)).toBe(1);
      expect(said.at(-1)).toContain('等命令做完');
    });
    await demandNotMoved(servers);
    await servers.end();
    expect([await heng(env, back, '--to', 'embedded', '--data', onServers), said.at(-1)]).toEqual([
      0,
      expect.stringContaining('逐表核对一致'),
    ]);
    const home = await openStores({ dataDir: back, env: {} });
    expect(await figures(home, '2026-10')).toEqual(expected);
    expect((await afterTheMoment(home)).postgres).toBe(1);
    await home.close();
    for (const secret of [String(password), new URL(engines.env.CLICKHOUSE_URL).password])
      expect(said.join('\n')).not.toContain(secret);
  } finally {
    await taken.postgres.query(`DROP DATABASE IF EXISTS ${emptyDatabase}`);
    engines.close();
    await taken.close();
  }
});

test('a second backup at the same time, and a folder that holds something, are refused', async () => {
  const deps = { stores: source, now, version: '0.1.0', onProgress: () => undefined };
  await expect(makeBackup(deps, ownerOfTheMachine, folder)).rejects.toMatchObject({ code: 'backup.folderInUse' });
  await holding(source.postgres, 'backup', 'wait', () =>
    expect(makeBackup(deps, ownerOfTheMachine, `${folder}2`)).rejects.toMatchObject({ code: 'backup.running' }),
  );
});
