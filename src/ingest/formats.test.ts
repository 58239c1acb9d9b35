import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readyRows } from '../facts/readyRows.ts';
import { packageRoot } from '../platform/root.ts';
import { readMapping } from './readMapping.ts';
import { openSource } from './source.ts';
import { type ImportBench, openImportBench } from './testImport.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.empty());

/** Tickets are folded of the logs before facts are derived. */
async function afterCommit(): Promise<void> {
  const { clickhouse, postgres } = bench.stores;
  const parts = await postgres.query(`SELECT id, kind FROM import_parts WHERE state = 'committed'`);
  await readyRows(clickhouse, parts.rows);
}

const header = 'session_id,at,sender,sender_id,text,message_id';
const line = 'S1,2026-10-01T09:00:00Z,customer,c1,空调不制冷了，怎么办？,M1';
const landed = () => bench.rows('SELECT session_id, text, message_id FROM messages');
const expected = [{ session_id: 'S1', text: '空调不制冷了，怎么办？', message_id: 'M1' }];

describe('encodings and formats give the same rows', () => {
  test('UTF-8 with a byte order mark, Windows line ends', async () => {
    await bench.importText('messages.csv', `\ufeff${header}\r\n${line}\r\n`);
    expect(await landed()).toEqual(expected);
  });

  test('GB18030, also when the first Chinese character comes late', async () => {
    const gb = await gb18030(line);
    const padding = Array.from({ length: 40_000 }, (_, n) => `A${n},2026-10-01T09:00:00Z,customer,c1,plain,P${n}\n`);
    await bench.importText(
      'messages.csv',
      Buffer.concat([Buffer.from(`${header}\n${padding.join('')}`), gb, Buffer.from('\n')]),
    );
    expect(await bench.rows(`SELECT session_id, text, message_id FROM messages WHERE session_id = 'S1'`)).toEqual(
      expected,
    );
    expect(await bench.count('messages')).toBe(40_001);
  });

  test('a few broken bytes do not turn UTF-8 into GB18030', async () => {
    const broken = Buffer.concat([
      Buffer.from(`S2,2026-10-01T09:00:00Z,customer,c1,坏`),
      Buffer.from([0xff]),
      Buffer.from(',M2\n'),
    ]);
    const report = await bench.importText(
      'messages.csv',
      Buffer.concat([Buffer.from(`${header}\n`), broken, Buffer.from(`${line}\n`)]),
    );
    expect(await landed()).toEqual(expected);
    expect(await bench.rejectsOf(report)).toMatchObject([['2', '', expect.any(String), 'badEncoding']]);
  });

  test('Zstandard, and damage to it is told', async () => {
    const packed = Buffer.from(
      'KLUv/QRYwAMAc2Vzc2lvbl9pZCxhdCxzZW5kZXIsc2VuZGVyX2lkLHRleHQsbWVzc2FnZV9pZApTMSwyMDI2LTEwLTAxVDA5OjAwOjAwWixjdXN0b21lcixjMSznqbrosIPkuI3liLblhrfkuobvvIzmgI7kuYjlip7vvJ8sTTEKAQAAnP2meg==',
      'base64',
    );
    await bench.importText('messages.csv.zst', packed);
    expect(await landed()).toEqual(expected);
    const broken = await bench.importText('messages.csv.zst', packed.subarray(0, 60));
    expect(broken.files[0]).toMatchObject({ accepted: 0, rejected: 1 });
  });

  test('TSV, semicolons, gzip', async () => {
    await bench.importText('messages.tsv', `${header}\n${line}\n`.replaceAll(',', '\t'));
    const semicolons = await bench.importText('messages-2.csv', `${header}\n${line}\n`.replaceAll(',', ';'));
    const packed = await bench.importText('messages-3.csv.gz', gzipSync(`${header}\n${line}\n`));
    expect(await landed()).toEqual(expected);
    expect([semicolons, packed].map((report) => report.files[0]?.duplicates)).toEqual([1, 1]);
  });

  test('JSON lines, with unknown keys as attributes and long numbers kept', async () => {
    const report = await bench.importText(
      'messages.jsonl',
      [
        '{"session_id":"S1","at":"2026-10-01T09:00:00Z","sender":"customer","sender_id":"c1","text":"空调不制冷了，怎么办？","message_id":"M1"}',
        '{"session_id":12345678901234567890,"at":"2026-10-01T09:00:00Z","sender":"customer","text":"x","seq":3,"auto":false,"shop":{"id":1}}',
        '{"session_id":"S3",',
        '[1]',
        '{"session_id":"S4","at":"2026-10-01T09:00:00Z","sender":"customer","text":"a\\u0000b"}',
        '',
        '{"session_id":"S5","at":"2026-1',
      ].join('\n'),
    );
    expect(report.files).toMatchObject([{ read: 6, accepted: 2, rejected: 4 }]);
    expect((await bench.rejectsOf(report)).map(([at, , , reason]) => [at, reason])).toEqual([
      ['3', 'badJson'],
      ['4', 'badJson'],
      ['5', 'nullByte'],
      ['7', 'halfWritten'],
    ]);
    expect(await bench.rows(`SELECT session_id, seq, attributes FROM messages WHERE message_id = ''`)).toEqual([
      { session_id: '12345678901234567890', seq: 3, attributes: { shop: '{"id":1}' } },
    ]);
  });

  test('rejected JSON lines keep what they held beyond the format', async () => {
    const text =
      '{"session_id":"S1","at":"bad","sender":"customer","text":"x","message_id":"M1","shop":"甲","n":{"a":1}}\n';
    const report = await bench.importText('messages.jsonl', text);
    const corrected = readFileSync(report.rejects as string, 'utf8').replaceAll('"bad"', '"2026-10-01T09:00:00Z"');
    expect((await bench.importText('corrected.csv', corrected)).files).toMatchObject([{ accepted: 1 }]);
    expect(await bench.rows('SELECT attributes FROM messages')).toEqual([{ attributes: { shop: '甲', n: '{"a":1}' } }]);
    const asLines = await bench.importText('messages.jsonl', text.replace('bad', '2026-10-01T09:00:00Z'));
    expect(asLines.files).toMatchObject([{ accepted: 0, duplicates: 1 }]);
  });

  test('Parquet as ClickHouse writes it', async () => {
    await bench.importText('messages.csv', `${header}\n${line}\n`);
    const shard = bench.stores.clickhouse.shards[0];
    const chunks: Buffer[] = [];
    const stream = await shard?.stream(
      'SELECT session_id, at, toString(sender) AS sender, sender_id, text, message_id, seq FROM messages FORMAT Parquet',
    );
    for await (const chunk of stream as Readable) chunks.push(chunk as Buffer);
    await bench.empty();
    const report = await bench.importText('messages.parquet', Buffer.concat(chunks));
    expect(report.files).toMatchObject([{ read: 1, accepted: 1, rejected: 0 }]);
    expect(await landed()).toEqual(expected);
  });

  test('Excel, real dates as wall-clock time', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('消息');
    sheet.addRow(['session_id', 'at', 'sender', 'sender_id', 'text', 'message_id']);
    sheet.addRow(['S1', new Date('2026-10-01T17:00:00Z'), 'customer', 'c1', '空调不制冷了，怎么办？', 'M1']);
    sheet.addRow(['S2', 'gestern', 'customer', 'c1', { richText: [{ text: 'a' }, { text: 'b' }] }, 42]);
    await book.xlsx.writeFile(join(bench.folder, 'book.xlsx'));
    const report = await bench.importText('messages.xlsx', readFileSync(join(bench.folder, 'book.xlsx')));
    expect(report.files).toMatchObject([{ read: 2, accepted: 1, rejected: 1 }]);
    expect(await bench.rejectsOf(report)).toEqual([['3', 'at', 'gestern', 'notAnInstant']]);
    expect(await bench.rows('SELECT session_id, at, text, message_id FROM messages')).toEqual([
      { ...expected[0], at: '2026-10-01 09:00:00.000' },
    ]);
  });

  test('Excel, midnight as a time where a time is wanted and as a day where a day is', async () => {
    const midnight = new Date('2026-10-01T00:00:00Z');
    const book = async (name: string, rows: readonly unknown[][]) => {
      const made = new ExcelJS.Workbook();
      const sheet = made.addWorksheet('x');
      for (const row of rows) sheet.addRow(row);
      await made.xlsx.writeFile(join(bench.folder, 'book.xlsx'));
      return bench.importText(name, readFileSync(join(bench.folder, 'book.xlsx')));
    };
    const talk = await book('messages.xlsx', [header.split(','), ['S1', midnight, 'customer', 'c1', 'hi', 'M1']]);
    const people = await book('agents.xlsx', [
      ['agent_id', 'name', 'hired_on'],
      ['a1', '王', midnight],
    ]);
    expect([talk, people].map(({ files }) => files[0]?.rejected)).toEqual([0, 0]);
    expect(await bench.rows('SELECT at FROM messages')).toEqual([{ at: '2026-09-30 16:00:00.000' }]);
    expect(await bench.rows('SELECT hired_on FROM agents')).toEqual([{ hired_on: '2026-10-01' }]);
  });

  test('a packed file that unpacks to far more than it should is refused, and what it would become is never held', async () => {
    const path = join(bench.folder, 'bomb.csv.gz');
    const packed = gzipSync(Buffer.alloc(128 << 20));
    await writeFile(path, packed);
    expect(packed.length).toBeLessThan(1 << 20);
    const source = await openSource(path, 'gz', { hash: false });
    let [largest, all] = [0, 0];
    const read = async () => {
      for await (const chunk of source.read()) {
        largest = Math.max(largest, chunk.length);
        all += chunk.length;
      }
    };
    await expect(read()).rejects.toMatchObject({ reason: 'zipBomb' });
    expect([largest < 4 << 20, all < 96 << 20]).toEqual([true, true]);
    // Of zeros the import does not even find the end of a line.
    const { files } = await bench.importText('messages.csv.gz', packed);
    expect(['zipBomb', 'lineTooLong']).toContain(files[0]?.refused);
  });

  test('a workbook that unpacks to far more than it should is refused', async () => {
    const filename = join(bench.folder, 'bomb.xlsx');
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({
      filename,
      useSharedStrings: false,
      zip: { zlib: { level: 9 } },
    });
    const sheet = book.addWorksheet('x');
    for (let n = 0; n < 3000; n++) sheet.addRow(['a'.repeat(32_000)]).commit();
    await book.commit();
    const report = await bench.importText('messages.xlsx', readFileSync(join(bench.folder, 'bomb.xlsx')));
    expect(report.files[0]?.refused).toBe('zipBomb');
  });
});

describe('mappings', () => {
  test('rename, read times in a format and zone, map values, and name nulls', async () => {
    const mapping = readMapping(`
kind: messages
timeZone: Asia/Shanghai
nulls: ['-']
columns:
  session_id: 会话
  at: { from: 时间, format: d/M/yyyy HH:mm, timeZone: America/New_York }
  sender: { from: 角色, values: { 买家: customer, 卖家: agent } }
  text: 内容
  message_id: 编号
constants: { seq: '7' }
filter:
  - { column: 店铺, notIn: [测试店] }
`);
    const report = await bench.importText(
      '导出.csv',
      '会话,时间,角色,内容,编号,店铺\nS1,1/10/2026 05:00,买家,空调不制冷了，怎么办？,M1,甲\nS2,1/13/2026 05:00,买家,x,-,甲\nS3,1/10/2026 05:00,路人,x,-,甲\nS4,1/10/2026 05:00,买家,x,-,测试店\n',
      { mapping },
    );
    expect(report.files).toMatchObject([{ kind: 'messages', read: 3, accepted: 1, rejected: 2, skipped: 1 }]);
    expect(await bench.rejectsOf(report)).toEqual([
      ['3', 'at', '1/13/2026 05:00', 'notAnInstant'],
      ['4', 'sender', '路人', 'notOneOf'],
    ]);
    expect(await bench.rows('SELECT session_id, at, seq, message_id, attributes FROM messages')).toEqual([
      { session_id: 'S1', at: '2026-10-01 09:00:00.000', seq: 7, message_id: 'M1', attributes: { 店铺: '甲' } },
    ]);
    const text = readFileSync(report.rejects as string, 'utf8');
    const corrected = text.replaceAll('"1/13/2026 05:00"', '"2026-10-01T09:00:00Z"').replaceAll('"路人"', '"customer"');
    const again = await bench.importText('corrected.csv', corrected);
    expect(again.files).toMatchObject([{ kind: 'messages', read: 2, accepted: 2, rejected: 0 }]);
  });

  test('give rejects that come in again exactly as they were: milliseconds, days, what stands for nothing', async () => {
    const talk = readMapping(`
kind: messages
timeZone: America/New_York
columns:
  session_id: s
  at: { from: t, format: 'd/M/yyyy HH:mm:ss.SSS' }
  sender: who
  text: said
`);
    const said = (who: string) => `s,t,who,said\nS1,1/10/2026 05:00:00.250,${who},hi\n`;
    await bench.importText('x.csv', said('customer'), { mapping: talk });
    const report = await bench.importText('y.csv', said('nobody'), { mapping: talk });
    const kept = readFileSync(report.rejects as string, 'utf8').replaceAll('"nobody"', '"customer"');
    expect((await bench.importText('corrected.csv', kept)).files).toMatchObject([{ accepted: 0, duplicates: 1 }]);
    const people = readMapping(
      "kind: agents\nnulls: ['-']\ncolumns: { agent_id: n, name: who, hired_on: { from: d, format: d/M/yyyy }, tier: t, shop: p }\n",
    );
    const bad = await bench.importText('z.csv', 'n,who,d,t,p\na1,王,3/4/2020,boss,-\n', { mapping: people });
    const good = readFileSync(bad.rejects as string, 'utf8').replaceAll('"boss"', '"mid"');
    expect((await bench.importText('corrected.csv', good)).files).toMatchObject([{ accepted: 1, rejected: 0 }]);
    expect(await bench.rows('SELECT hired_on, shop FROM agents')).toEqual([{ hired_on: '2020-04-03', shop: '' }]);
    const log = readMapping(`
kind: tickets
nulls: ['-']
columns: { customer_id: caller, agent_id: owner, issue: topic }
fold: { key: number, at: when, state: { from: state, values: { New: open, Done: closed } } }
`);
    const wrong = 'number,when,state,caller,owner,topic\nT1,yesterday,New,c1,a1,-\n';
    const folded = await bench.importText('log.csv', wrong, { mapping: log, afterCommit });
    const mended = readFileSync(folded.rejects as string, 'utf8').replaceAll('"yesterday"', '"2026-10-01T09:00:00Z"');
    await bench.importText('corrected.csv', mended, { mapping: log, afterCommit });
    expect(await bench.rows('SELECT ticket_id, issue FROM tickets')).toEqual([{ ticket_id: 'T1', issue: '' }]);
  });

  test('name every problem at once', () => {
    expect(() =>
      readMapping(
        'kind: messages\ncolumns: { at: { from: x, format: "QQ" } }\ntimeZone: Mars/Base\nconstants: { at: y }\n',
      ),
    ).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({ path: 'timeZone', code: 'unknownTimeZone' }),
          expect.objectContaining({ path: 'columns.at.format', code: 'unknownFormat' }),
          expect.objectContaining({ path: 'constants.at', code: 'twice' }),
        ],
      }),
    );
  });

  test('fold an event log into tickets and events, whatever the order of its rows', async () => {
    const mapping = readMapping(`
kind: tickets
timeZone: UTC
columns: { customer_id: caller, agent_id: owner, issue: topic }
fold:
  key: number
  at: when
  order: step
  state: { from: state, values: { New: open, Working: open, Done: closed } }
  handler: owner
`);
    const head = 'number,when,step,state,caller,owner,topic';
    const lines = [
      'T1,2026-10-01T09:00:00Z,1,New,c1,a1,冰箱',
      'T1,2026-10-01T10:00:00Z,2,Working,c1,a2,冰箱',
      'T1,2026-10-01T11:00:00Z,3,Done,c1,a2,冰箱',
      'T1,2026-10-01T11:00:00Z,4,Working,c1,a2,冰箱',
      'T1,2026-10-01T12:00:00Z,5,Done,c1,a2,空调',
      'T2,2026-10-02T09:00:00Z,1,New,c2,a1,空调',
      'T3,2026-10-02T09:00:00Z,1,Lost,c2,a1,空调',
    ];
    const parts = [lines.toReversed(), lines.filter((_, n) => n % 2 === 1), lines.filter((_, n) => n % 2 === 0)];
    const [whole = '', odd = '', even = ''] = parts.map((rows) => `${head}\n${rows.join('\n')}\n`);
    const shown = async (...files: readonly string[]) => {
      await bench.empty();
      for (const file of files) await bench.importText('log.csv', file, { mapping, afterCommit });
      const tickets = await bench.rows<object>('SELECT * FROM tickets ORDER BY ticket_id');
      const events = await bench.rows<object>('SELECT * FROM events ORDER BY subject_id, at, type');
      return [...tickets, ...events];
    };
    const once = await shown(whole);
    expect(await shown(odd, even), 'in two files').toEqual(once);
    expect(await shown(even, odd, even), 'in two files in any order, and again').toEqual(once);
    const report = await bench.importText('log.csv', whole, { mapping, afterCommit });
    expect(report.files).toMatchObject([{ kind: 'tickets', read: 7, accepted: 0, duplicates: 6, rejected: 1 }]);
    expect(
      await bench.rows(
        'SELECT ticket_id, agent_id, created_at, closed_at, first_closed_at, reopened_at, reopened, issue FROM tickets ORDER BY ticket_id',
      ),
    ).toEqual([
      {
        ticket_id: 'T1',
        agent_id: 'a2',
        created_at: '2026-10-01 09:00:00.000',
        closed_at: '2026-10-01 12:00:00.000',
        first_closed_at: '2026-10-01 11:00:00.000',
        reopened_at: '2026-10-01 11:00:00.000',
        reopened: true,
        issue: '空调',
      },
      {
        ticket_id: 'T2',
        agent_id: 'a1',
        created_at: '2026-10-02 09:00:00.000',
        closed_at: null,
        first_closed_at: null,
        reopened_at: null,
        reopened: false,
        issue: '空调',
      },
    ]);
    expect(
      await bench.rows(`SELECT type, agent_id, to_agent_id FROM events WHERE subject_id = 'T1' ORDER BY at, type`),
    ).toEqual([
      { type: 'assigned', agent_id: 'a1', to_agent_id: '' },
      { type: 'transferred', agent_id: 'a1', to_agent_id: 'a2' },
      { type: 'closed', agent_id: 'a2', to_agent_id: '' },
      { type: 'reopened', agent_id: '', to_agent_id: '' },
      { type: 'closed', agent_id: 'a2', to_agent_id: '' },
    ]);
  });

  test('of a log that is imported again with a row corrected, what all its rows say holds', async () => {
    const mapping = readMapping(`
kind: tickets
columns: { customer_id: caller, agent_id: owner }
fold: { key: number, at: when, state: { from: state, values: { New: open, Done: closed } } }
`);
    const tickets = Array.from({ length: 8 }, (_, n) => `T${n}`);
    const log = (done: string) => {
      const rows = tickets.flatMap((ticket) =>
        ['2026-10-01T09:00:00Z,New', `${done},Done`, '2026-10-08T09:00:00Z,Done'].map(
          (row) => `${ticket},${row},c1,a1`,
        ),
      );
      return `number,when,state,caller,owner\n${rows.join('\n')}\n`;
    };
    await bench.importText('log.csv', log('3 October'), { mapping, afterCommit });
    await bench.importText('log.csv', log('2026-10-03T09:00:00Z'), { mapping, afterCommit });
    expect(await bench.rows('SELECT first_closed_at AS first, count() AS tickets FROM tickets GROUP BY first')).toEqual(
      [{ first: '2026-10-03 09:00:00.000', tickets: '8' }],
    );
  });
});

const data = join(packageRoot, '../shared/data');
const shipped = (name: string) => readMapping(readFileSync(join(packageRoot, 'docs/mappings', name), 'utf8'));

describe.skipIf(!existsSync(data))('real files (skipped where ../shared/data is absent)', () => {
  test('the citizens’ workbook: one unparseable time is one reject', async () => {
    const report = await bench.importText(
      'replied_tickets.xlsx',
      readFileSync(join(data, 'citizen_tickets/replied_tickets.xlsx')),
      { mapping: shipped('citizen-tickets.yaml') },
    );
    expect(report.files).toMatchObject([{ kind: 'tickets', read: 2816, accepted: 2815, rejected: 1 }]);
    expect(await bench.rejectsOf(report)).toEqual([['1141', 'closed_at', '2018/4/24', 'notAnInstant']]);
    const [cycle] = await bench.rows<{ days: number; longest: number }>(
      "SELECT round(quantileExact(dateDiff('second', created_at, closed_at)) / 86400, 1) AS days, floor(max(dateDiff('second', created_at, closed_at)) / 86400) AS longest FROM tickets",
    );
    expect(cycle).toEqual({ days: 11.2, longest: 1160 });
  });

  test('the incident log: 24,918 tickets of which 275 were reopened, five rows of an unknown state', async () => {
    const log = readFileSync(join(data, 'incident_log/incident_event_log.csv.gz'));
    const report = await bench.importText('incident_event_log.csv.gz', log, {
      ...{ mapping: shipped('incident-log.yaml'), afterCommit },
    });
    expect(report.files).toMatchObject([{ kind: 'tickets', read: 141_712, accepted: 141_707, rejected: 5 }]);
    expect(
      (await bench.rejectsOf(report)).every(([, column, value]) => column === 'incident_state' && value === '-100'),
    ).toBe(true);
    expect(
      await bench.rows(
        'SELECT count() AS tickets, countIf(reopened) AS reopened, countIf(closed_at IS NULL) AS open FROM tickets',
      ),
    ).toEqual([{ tickets: '24918', reopened: '275', open: '0' }]);
  });
});

/** Node writes no GB18030; the engine does. */
async function gb18030(text: string): Promise<Buffer> {
  const [row] = await bench.rows<{ hex: string }>(`SELECT hex(convertCharset('${text}', 'UTF-8', 'GB18030')) AS hex`);
  return Buffer.from(row?.hex ?? '', 'hex');
}
