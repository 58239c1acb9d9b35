import { expect, test } from 'vitest';
import { renderStatement, type Spread, spreadOf } from './clickhouseLayout.ts';
import { clickhouseMigrations } from './migrateClickhouse.ts';
import { readMigrations, splitStatements, withoutComments } from './migrations.ts';
import { startTestStores } from './testing.ts';

test("every shipped migration, rendered for a replicated cluster, passes the engine's own parser", async () => {
  const layout = { kind: 'replicated', cluster: 'prod', local: 'heng', all: 'heng_all' } as const;
  const spreads = new Map<string, Spread>();
  const stores = await startTestStores();
  try {
    for (const migration of readMigrations(clickhouseMigrations)) {
      for (const statement of splitStatements(migration.sql)) {
        const created = spreadOf(statement, migration.file);
        if (created) spreads.set(created.table, created.spread);
        for (const { sql } of renderStatement(statement, layout, spreads)) {
          await stores.clickhouse.all.command(`EXPLAIN AST ${sql}`);
          expect(sql, withoutComments(statement)).toMatch(/^INSERT|ON CLUSTER 'prod'/);
          if (/ENGINE = \w*MergeTree/.test(sql)) expect(sql).toMatch(/ENGINE = Replicated\w*MergeTree/);
        }
      }
    }
  } finally {
    await stores.close();
  }
});

test('the table of a replicated full copy reads and writes the local one, and joins without GLOBAL', async () => {
  const stores = await startTestStores();
  const { all } = stores.clickhouse;
  const whole = `${all.database}_all`;
  try {
    await all.command(`CREATE DATABASE ${whole}`);
    const layout = { kind: 'replicated', cluster: 'prod', local: all.database, all: whole } as const;
    const spreads = new Map<string, Spread>([['calendar', 'everywhere']]);
    const [, alias] = renderStatement('CREATE TABLE calendar (x UInt8) ENGINE = MergeTree ORDER BY x', layout, spreads);
    await all.command((alias?.sql ?? '').replace(" ON CLUSTER 'prod'", ''));
    await all.insert(`INSERT INTO ${whole}.calendar FORMAT JSONEachRow`, '{"date":"2026-10-01","type":"holiday"}');
    const count = [{ count: '1' }];
    expect(await all.query('SELECT count() AS count FROM calendar')).toEqual(count);
    expect(await all.query(`SELECT count() AS count FROM ${whole}.calendar`)).toEqual(count);
    expect(
      await all.query(`SELECT count() AS count FROM calendar AS a JOIN ${whole}.calendar AS b ON a.date = b.date`),
    ).toEqual(count);
  } finally {
    await all.command(`DROP DATABASE IF EXISTS ${whole} SYNC`);
    await stores.close();
  }
});
