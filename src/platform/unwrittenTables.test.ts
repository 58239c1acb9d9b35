import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeUnwritten } from './unwrittenTables.ts';

test('empty descriptions of tables that serve a moment are removed, of no other table, and none that says anything', () => {
  const data = mkdtempSync(join(tmpdir(), 'heng-unwritten-'));
  try {
    expect(removeUnwritten(data)).toEqual([]);
    const put = (database: string, files: Record<string, string>) => {
      // The engine links each database to where its descriptions are.
      mkdirSync(join(data, 'store', database), { recursive: true });
      mkdirSync(join(data, 'metadata'), { recursive: true });
      symlinkSync(join(data, 'store', database), join(data, 'metadata', database));
      writeFileSync(join(data, 'metadata', `${database}.sql`), '');
      for (const [file, text] of Object.entries(files)) writeFileSync(join(data, 'store', database, file), text);
    };
    put('heng', { 'messages.sql': '', 'ingest_7.sql': '', 'ingest_8.sql': 'ATTACH TABLE', 'ingest_9.sql.tmp': '' });
    put('heng_copy_2026_10', { 'tickets.sql': '', 'orders.sql': 'ATTACH TABLE' });
    symlinkSync(join(data, 'store/gone'), join(data, 'metadata/gone'));
    expect(removeUnwritten(data).sort()).toEqual(['heng.ingest_7', 'heng_copy_2026_10.tickets']);
    expect(readdirSync(join(data, 'metadata/heng')).sort()).toEqual([
      'ingest_8.sql',
      'ingest_9.sql.tmp',
      'messages.sql',
    ]);
    expect(readdirSync(join(data, 'metadata/heng_copy_2026_10'))).toEqual(['orders.sql']);
    expect(readdirSync(join(data, 'unwritten')), 'a trace of what a closed period lacks').toEqual([
      'heng_copy_2026_10.tickets.sql',
    ]);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
