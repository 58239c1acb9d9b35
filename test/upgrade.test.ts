import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clickhouseMigrations, migrateClickHouse } from '../src/platform/migrateClickhouse.ts';
import { migratePostgres, postgresMigrations } from '../src/platform/migratePostgres.ts';
import { readMigrations } from '../src/platform/migrations.ts';
import { startTestStores, type TestStores } from '../src/platform/testing.ts';

let stores: TestStores;
const made: string[] = [];
beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(async () => {
  for (const name of made) await stores.postgres.query(`DROP DATABASE IF EXISTS ${name}`);
  await stores?.close();
});

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly needed: boolean;
  readonly generated: boolean;
}

/** Where a check wants what its column's type does not tell. */
const fitting: Readonly<Record<string, string>> = {
  'plan_versions.status': "'published'",
  'members.agent_id': "'x'",
  'plan_versions.published_at': "'2026-10-01'",
  'plan_versions.published_by': "'x'",
  'definition_versions.in_force_from': "'2026-10'",
  'plan_assignments.team': "''",
  'plan_assignments.tier': "''",
  'exemptions.subject': "''",
  'cycles.state': "'draft'",
  'appeals.state': "'submitted'",
  'appeals.due_on': "'2026-10-01'",
  'review_interviews.agent_id': "'x'",
  'erasures.kind': "'customer'",
  'erasures.id_hash': "repeat('a', 64)",
  'erasures.texts_before': 'NULL',
  'audit_seals.ids': "'{1}'",
  'audit_seals.salts': "decode(repeat('00', 32), 'hex')",
  'audit_seals.commitments': "decode(repeat('00', 32), 'hex')",
};

it('a store of every schema that a later one changed, with rows in every table it had, keeps all of them in the newest', async () => {
  const migrations = readMigrations(postgresMigrations);
  // A migration that only adds tables cannot harm a row: each other one, and the newest, are begun from the schema just before.
  const starts = migrations.flatMap(({ number }, n) => {
    const next = migrations[n + 1];
    if (!next) return [];
    return /^(ALTER TABLE|UPDATE|DELETE|DROP)/m.test(next.sql) || n === migrations.length - 2 ? [number] : [];
  });
  const empty = new Map<string, string>();
  const databases = stores.postgres.options;
  for (const upTo of starts) {
    const name = `${databases.database}_${upTo}`;
    await stores.postgres.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    made.push(name);
    const client = new pg.Client({ ...databases, database: name, password: String(databases.password) });
    await client.connect();
    try {
      await migratePostgres(client, { upTo });
      const columns = await columnsOf(client);
      await client.query('SET session_replication_role = replica');
      for (const [table, own] of byTable(columns)) {
        const refusal = await putRow(client, table, own).then(
          () => null,
          (error: Error) => error.message,
        );
        if (refusal) empty.set(table, refusal);
      }
      await client.query('SET session_replication_role = origin');
      const before = byTable(columns);
      const contents = await contentsOf(client, before);
      await migratePostgres(client);
      const after = byTable(await columnsOf(client));
      for (const [table, own] of before) {
        const left = after.get(table)?.map(({ column }) => column) ?? [];
        const kept = own.filter(({ column }) => left.includes(column));
        const now = await contentsOf(client, new Map([[table, kept]]));
        const then = contents.get(table)?.map((row) => pick(row, kept));
        expect([upTo, table, now.get(table)]).toEqual([upTo, table, then]);
      }
    } finally {
      await client.end();
    }
  }
  // A table for which no row is made would prove nothing.
  expect([...empty]).toEqual([]);
});

async function columnsOf(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT table_name AS table, column_name AS column, udt_name AS type,
       is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS needed,
       is_identity = 'YES' OR is_generated = 'ALWAYS' AS generated
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'schema_migrations'
     ORDER BY table_name, ordinal_position`,
  );
  return rows;
}

function byTable(columns: readonly Column[]): Map<string, Column[]> {
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  return tables;
}

/** A row with a value in every column that must have one; of a closed list the first. */
async function putRow(client: pg.Client, table: string, columns: readonly Column[]): Promise<void> {
  const { rows: checks } = await client.query<{ text: string }>(
    `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'`,
    [table],
  );
  const given = columns.filter(({ column, needed }) => needed || fitting[`${table}.${column}`] !== undefined);
  const values = given.map(({ column, type }) => {
    const listed = checks
      .map(({ text }) => new RegExp(`\\(?\\(?\\b${column}\\b\\)? = ANY \\(+ARRAY\\['([^']+)'`).exec(text)?.[1])
      .find((value) => value !== undefined);
    return fitting[`${table}.${column}`] ?? (listed === undefined ? anyValue(type) : `'${listed}'`);
  });
  const { rowCount } = await client.query(`SELECT FROM ${table}`);
  // Some tables have their only row from the beginning.
  if (Number(rowCount) > 0) return;
  await client.query(
    given.length === 0
      ? `INSERT INTO ${table} DEFAULT VALUES`
      : `INSERT INTO ${table} (${given.map(({ column }) => column).join(', ')}) VALUES (${values.join(', ')})`,
  );
}

function anyValue(type: string): string {
  if (type.startsWith('_')) return "'{}'";
  switch (type) {
    case 'text':
      return "'2026-10'";
    case 'jsonb':
    case 'json':
      return "'{}'";
    case 'bytea':
      return "decode(repeat('ab', 32), 'hex')";
    case 'uuid':
      return "'00000000-0000-4000-8000-000000000000'";
    case 'bool':
      return 'true';
    case 'date':
      return "'2026-10-01'";
    case 'timestamptz':
      return "'2026-10-01T00:00:00Z'";
    default:
      return '1';
  }
}

type Row = Readonly<Record<string, unknown>>;

const pick = (row: Row, columns: readonly Column[]): Row =>
  Object.fromEntries(columns.map(({ column }) => [column, row[column]]));

async function contentsOf(client: pg.Client, tables: ReadonlyMap<string, Column[]>): Promise<Map<string, Row[]>> {
  const contents = new Map<string, Row[]>();
  for (const [table, columns] of tables) {
    const { rows } = await client.query<Row>(`SELECT ${columns.map(({ column }) => column).join(', ')} FROM ${table}`);
    contents.set(table, rows);
  }
  return contents;
}

it('the same of ClickHouse', async () => {
  const { all } = stores.clickhouse;
  const numbers = readMigrations(clickhouseMigrations).map(({ number }) => number);
  for (const upTo of numbers.slice(0, -1)) {
    const name = `${all.database}_${upTo}`;
    await stores.clickhouse.copies.create(`upgrade_${upTo}`);
    const copy = stores.clickhouse.copies.open(`upgrade_${upTo}`).all;
    // Anew, and only as far as that schema went.
    const tables = await copy.query<{ name: string }>(
      'SELECT name FROM system.tables WHERE database = currentDatabase()',
    );
    for (const { name: table } of tables) await copy.command(`DROP TABLE ${table} SYNC`);
    const server = { local: copy, all: copy };
    await migrateClickHouse(server, { kind: 'single' }, { upTo });
    // Of service_days and service_breaks (Join tables) nothing is kept: they are filled from the calendar at every derivation.
    const before = await copy.query<{ table: string; columns: string[] }>(
      `SELECT table, groupArray(name) AS columns FROM (
         SELECT table, name FROM system.columns WHERE database = currentDatabase() AND table != 'schema_migrations'
           AND default_kind = '' AND table NOT IN ('service_days', 'service_breaks') ORDER BY table, position) GROUP BY table`,
    );
    const contents = new Map<string, unknown>();
    const read = (table: string, columns: readonly string[]) =>
      copy.query(`SELECT ${columns.map((column) => `\`${column}\``).join(', ')} FROM ${table} ORDER BY ALL`);
    for (const { table, columns } of before) {
      const structure = await copy.query<{ type: string; name: string }>(
        `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String} AND default_kind = '' ORDER BY position`,
        { params: { table } },
      );
      const typed = structure.map(({ name: column, type }) => `\`${column}\` ${type}`).join(', ');
      await copy.command(`INSERT INTO ${table} (${columns.map((column) => `\`${column}\``).join(', ')})
        SELECT ${columns.map((column) => (column === 'gone' ? 'gone % 2' : `\`${column}\``)).join(', ')}
        FROM generateRandom('${typed.replaceAll("'", "\\'")}', 1, 4, 2) LIMIT 3`);
      contents.set(table, await read(table, columns));
    }
    await migrateClickHouse(server, { kind: 'single' });
    for (const { table, columns } of before)
      expect([name, table, await read(table, columns)]).toEqual([name, table, contents.get(table)]);
    await stores.clickhouse.copies.drop(`upgrade_${upTo}`);
  }
});
