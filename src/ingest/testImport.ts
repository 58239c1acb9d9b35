import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { CsvRows } from './csvRows.ts';
import { ticketLog } from './fold.ts';
import { type ImportReport, type ImportRequest, importFiles } from './importFiles.ts';
import { kindNames } from './kinds.ts';
import { supersededRows } from './moved.ts';

/** The clock of every import in tests. */
export const testNow = Date.parse('2026-11-22T12:00:00Z');

export interface ImportBench {
  readonly stores: TestStores;
  readonly folder: string;
  /** Writes a file of this name and imports it. */
  importText(name: string, content: string | Buffer, more?: Partial<ImportRequest>): Promise<ImportReport>;
  rows<Row>(sql: string): Promise<Row[]>;
  count(table: string): Promise<number>;
  /** line, column, value, reason of each rejected row. */
  rejectsOf(report: ImportReport): Promise<string[][]>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** A real installation to import into. */
export async function openImportBench(start: () => Promise<TestStores> = startTestStores): Promise<ImportBench> {
  const stores = await start();
  const folder = await mkdtemp(join(tmpdir(), 'heng-import-'));
  const rows = <Row>(sql: string) => stores.clickhouse.all.query<Row>(sql);
  return {
    stores,
    folder,
    rows,
    async importText(name, content, more = {}) {
      await writeFile(join(folder, name), content);
      const request = { paths: [join(folder, name)], source: 'files' as const, by: 'test', ...more };
      return importFiles({ stores, now: () => testNow, timeZone: 'Asia/Shanghai' }, request);
    },
    async count(table) {
      const [row] = await rows<{ n: string }>(`SELECT count() AS n FROM ${table}`);
      return Number(row?.n);
    },
    async rejectsOf(report) {
      if (!report.rejects) return [];
      const [, ...lines] = new CsvRows(',').push(await readFile(report.rejects, 'utf8'));
      return lines.map((line) => line.slice(2, 6));
    },
    async empty() {
      for (const table of [...kindNames, 'uncut_messages', 'superseded_messages', ticketLog, supersededRows]) {
        for (const shard of stores.clickhouse.shards) await shard.command(`TRUNCATE TABLE ${table}`);
      }
    },
    async close() {
      await rm(folder, { recursive: true, force: true });
      await stores.close();
    },
  };
}
