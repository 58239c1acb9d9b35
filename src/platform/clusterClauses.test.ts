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
