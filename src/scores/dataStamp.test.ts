import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frozenTables } from '../facts/freezeFacts.ts';
import { catalogue, readMetricRequest } from '../metrics/catalogue.ts';
import { compileMetrics } from '../metrics/compileMetrics.ts';
import { packageRoot } from '../platform/root.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { dataStamp, stampedTables } from './organisation.ts';

const migrations = join(packageRoot, 'db', 'clickhouse');
const tables = readdirSync(migrations)
  .filter((name) => name.endsWith('.sql'))
  .flatMap((name) => [...readFileSync(join(migrations, name), 'utf8').matchAll(/CREATE TABLE (\w+)/g)])
  .map(([, table]) => table ?? '');

/** The tables that the SQL of a metric names in whatever place, by agent as a card asks for it. */
function readBy(id: string): string[] {
  const { metric } = readMetricRequest(id);
  const by = metric.dimensions.includes('agent') ? (['agent'] as const) : [];
  const sql = compileMetrics([readMetricRequest(id)], { by, filter: {} }).map((query) => query.sql);
  return tables.filter((table) => sql.some((text) => new RegExp(`(FROM|JOIN|IN)\\s*\\(*\\s*${table}\\b`).test(text)));
}

describe('the state of the data that cards are remembered by', () => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await startTestStores();
  });
  afterAll(() => stores.close());

  const read = [...new Set(catalogue.flatMap(({ id }) => readBy(id)))].sort();

  test('covers every table that any metric reads, and a closed period keeps them all', () => {
    expect(read).toEqual(expect.arrayContaining(['events', 'hit_labels', 'order_facts', 'ratings', 'session_facts']));
    expect(read.filter((table) => !stampedTables.includes(table))).toEqual([]);
    expect(stampedTables.filter((table) => !(frozenTables as readonly string[]).includes(table))).toEqual([]);
  });

  test('is another one after a row more in any of them', async () => {
    const { all } = stores.clickhouse;
    for (const table of read) {
      const before = await dataStamp(stores.clickhouse);
      expect(await dataStamp(stores.clickhouse)).toBe(before);
      await all.command(`INSERT INTO ${table} FORMAT JSONEachRow {}`);
      expect(await dataStamp(stores.clickhouse), table).not.toBe(before);
    }
  });
});
