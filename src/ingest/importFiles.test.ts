import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CsvRows } from './csvRows.ts';
import { importFiles } from './importFiles.ts';
import { beginImport, beginPart, listImports } from './journal.ts';
import { readRawTable } from './rawTable.ts';
import { checkMapping } from './readMapping.ts';
import { rejectsPath } from './rejectsFile.ts';
import { firstShard } from './settle.ts';
import { openEmptyStage, stageOf } from './stage.ts';
import { type ImportBench, openImportBench, testNow } from './testImport.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.empty());

const header = 'session_id,at,sender,sender_id,text,message_id';
const state = 'SELECT session_id, at, sender, sender_id, text, message_id, key FROM messages ORDER BY key';

describe('a file of messages', () => {
  test('lands typed, its times read with their own zone or the organisation’s', async () => {
    const report = await bench.importText(
      'messages.csv',
      `${header}\nS1,2026-10-01T09:00:00+08:00,customer,c1,你好,M1\nS1,2026-10-01 09:00:05,agent,a1,"您好, 请讲",M2\n`,
    );
    expect(report.files).toMatchObject([{ kind: 'messages', read: 2, accepted: 2, duplicates: 0, rejected: 0 }]);
    expect(report.files[0]?.endsOpen).toBe(false);
    expect(report.rejects).toBeNull();
    expect(report.agentsKnown).toBe(false);
    expect(await bench.rows('SELECT session_id, at, sender, text, line FROM messages ORDER BY at')).toEqual([
      { session_id: 'S1', at: '2026-10-01 01:00:00.000', sender: 'customer', text: '你好', line: 2 },
      { session_id: 'S1', at: '2026-10-01 01:00:05.000', sender: 'agent', text: '您好, 请讲', line: 3 },
    ]);
  });

  test('imported again changes nothing, equal messages without an id included', async () => {
    const text = `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,hi,M1\nS1,2026-10-01T09:00:05Z,agent,a1,yes,\nS1,2026-10-01T09:00:05Z,agent,a1,yes,\n`;
    await bench.importText('messages.csv', text);
    const before = await bench.rows(state);
    expect(before).toHaveLength(3);
    const again = await bench.importText('messages.csv', text);
    expect(again.files).toMatchObject([{ read: 3, accepted: 0, duplicates: 3, rejected: 0, orderDependent: 0 }]);
    expect(await bench.rows(state)).toEqual(before);
  });

  test('gives the same messages whole, in halves, shuffled, or with overlaps', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, n) =>
        `S${n % 7},2026-10-01T09:${String(n).padStart(2, '0')}:00Z,customer,c${n % 7},text ${n % 5},${n % 3 === 0 ? '' : `M${n}`}`,
    );
    const twins = [...lines, 'S1,2026-10-01T10:00:00Z,agent,a1,ok,', 'S1,2026-10-01T10:00:00Z,agent,a1,ok,'];
    await bench.importText('messages.csv', [header, ...twins].join('\n'));
    const whole = await bench.rows(state);
    expect(whole).toHaveLength(62);
    await bench.empty();
    const shuffled = twins
      .map((line, n) => [((n + 1) * 37) % 64, line] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, line]) => line);
    await bench.importText('messages-2.csv', [header, ...shuffled.slice(25)].join('\n'));
    await bench.importText('messages-1.csv', [header, ...shuffled.slice(0, 40)].join('\n'));
    await bench.importText('messages.csv', [header, ...twins].join('\n'));
    expect(await bench.rows(state)).toEqual(whole);
  });

  test('imported by several at once is stored once', async () => {
    const text = `${header}\n${Array.from({ length: 500 }, (_, n) => `S${n % 9},2026-10-01T09:00:00Z,customer,c1,t${n},M${n}`).join('\n')}`;
    const reports = await Promise.all([1, 2, 3].map((n) => bench.importText(`messages-${n}.csv`, text)));
    expect(reports.reduce((sum, report) => sum + (report.files[0]?.accepted ?? 0), 0)).toBe(500);
    expect(await bench.count('messages')).toBe(500);
  });

  test('replaces a message of the same id, and the old version stays known', async () => {
    const version = (text: string) => `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,${text},M1\n`;
    await bench.importText('messages.csv', version('first'));
    const second = await bench.importText('messages.csv', version('second'));
    expect(second.files).toMatchObject([{ accepted: 1, duplicates: 0, orderDependent: 1 }]);
    const third = await bench.importText('messages.csv', version('first'));
    expect(third.files).toMatchObject([{ accepted: 0, duplicates: 1 }]);
    expect(await bench.rows('SELECT text FROM messages')).toEqual([{ text: 'second' }]);
  });

  test('of two versions in one file keeps the later line', async () => {
    const text = `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,first,M1\nS1,2026-10-01T09:00:00Z,customer,c1,second,M1\n`;
    const report = await bench.importText('messages.csv', text);
    expect(report.files).toMatchObject([{ read: 2, accepted: 2, orderDependent: 1 }]);
    expect(await bench.rows('SELECT text FROM messages')).toEqual([{ text: 'second' }]);
    const again = await bench.importText('messages.csv', text);
    expect(again.files).toMatchObject([{ accepted: 0, duplicates: 2 }]);
  });

  test('without a session keeps its customer’s messages for Heng to cut', async () => {
    const text =
      'customer_id,at,sender,text\nc1,2026-10-01T09:00:00Z,customer,hi\nc1,2026-10-01T09:01:00Z,agent,hello\n';
    expect((await bench.importText('messages.csv', text)).files).toMatchObject([{ accepted: 2 }]);
    expect((await bench.importText('messages.csv', text)).files).toMatchObject([{ accepted: 0, duplicates: 2 }]);
    expect(await bench.count('uncut_messages')).toBe(2);
    expect(await bench.count('messages')).toBe(0);
  });

  test('keeps columns it does not know as attributes, whatever their order', async () => {
    await bench.importText('messages.csv', `${header},shop_code,note\nS1,2026-10-01T09:00:00Z,customer,c1,hi,M1,X9,\n`);
    expect(await bench.rows('SELECT attributes FROM messages')).toEqual([{ attributes: { shop_code: 'X9' } }]);
    const again = await bench.importText(
      'messages.csv',
      'note,shop_code,message_id,text,sender_id,sender,at,session_id\n,X9,M1,hi,c1,customer,2026-10-01T09:00:00Z,S1\n',
    );
    expect(again.files).toMatchObject([{ accepted: 0, duplicates: 1 }]);
  });
});

describe('what is wrong is rejected with its line, column, value and reason', () => {
  test('values', async () => {
    await bench.importText('agents.csv', 'agent_id,name\na1,王\n');
    const at = '2026-10-01T09:00:00Z';
    const report = await bench.importText(
      'messages.csv',
      [
        header,
        `S1,${at},customer,c1,fine,M1`,
        `S1,,customer,c1,x,M2`,
        `S1,yesterday,customer,c1,x,M3`,
        `S1,2026-10-01T25:00:00Z,customer,c1,x,M4`,
        `S1,2026-02-30T09:00:00Z,customer,c1,x,M5`,
        `S1,1970-01-01T00:00:00Z,customer,c1,x,M6`,
        `S1,2099-01-01T00:00:00Z,customer,c1,x,M7`,
        `S1,1759280400,customer,c1,x,M8`,
        `S1,${at},robot,c1,x,M9`,
        `,${at},customer,c1,x,M10`,
        `S1,${at},agent,nobody,x,M11`,
        `S1,${at},customer,nobody,fine,M12`,
      ].join('\n'),
    );
    expect(report.files).toMatchObject([{ read: 12, accepted: 2, rejected: 10 }]);
    expect(await bench.rejectsOf(report)).toEqual([
      ['3', 'at', '', 'missing'],
      ['4', 'at', 'yesterday', 'notAnInstant'],
      ['5', 'at', '2026-10-01T25:00:00Z', 'notAnInstant'],
      ['6', 'at', '2026-02-30T09:00:00Z', 'notAnInstant'],
      ['7', 'at', '1970-01-01T00:00:00Z', 'timeImplausible'],
      ['8', 'at', '2099-01-01T00:00:00Z', 'timeImplausible'],
      ['9', 'at', '1759280400', 'notAnInstant'],
      ['10', 'sender', 'robot', 'notOneOf'],
      ['11', 'session_id', '', 'sessionOrCustomerMissing'],
      ['12', 'sender_id', 'nobody', 'unknownAgent'],
    ]);
  });

  test('a customer who is an agent; a bare number may be one of each', async () => {
    await bench.importText('agents.csv', 'agent_id,name\nA17,王\n17,李\n');
    const orders = await bench.importText(
      'orders.csv',
      'order_id,customer_id,created_at,amount\no1,A17,2026-10-01 09:00,1\no2,17,2026-10-01 09:00,1\no3,a17,2026-10-01 09:00,1\n',
    );
    expect(await bench.rejectsOf(orders)).toEqual([['2', 'customer_id', 'A17', 'customerIsAgent']]);
    const talk = await bench.importText(
      'messages.csv',
      `${header},customer_id\n,2026-10-01T09:00:00Z,customer,,hi,,A17\nS1,2026-10-01T09:00:00Z,agent,A17,hi,,\n`,
    );
    expect(await bench.rejectsOf(talk)).toEqual([['2', 'customer_id', 'A17', 'customerIsAgent']]);
    expect(await bench.count('orders')).toBe(2);
  });

  test('a file whose likelihoods to recommend lie all from 1 to 9 is refused whole, unless its mapping vouches for 0 to 10', async () => {
    const file = (scores: number[]) =>
      `session_id,score,at,nps\n${scores.map((nps, k) => `N${k},5,2026-10-01T09:00:00Z,${nps}`).join('\n')}\n`;
    const scores = Array.from({ length: 100 }, (_, k) => (k % 9) + 1);
    const before = await bench.count('ratings');
    const refused = await bench.importText('ratings.csv', file(scores));
    expect(refused.files).toMatchObject([{ accepted: 0, refused: 'npsScale' }]);
    expect(await bench.count('ratings')).toBe(before);
    const mapping = (scale: string) => {
      const columns = { session_id: 'session_id', score: 'score', at: 'at', nps: { from: 'nps', scale } };
      return checkMapping({ kind: 'ratings', columns });
    };
    expect(() => mapping('1-9')).toThrowError(
      expect.objectContaining({ issues: [expect.objectContaining({ path: 'columns.nps.scale', code: 'npsScale' })] }),
    );
    for (const [content, more] of [
      [file(scores.slice(1)), {}],
      [file([...scores, 10]), {}],
      [file([...scores, 0]), {}],
      [file(scores), { mapping: mapping('0-10') }],
    ] as const)
      expect((await bench.importText('ratings.csv', content, more)).files).toMatchObject([{ rejected: 0 }]);
  });

  test('two people with one id, in one file or one after the other; a correction or a return is one person', async () => {
    const columns = 'agent_id,name,hired_on,valid_from,monthly_salary,note';
    const first = await bench.importText(
      'agents.csv',
      `${columns}\nA1,王,2020-01-01,,8500.50,x\nA1,李,2021-01-01,,,\nA2,张,2020-01-01,2020-01-01,,\nA2,张,2020-01-01,2021-01-01,,\nA3,赵,,2026-01-01,,\nA3,钱,,2026-01-01,,\n`,
    );
    const both = [
      ['2', 'agent_id', 'A1', 'twoPeople'],
      ['3', 'agent_id', 'A1', 'twoPeople'],
      ['6', 'agent_id', 'A3', 'twoPeople'],
      ['7', 'agent_id', 'A3', 'twoPeople'],
    ];
    expect(await bench.rejectsOf(first)).toEqual(both);
    expect(first.files).toMatchObject([{ read: 6, accepted: 2, duplicates: 0, rejected: 4 }]);
    const kept = await readFile(first.rejects ?? '', 'utf8');
    expect(kept).toContain('"A1","王","2020-01-01","","8500.5","x"');
    expect(await bench.rows('SELECT DISTINCT agent_id FROM agents')).toEqual([{ agent_id: 'A2' }]);
    const later = await bench.importText('agents-2.csv', `${columns}\nA2,孙,2024-01-01,2024-01-01,,\n`);
    expect(await bench.rejectsOf(later)).toEqual([['2', 'agent_id', 'A2', 'twoPeople']]);
    for (const row of ['A2,张三,2020-01-01,2021-01-01,,', 'A2,张三,2024-01-01,2024-01-01,,']) {
      const one = await bench.importText(`agents-next.csv`, `${columns}\n${row}\n`);
      expect(one.files).toMatchObject([{ accepted: 1, rejected: 0 }]);
    }
  });

  test('types of every other kind', async () => {
    const agents = await bench.importText(
      'agents.csv',
      'agent_id,name,tier,hired_on,monthly_salary\na1,王,senior,2020-02-29,8500.50\na2,李,boss,2020-01-01,1\na3,张,mid,2021-02-29,1\na4,赵,mid,1930-01-01,1\na5,钱,mid,2020-01-01,1.234\na6,孙,mid,2020-01-01,-1\n',
    );
    expect((await bench.rejectsOf(agents)).map((reject) => reject.slice(1))).toEqual([
      ['tier', 'boss', 'notOneOf'],
      ['hired_on', '2021-02-29', 'notADate'],
      ['hired_on', '1930-01-01', 'dateImplausible'],
      ['monthly_salary', '1.234', 'notMoney'],
      ['monthly_salary', '-1', 'outOfRange'],
    ]);
    expect(await bench.rows('SELECT monthly_salary_fen FROM agents')).toEqual([{ monthly_salary_fen: '850050' }]);
    const ratings = await bench.importText(
      'ratings.csv',
      'session_id,score,at,nps,valid\nS1,5,2026-10-01T09:00:00Z,10,是\nS2,6,2026-10-01T09:00:00Z,,\nS3,4.5,2026-10-01T09:00:00Z,,\nS4,4,2026-10-01T09:00:00Z,,maybe\n,4,2026-10-01T09:00:00Z,,\n',
    );
    expect((await bench.rejectsOf(ratings)).map((reject) => reject.slice(1))).toEqual([
      ['score', '6', 'outOfRange'],
      ['score', '4.5', 'notAnInteger'],
      ['valid', 'maybe', 'notABoolean'],
      ['session_id', '', 'sessionOrTicketMissing'],
    ]);
    const rest = await bench.importText(
      'assessments.csv',
      'agent_id,period,item,value\na1,2026-10,kb_adopted,2.5\na1,October,kb_adopted,2\na1,2026-10,kb_adopted,many\nzz,2026-10,kb_adopted,1\na1,2026-02-30..2026-13-45,kb_adopted,1\na1,2026-10-07..2026-10-01,kb_adopted,1\na1,2026-10-01..2026-10-07,kb_adopted,1\n',
    );
    expect((await bench.rejectsOf(rest)).map((reject) => reject.slice(1))).toEqual([
      ['period', 'October', 'notAPeriod'],
      ['value', 'many', 'notADecimal'],
      ['agent_id', 'zz', 'unknownAgent'],
      ['period', '2026-02-30..2026-13-45', 'notAPeriod'],
      ['period', '2026-10-07..2026-10-01', 'notAPeriod'],
    ]);
    const attendance = await bench.importText(
      'attendance.csv',
      'agent_id,scheduled_start,scheduled_end\na1,2026-12-01 09:00,2026-12-01 18:00\na1,2026-12-02 18:00,2026-12-02 09:00\n',
    );
    expect(await bench.rejectsOf(attendance)).toEqual([['3', 'scheduled_end', '2026-12-02 09:00', 'endsBeforeStart']]);
    const orders = await bench.importText(
      'orders.csv',
      'order_id,customer_id,created_at,paid_at,amount,refunded_amount\no1,c,2026-10-01 09:00,2026-10-01 09:00,1,1\no2,c,2026-10-01 09:00,2026-10-01 08:59:59,1,\no3,c,2026-10-01 09:00,,-1,\no4,c,2026-10-01 09:00,,1,1.01\n',
    );
    expect(await bench.rejectsOf(orders)).toEqual([
      ['3', 'paid_at', '2026-10-01 08:59:59', 'paidBeforeCreated'],
      ['4', 'amount', '-1', 'outOfRange'],
      ['5', 'refunded_amount', '1.01', 'outOfRange'],
    ]);
    const tickets = await bench.importText(
      'tickets.csv',
      'ticket_id,customer_id,agent_id,created_at,closed_at,first_closed_at\nt1,c,a1,2026-10-01 09:00,2026-10-01 08:59,\nt2,c,a1,2026-10-01 09:00,2026-10-01 09:00,2026-10-01 08:00\nt3,c,a1,2026-10-01 09:00,2026-10-01 09:00,\n',
    );
    expect(await bench.rejectsOf(tickets)).toEqual([
      ['2', 'closed_at', '2026-10-01 08:59', 'endsBeforeStart'],
      ['3', 'first_closed_at', '2026-10-01 08:00', 'endsBeforeStart'],
    ]);
    const calendar = await bench.importText(
      'calendar.csv',
      'date,type,from,to,factor\n2026-10-01,holiday,,,\n2026-10-02,hours,9am,,\n2026-10-03,promotion,,,x\n2026-10-04,hours,18:00,02:00,\n2026-10-05,hours,00:00,00:00,\n2026-10-06,outage,10:00,10:00,\n2026-10-07,Outage,,00:00,\n',
    );
    expect((await bench.rejectsOf(calendar)).map((reject) => reject.slice(1))).toEqual([
      ['from', '9am', 'notATimeOfDay'],
      ['factor', 'x', 'notADecimal'],
      ['to', '02:00', 'endsBeforeStart'],
      ['to', '10:00', 'endsBeforeStart'],
      ['to', '00:00', 'endsBeforeStart'],
    ]);
  });

  test('a promotion that would harden a target, take it away or turn it round', async () => {
    const rows = ['0', '0.5', '-1', '1', '1.5', ''].map((factor, i) => `2026-11-1${i},promotion,${factor}`);
    const calendar = await bench.importText('promotions.csv', `date,type,factor\n${rows.join('\n')}\n`, {
      kind: 'calendar',
    });
    expect(await bench.rejectsOf(calendar)).toEqual([
      ...['0', '0.5', '-1'].map((factor, i) => [`${i + 2}`, 'factor', factor, 'outOfRange']),
    ]);
  });

  test('damaged lines, none of which stops the rest', async () => {
    const at = '2026-10-01T09:00:00Z';
    const report = await bench.importText(
      'messages.csv',
      Buffer.concat([
        Buffer.from(`${header}\r\nS1,${at},customer,c1,"two\nlines",M1\r\n`),
        Buffer.from(`S1,${at},customer,c1,a,b,M2\n`),
        Buffer.from(`S1,${at},customer,c1,"un"closed,M3\n`),
        Buffer.from(`S1,${at},customer,c1,nul\0,M4\n`),
        Buffer.from([...Buffer.from(`S1,${at},customer,c1,`), 0xc3, 0x28, ...Buffer.from(',M5\n')]),
        Buffer.from(`S1,${at},customer,c1,${'x'.repeat(1 << 20)},M6\n\n`),
        Buffer.from(`S1,${at},customer,c1,fine,M7\nS1,${at},cust`),
      ]),
    );
    expect(report.files).toMatchObject([{ read: 8, accepted: 2, rejected: 6 }]);
    expect((await bench.rejectsOf(report)).map(([line, , , reason]) => [line, reason])).toEqual([
      ['4', 'columnCount'],
      ['5', 'badQuotes'],
      ['6', 'nullByte'],
      ['7', 'badEncoding'],
      ['8', 'lineTooLong'],
      ['11', 'halfWritten'],
    ]);
    expect(await bench.rows('SELECT text, line FROM messages ORDER BY line')).toEqual([
      { text: 'two\nlines', line: 2 },
      { text: 'fine', line: 10 },
    ]);
  });

  test('whole files: header, kind, format, encoding, emptiness, damage', async () => {
    await bench.importText('agents.csv', 'agent_id,name\na1,王\n');
    await mkdir(join(bench.folder, 'many'), { recursive: true });
    const files: [string, string | Buffer, string][] = [
      ['messages-1.csv', 'session_id,at,text\nS1,2026-10-01T09:00:00Z,x\n', 'missingColumn'],
      ['messages-2.csv', `${header},text\n`, 'duplicateColumn'],
      ['stuff.csv', `${header}\n`, 'unknownKind'],
      ['messages-3.csv', Buffer.from(`\ufeff${header}\n`, 'utf16le'), 'encodingUtf16'],
      ['messages-4.csv', '', 'emptyFile'],
      ['messages-5.parquet', 'no parquet', 'damaged'],
      ['messages-6.xlsx', 'no workbook', 'damaged'],
      ['messages-7.csv.gz', gzipSync(Buffer.from(`${header}\n${'a'.repeat(80 << 20)}`)), 'zipBomb'],
      ['messages-8.csv', 'x'.repeat(2 << 20), 'lineTooLong'],
      ['messages-9.csv', `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,fine,M1\n`, ''],
    ];
    for (const [name, content] of files) await writeFile(join(bench.folder, 'many', name), content);
    const report = await importFiles(
      { stores: bench.stores, now: () => testNow, timeZone: 'Asia/Shanghai' },
      { paths: [join(bench.folder, 'many')], source: 'files', by: 'test' },
    );
    const found = new Map(report.files.map((file) => [file.path.split('/').at(-1), file.refused ?? '']));
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(files.map(([name, , reason]) => [name, reason])));
    expect(await bench.count('messages')).toBe(1);
    expect((await bench.rejectsOf(report)).filter(([, , , reason]) => reason === 'missingColumn')).toEqual([
      ['1', 'sender', '', 'missingColumn'],
    ]);
  });

  test('a gzip file that breaks off gives the rows before the break', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, n) => `S${n},2026-10-01T09:00:00Z,customer,c${n * 7919},text ${n * 104729},M${n}`,
    );
    const whole = gzipSync([header, ...lines, ''].join('\n'));
    const report = await bench.importText('messages.csv.gz', whole.subarray(0, whole.length / 2));
    const [file] = report.files;
    expect(file?.accepted).toBeGreaterThan(1000);
    expect(file?.rejected).toBe(1);
    expect((await bench.rejectsOf(report))[0]?.[3]).toBe('damaged');
  });
});

describe('rejects', () => {
  test('of several kinds are corrected in one file and imported as it is', async () => {
    await mkdir(join(bench.folder, 'mixed'), { recursive: true });
    await writeFile(join(bench.folder, 'mixed', 'agents.csv'), 'agent_id,name,tier\na1,"王, 小明",boss\n');
    await writeFile(
      join(bench.folder, 'mixed', 'messages.csv'),
      `${header},extra\nS1,bad,customer,c1,"say ""hi""\nthere",M1,E1\nS1,2026-10-01T09:00:00Z,customer,c1,ok,M2,\n`,
    );
    const deps = { stores: bench.stores, now: () => testNow, timeZone: 'Asia/Shanghai' };
    const report = await importFiles(deps, { paths: [join(bench.folder, 'mixed')], source: 'files', by: 'test' });
    expect(report.files.map((file) => file.rejected)).toEqual([1, 1]);
    const text = await readFile(report.rejects as string, 'utf8');
    const corrected = `${text
      .replace('"boss","', '"notOneOf","')
      .replace(/"boss"/g, '"senior"')
      .replace(/"bad"/g, '"2026-10-01T08:00:00Z"')}`;
    // Whatever kind is asked for: each row says its own.
    const again = await bench.importText('corrected.csv', `${corrected}"nonsense","f",1,"","",""\n`, {
      kind: 'messages',
    });
    expect(again.files.map(({ kind, accepted, rejected }) => [kind, accepted, rejected])).toEqual([
      ['agents', 1, 1],
      ['messages', 1, 0],
    ]);
    expect((await bench.rejectsOf(again))[0]?.[3]).toBe('columnCount');
    expect(await bench.rows('SELECT name, tier FROM agents')).toEqual([{ name: '王, 小明', tier: 'senior' }]);
    expect(await bench.rows(`SELECT text, attributes FROM messages WHERE message_id = 'M1'`)).toEqual([
      { text: 'say "hi"\nthere', attributes: { extra: 'E1' } },
    ]);
  });
});

test('a rejects file says that it is UTF-8, and may come back as a workbook or be rejected again', async () => {
  const report = await bench.importText(
    'messages.csv',
    `${header}\nS1,bad,customer,c1,=1+1,M1\nS2,bad,customer,c1,二,M2\n`,
  );
  const kept = await readFile(report.rejects as string);
  expect([...kept.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [names, ...rows] = new CsvRows(',').push(kept.toString('utf8').slice(1));
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('import-1');
  sheet.addRow(names);
  for (const row of rows)
    sheet.addRow(row.map((text) => (row.includes('M1') ? text : text.replace('bad', '2026-10-01T08:00:00Z'))));
  await book.xlsx.writeFile(join(bench.folder, 'corrected.xlsx'));
  const again = await bench.importText('corrected.xlsx', await readFile(join(bench.folder, 'corrected.xlsx')));
  expect(again.files).toMatchObject([{ kind: 'messages', read: 2, accepted: 1, rejected: 1 }]);
  const third = (await readFile(again.rejects as string, 'utf8')).replace(/"bad"/g, '"2026-10-01T08:00:00Z"');
  await bench.importText('corrected.csv', third);
  expect(await bench.rows('SELECT text FROM messages ORDER BY message_id')).toEqual([{ text: '=1+1' }, { text: '二' }]);
});

describe('formulas', () => {
  test('in rejected rows are none to a spreadsheet, and come in as they were once the row is corrected', async () => {
    const texts = [
      '=1+1',
      '+1+1',
      '-2',
      '-2-cmd',
      "'-2",
      '@x',
      '\t=1',
      ' =1',
      '＝1',
      "'=1",
      "''=1",
      'a=1',
      "'a",
      '=HYPERLINK("http://x","y")',
    ];
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = texts.map((text, i) => `S1,bad,customer,=c1,${quote(text)},F${i},=e`);
    const report = await bench.importText('=cmd.messages.csv', `${header},=extra\n${rows.join('\n')}\n`, {
      kind: 'messages',
    });
    const kept = await readFile(report.rejects as string, 'utf8');
    const cells = new CsvRows(',').push(kept).flat();
    const begun = cells.filter((text) => /^[\s\u00a0\ufeff]*[=+\-@\t\r＝＋－＠]/.test(text));
    // A number alone is none.
    expect([...new Set(begun)]).toEqual(['-2']);
    expect(cells).toEqual(expect.arrayContaining(["'=1+1", "''=1", "'''=1", 'a=1', "'a", "'=c1"]));
    await bench.importText('corrected.csv', kept.replace(/"bad"/g, '"2026-10-01T08:00:00Z"'));
    const back = await bench.rows<{ text: string; sender_id: string }>(
      `SELECT text, sender_id FROM messages WHERE startsWith(message_id, 'F') ORDER BY length(message_id), message_id`,
    );
    expect(back.map(({ text }) => text)).toEqual(texts);
    expect(new Set(back.map(({ sender_id }) => sender_id))).toEqual(new Set(['=c1']));
  });
});

describe('versions of a row', () => {
  test('with updated_at none depends on the order; without it the report says so', async () => {
    const head = 'session_id,customer_id,started_at,ended_at,updated_at\n';
    const row = (end: string, updated: string) => `S1,c1,2026-10-01T09:00:00Z,2026-10-01T${end}:00Z,${updated}\n`;
    const first = await bench.importText('sessions.csv', head + row('09:10', '2026-10-01T09:10:00Z'));
    const second = await bench.importText('sessions.csv', head + row('09:20', '2026-10-01T09:20:00Z'));
    const third = await bench.importText('sessions.csv', head + row('09:30', ''));
    expect([first, second, third].map((report) => report.files[0]?.orderDependent)).toEqual([0, 0, 1]);
    expect(await bench.count('sessions')).toBe(3);
    expect((await bench.importText('sessions.csv', head + row('09:10', '2026-10-01T09:10:00Z'))).files).toMatchObject([
      { accepted: 0, duplicates: 1 },
    ]);
  });
});

describe('a folder', () => {
  const folderOf = async (name: string, files: Readonly<Record<string, string>>): Promise<string> => {
    const path = join(bench.folder, name);
    await mkdir(path, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text);
    return path;
  };
  const importing = (paths: string[], more: Partial<Parameters<typeof importFiles>[1]> = {}) =>
    importFiles(
      { stores: bench.stores, now: () => testNow, timeZone: 'Asia/Shanghai' },
      { paths, source: 'files', by: 'test', ...more },
    );
  const good = `${header}\nS1,2026-10-01T09:00:00Z,customer,c1,hi,M1\n`;

  test('with a readme beside its data is imported without a reject; a text alone or named is told', async () => {
    const folder = await folderOf('beside', { 'messages.csv': good, '说明.txt': '导出说明\n每天一次\n' });
    const report = await importing([folder]);
    expect(report.files).toMatchObject([{ kind: 'messages', accepted: 1 }]);
    expect([report.rejects, report.leftOut]).toEqual([null, [join(folder, '说明.txt')]]);
    const cut = await importing([await folderOf('cut', { 'messages.csv': good.trimEnd() })]);
    expect(cut.files).toMatchObject([{ duplicates: 1, endsOpen: true }]);
    for (const paths of [[await folderOf('alone', { '说明.txt': good })], [join(folder, '说明.txt'), folder]]) {
      const told = await importing(paths);
      expect(told.files).toContainEqual(expect.objectContaining({ refused: 'unknownKind' }));
    }
    const named = await importing([await folderOf('named', { '说明.txt': good })], { kind: 'messages' });
    expect(named.files).toMatchObject([{ kind: 'messages', duplicates: 1 }]);
  });

  test('of which a file was refused: its rejects file comes in without that note, which is no row', async () => {
    const report = await importing([
      await folderOf('noted', { 'x.csv': 'a\n1\n', 'messages.csv': good.replace('2026-10-01T', 'bad') }),
    ]);
    expect((await bench.rejectsOf(report)).map(([, , , reason]) => reason)).toEqual(['unknownKind', 'notAnInstant']);
    const text = await readFile(report.rejects as string, 'utf8');
    const again = await bench.importText('again.csv', text.replaceAll('bad09:00:00Z', '2026-10-01T09:00:00Z'));
    expect(again.files).toMatchObject([{ kind: 'messages', read: 1, accepted: 1, rejected: 0 }]);
    expect(again.rejects).toBeNull();
    const alone = await bench.importText('alone.csv', text.split('\n').slice(0, 2).join('\n'));
    expect([alone.files, alone.rejects]).toEqual([[], null]);
  });

  test('whose import fails at a later file keeps the rejected rows of the earlier ones', async () => {
    const folder = await folderOf('failing', {
      'agents.csv': 'agent_id,name,hired_on\na9,王,nonsense\n',
      'messages.csv': good,
    });
    let staged = 0;
    const failing = importing([folder], {
      onProgress: ({ phase }) => {
        if (phase === 'committing' && ++staged === 2) throw new Error('the second file fails');
      },
    });
    await expect(failing).rejects.toThrow('the second file fails');
    const [entry] = await listImports(bench.stores.postgres, { limit: 1 });
    expect(entry).toMatchObject({ state: 'failed', rejected: 1, hasRejectsFile: true });
    const kept = await readFile(rejectsPath(bench.stores.dataDir, entry?.rejectsFile as string), 'utf8');
    expect(kept).toContain('nonsense');
  });
});

test('a stage that an earlier Heng left, without a table for logs, is committed like any other', async () => {
  const { clickhouse, postgres } = bench.stores;
  const source = { source: 'files', by: 'x', bytes: 0, startedAt: testNow, agentsKnown: true } as const;
  const importId = await beginImport(postgres, source);
  const part = await beginPart(postgres, { importId, path: 'x', kind: 'tickets', bytes: 0, state: 'staged' });
  const shard = firstShard(clickhouse);
  const stage = stageOf(shard, part, await readRawTable(shard, 'tickets'));
  await openEmptyStage(stage);
  await shard.command(`DROP TABLE ${stage.log} SYNC`);
  await shard.command(`INSERT INTO ${stage.rows} (ticket_id, import_id) VALUES ('T1', ${part})`);
  await bench.importText('agents.csv', 'agent_id,name\na1,王\n');
  expect(await bench.rows('SELECT ticket_id FROM tickets')).toEqual([{ ticket_id: 'T1' }]);
});
