import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { renderStatement, type Spread, spreadOf } from './clickhouseLayout.ts';
import { migrateClickHouse } from './migrateClickhouse.ts';
import { migratePostgres } from './migratePostgres.ts';
import { splitStatements, withoutComments } from './migrations.ts';
import { startTestStores, type TestStores } from './testing.ts';

let folder: string;
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heng-migrations-'));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});
const write = (file: string, sql: string): void => writeFileSync(join(folder, file), sql);

describe('splitting a file into statements', () => {
  test('a semicolon inside quotes, names, comments or dollar quotes separates nothing', () => {
    const sql = `-- one; two
CREATE TABLE a (x String DEFAULT ';\\'' /* ; */);
INSERT INTO "a;b" VALUES ('it''s; fine'), (\`c;d\`);
CREATE FUNCTION f() AS $body$ BEGIN; END; $body$;
-- only a comment;
`;
    expect(splitStatements(sql).map((statement) => withoutComments(statement).slice(0, 15))).toEqual([
      'CREATE TABLE a ',
      'INSERT INTO "a;',
      'CREATE FUNCTION',
    ]);
  });

  test('comments stay with the statement below them', () => {
    const [, second] = splitStatements('SELECT 1;\n-- shard by id\nCREATE TABLE t (id String) ENGINE = Log');
    expect(second && spreadOf(second, 'f')).toEqual({ table: 't', spread: { by: 'id' } });
  });
});

describe.each(['clickhouse', 'postgres'] as const)('migrations of %s', (engine) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await startTestStores();
    if (engine === 'clickhouse') await stores.clickhouse.all.command('TRUNCATE TABLE schema_migrations');
    else await stores.postgres.query('TRUNCATE TABLE schema_migrations');
    return () => stores.close();
  });
  const run = async (): Promise<number> => {
    if (engine === 'clickhouse') {
      const connection = stores.clickhouse.all;
      return migrateClickHouse({ local: connection, all: connection }, { kind: 'single' }, { folder });
    }
    const client = await stores.postgres.connect();
    try {
      return await migratePostgres(client, { folder });
    } finally {
      client.release();
    }
  };
  const table = (name: string): string =>
    engine === 'clickhouse'
      ? `-- shard by id\nCREATE TABLE ${name} (id String) ENGINE = MergeTree ORDER BY id;`
      : `CREATE TABLE ${name} (id text);`;
  const exists = async (name: string): Promise<boolean> => {
    if (engine === 'clickhouse') {
      const rows = await stores.clickhouse.all.query(
        'SELECT 1 AS one FROM system.tables WHERE database = currentDatabase() AND name = {name:String}',
        { params: { name } },
      );
      return rows.length > 0;
    }
    const { rows } = await stores.postgres.query('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
    return rows[0].found;
  };

  test('each file is applied once, in the order of its number', async () => {
    write('0001_a.sql', table('one'));
    expect(await run()).toBe(1);
    write('0002_b.sql', `${table('two')}\n${table('three')}`);
    expect(await run()).toBe(1);
    expect(await run()).toBe(0);
    expect(await exists('three')).toBe(true);
  });

  test('a file that changed after it was applied is refused by name', async () => {
    write('0001_a.sql', table('one'));
    await run();
    write('0001_a.sql', table('other'));
    await expect(run()).rejects.toMatchObject({
      code: 'migration.changed',
      params: { file: '0001_a.sql', store: { clickhouse: 'ClickHouse', postgres: 'PostgreSQL' }[engine] },
    });
    expect(await exists('other')).toBe(false);
  });

  test('a file that comes in below an applied one, twice under a number, or is missing is refused by name', async () => {
    write('0002_b.sql', table('two'));
    await run();
    write('0001_a.sql', table('one'));
    await expect(run()).rejects.toMatchObject({ code: 'migration.late', params: { file: '0001_a.sql' } });
    rmSync(join(folder, '0001_a.sql'));
    write('0002_c.sql', table('three'));
    await expect(run()).rejects.toMatchObject({ code: 'migration.twice' });
    rmSync(join(folder, '0002_b.sql'));
    rmSync(join(folder, '0002_c.sql'));
    await expect(run()).rejects.toMatchObject({ code: 'migration.missing', params: { file: '0002_b.sql' } });
  });

  test('a file that fails midway can be put right and goes on', async () => {
    write('0001_a.sql', `${table('one')}\nCREATE NONSENSE;`);
    await expect(run()).rejects.toThrow();
    write('0001_a.sql', `${table('one')}\n${table('two')}`);
    expect(await run()).toBe(1);
    expect([await exists('one'), await exists('two')]).toEqual([true, true]);
  });
});

describe('the clauses of a real cluster', () => {
  const layout = { kind: 'replicated', cluster: 'prod', local: 'heng', all: 'heng_all' } as const;
  const spreads = new Map<string, Spread>([
    ['sessions', { by: 'session_id' }],
    ['calendar', 'everywhere'],
  ]);

  test('rows spread by an expression: a replicated table on each shard, a Distributed one over them', () => {
    const statement = 'CREATE TABLE sessions (session_id String) ENGINE = ReplacingMergeTree(v) ORDER BY session_id';
    expect(renderStatement(statement, layout, spreads).map(({ sql }) => sql)).toEqual([
      "CREATE TABLE IF NOT EXISTS sessions ON CLUSTER 'prod' (session_id String) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/heng/{shard}/sessions', '{replica}', v) ORDER BY session_id",
      "CREATE OR REPLACE TABLE heng_all.sessions ON CLUSTER 'prod' AS heng.sessions ENGINE = Distributed('prod', 'heng', 'sessions', cityHash64(session_id))",
    ]);
  });

  test('a full copy everywhere: one replicated table across all shards, written and read through any server', () => {
    const statement = 'CREATE TABLE calendar (date Date) ENGINE = MergeTree ORDER BY date';
    expect(renderStatement(statement, layout, spreads).map(({ sql }) => sql)).toEqual([
      "CREATE TABLE IF NOT EXISTS calendar ON CLUSTER 'prod' (date Date) ENGINE = ReplicatedMergeTree('/clickhouse/tables/heng/everywhere/calendar', '{shard}-{replica}') ORDER BY date",
      "CREATE OR REPLACE TABLE heng_all.calendar ON CLUSTER 'prod' ENGINE = Alias('heng', 'calendar')",
    ]);
  });

  test('a changed column reaches the Distributed table, a dropped table goes from both, a view reads each database', () => {
    const sql = (statement: string) =>
      renderStatement(statement, layout, spreads).map((step) => [step.where, step.sql]);
    expect(sql('ALTER TABLE sessions ADD COLUMN x UInt8')).toEqual([
      ['local', "ALTER TABLE sessions ON CLUSTER 'prod' ADD COLUMN x UInt8"],
      [
        'all',
        "CREATE OR REPLACE TABLE heng_all.sessions ON CLUSTER 'prod' AS heng.sessions ENGINE = Distributed('prod', 'heng', 'sessions', cityHash64(session_id))",
      ],
    ]);
    expect(sql('DROP TABLE sessions')).toEqual([
      ['all', "DROP TABLE sessions ON CLUSTER 'prod'"],
      ['local', "DROP TABLE sessions ON CLUSTER 'prod'"],
    ]);
    expect(sql('CREATE VIEW v AS SELECT 1')).toEqual([
      ['local', "CREATE VIEW v ON CLUSTER 'prod' AS SELECT 1"],
      ['all', "CREATE VIEW v ON CLUSTER 'prod' AS SELECT 1"],
    ]);
  });

  test('a table that does not say how its rows spread is refused', () => {
    expect(() => spreadOf('CREATE TABLE t (id String) ENGINE = Log', '0009_t.sql')).toThrow(/migration.spread.*0009_t/);
  });
});
