import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { type ImportReport, type ImportRequest, importFiles } from './importFiles.ts';

let stores: TestStores;
let folder: string;

beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(() => stores.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heng-import-'));
  for (const table of ['agents', 'messages', 'uncut_messages', 'superseded_messages', 'sessions', 'ratings']) {
    await stores.clickhouse.shards[0]?.command(`TRUNCATE TABLE ${table}`);
  }
  return () => rm(folder, { recursive: true, force: true });
});

const now = Date.parse('2026-11-22T12:00:00Z');

async function importText(
  name: string,
  text: string | Buffer,
  more: Partial<ImportRequest> = {},
): Promise<ImportReport> {
  await writeFile(join(folder, name), text);
  return importFiles(
    { stores, now: () => now, timeZone: 'Asia/Shanghai' },
    { paths: [join(folder, name)], source: 'files', by: 'test', ...more },
  );
}

const rows = <Row>(sql: string) => stores.clickhouse.all.query<Row>(sql);
const count = async (table: string) => Number((await rows<{ n: string }>(`SELECT count() AS n FROM ${table}`))[0]?.n);

async function rejectsOf(report: ImportReport): Promise<string[][]> {
  if (!report.rejects) return [];
  const [, ...lines] = (await readFile(report.rejects, 'utf8')).trim().split('\n');
  return lines.map((line) =>
    line
      .split(',')
      .map((cell) => cell.replace(/^"|"$/g, ''))
      .slice(2, 6),
  );
}

const header = 'session_id,at,sender,sender_id,text,message_id';

describe('messages from CSV', () => {
  test('land typed, with the zone of their times kept', async () => {
    const report = await importText(
      'messages.csv',
      `${header}\nS1,2026-10-01T09:00:00+08:00,customer,c1,你好,M1\nS1,2026-10-01 09:00:05,agent,a1,"您好, 请讲",M2\n`,
    );
    expect(report.files).toMatchObject([{ kind: 'messages', read: 2, accepted: 2, duplicates: 0, rejected: 0 }]);
    expect(await rows('SELECT session_id, at, sender, text, line FROM messages ORDER BY at')).toEqual([
      { session_id: 'S1', at: '2026-10-01 01:00:00.000', sender: 'customer', text: '你好', line: 2 },
      { session_id: 'S1', at: '2026-10-01 01:00:05.000', sender: 'agent', text: '您好, 请讲', line: 3 },
    ]);
  });

  test('imported again change nothing', async () => {
    const text = `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,hi,M1\nS1,2026-10-01T09:00:05Z,agent,a1,yes,\nS1,2026-10-01T09:00:05Z,agent,a1,yes,\n`;
    await importText('messages.csv', text);
    const before = await rows('SELECT key, content_hash, import_id FROM messages ORDER BY key');
    expect(before).toHaveLength(3);
    const again = await importText('messages.csv', text);
    expect(again.files).toMatchObject([{ read: 3, accepted: 0, duplicates: 3, rejected: 0 }]);
    expect(await rows('SELECT key, content_hash, import_id FROM messages ORDER BY key')).toEqual(before);
  });
});
