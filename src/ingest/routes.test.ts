import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../people/actor.ts';
import { createApp, type HengApp } from '../platform/http.ts';
import { silentLog } from '../platform/log.ts';
import { type Ingest, openIngest } from './ingest.ts';
import { ingestRoutes } from './routes.ts';
import type { IngestAnswer, Preview, Upload } from './schemas.ts';
import { type ImportBench, openImportBench, testNow } from './testImport.ts';

let bench: ImportBench;
let ingest: Ingest;
let app: HengApp;
let actor: Actor;
let derivations = 0;
const admin: Actor = { userId: 'u1', name: '管理员', role: 'administrator', scope: { kind: 'all' }, agentId: null };

beforeAll(async () => {
  bench = await openImportBench();
  ingest = await openIngest(
    { stores: bench.stores, now: () => testNow, timeZone: 'Asia/Shanghai', log: silentLog },
    async () => {
      derivations++;
    },
  );
  app = createApp({ log: silentLog });
  app.use('*', async (c, next) => {
    c.set('actor', actor);
    await next();
  });
  ingestRoutes(app, ingest);
});
afterAll(async () => {
  await ingest.close();
  await bench.close();
});
beforeEach(async () => {
  actor = admin;
  await bench.empty();
});

const message = (n: number, more: object = {}) => ({
  session_id: `S${Math.floor(n / 10)}`,
  at: '2026-10-01T09:00:00Z',
  sender: 'customer',
  text: `text ${n}`,
  message_id: `M${n}`,
  ...more,
});
const messages = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => message(from + k));

async function post(kind: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return app.request(`/api/ingest/${kind}`, { method: 'POST', body: raw, headers });
}
const answerOf = async (response: Response) => (await response.json()) as IngestAnswer;

describe('a batch over HTTP', () => {
  test('is acknowledged with what became of each row', async () => {
    const rows = [...messages(0, 3), message(3, { at: 'bad' }), 7, message(0)];
    const response = await post('messages', { rows });
    expect(response.status).toBe(200);
    expect(await answerOf(response)).toEqual({
      accepted: 3,
      duplicates: 1,
      rejected: [
        { line: 4, column: 'at', value: 'bad', reason: 'notAnInstant' },
        { line: 5, column: '', value: '7', reason: 'badJson' },
      ],
    });
    expect(await bench.rows('SELECT message_id, line FROM messages ORDER BY message_id')).toEqual([
      { message_id: 'M0', line: 1 },
      { message_id: 'M1', line: 2 },
      { message_id: 'M2', line: 3 },
    ]);
  });

  test('sent again, together with others, or at the same time is stored once', async () => {
    const batches = Array.from({ length: 8 }, (_, k) => messages(k * 5, k * 5 + 10));
    const answers = await Promise.all(
      [...batches, ...batches].map(async (rows) => answerOf(await post('messages', rows))),
    );
    expect(answers.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(45);
    expect(answers.every(({ accepted, duplicates }) => accepted + duplicates === 10)).toBe(true);
    expect(await bench.count('messages')).toBe(45);
  });

  test('keeps equal messages without an id apart within a batch, and once over retries', async () => {
    const twin = message(1, { message_id: undefined });
    for (let k = 0; k < 2; k++) await post('messages', [twin, twin]);
    expect(await bench.count('messages')).toBe(2);
  });

  test('replaces an older version of a message and takes the other kinds', async () => {
    await post('messages', [message(1)]);
    expect(await answerOf(await post('messages', [message(1, { text: 'new' }), message(2)]))).toMatchObject({
      accepted: 2,
    });
    expect(await bench.rows('SELECT text FROM messages ORDER BY message_id')).toEqual([
      { text: 'new' },
      { text: 'text 2' },
    ]);
    expect(await answerOf(await post('messages', [message(1)]))).toMatchObject({ accepted: 0, duplicates: 1 });
    const uncut = message(5, { session_id: undefined, customer_id: 'c1' });
    expect(await answerOf(await post('messages', [uncut, message(6)]))).toMatchObject({ accepted: 2 });
    expect(await bench.count('uncut_messages')).toBe(1);
    expect(await answerOf(await post('agents', [{ agent_id: 'a1', name: '王' }]))).toMatchObject({ accepted: 1 });
    const twice = [
      { agent_id: 'a9', name: '王', hired_on: '2020-01-01' },
      { agent_id: 'a9', name: '李', hired_on: '2021-01-01' },
    ];
    expect(await answerOf(await post('agents', [...twice, { agent_id: 'a8', name: '张' }]))).toMatchObject({
      accepted: 1,
      rejected: [
        { line: 1, value: 'a9', reason: 'twoPeople' },
        { line: 2, value: 'a9', reason: 'twoPeople' },
      ],
    });
    const rated = { session_id: 'S1', score: 5, at: '2026-10-01T09:00:00Z' };
    expect(await answerOf(await post('ratings', [rated, rated, { ...rated, score: 9 }]))).toMatchObject({
      accepted: 1,
      duplicates: 1,
      rejected: [{ line: 3, column: 'score', value: '9', reason: 'outOfRange' }],
    });
    const unknown = await answerOf(await post('messages', [message(9, { sender: 'agent', sender_id: 'nobody' })]));
    expect(unknown.rejected[0]?.reason).toBe('unknownAgent');
  });

  test('comes as lines and packed', async () => {
    const lines = [...messages(0, 5).map((row) => JSON.stringify(row)), '{broken', ''].join('\n');
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    expect(await answerOf(await post('messages', gzipSync(lines), headers))).toMatchObject({
      accepted: 5,
      rejected: [{ line: 6, reason: 'badJson' }],
    });
  });

  test('of lines with more rejects than it lists says how many more there are', async () => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await answerOf(await post('messages', '{broken\n'.repeat(10_003), headers));
    expect([answer.rejected.length, answer.rejectedMore]).toEqual([10_000, 3]);
  });

  test('is refused when it is too large, too much at once, malformed or not allowed', async () => {
    expect(
      (
        await post(
          'messages',
          Array.from({ length: 10_001 }, () => ({})),
        )
      ).status,
    ).toBe(413);
    expect((await post('messages', gzipSync(Buffer.alloc(17 << 20, 32)), { 'content-encoding': 'gzip' })).status).toBe(
      413,
    );
    expect((await post('messages', 'nonsense')).status).toBe(400);
    expect((await post('messages', Buffer.from('xx'), { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('horses', [])).status).toBe(422);
    const waiting = Array.from({ length: 30 }, (_, k) => post('messages', messages(k * 9000, k * 9000 + 9000)));
    const statuses = (await Promise.all(waiting)).map((response) => [
      response.status,
      response.headers.get('retry-after'),
    ]);
    expect(new Set(statuses.map(String))).toEqual(new Set(['200,', '429,1']));
    actor = { ...admin, role: 'supervisor' };
    expect((await post('messages', messages(0, 1))).status).toBe(403);
  });

  test('is refused while 256 others are being taken in, and taken once they are through', async () => {
    const ends: (() => void)[] = [];
    const open = Array.from({ length: 256 }, () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(Buffer.from('['));
          ends.push(() => {
            controller.enqueue(Buffer.from(']'));
            controller.close();
          });
        },
      });
      return app.request('/api/ingest/messages', { method: 'POST', body, duplex: 'half' } as RequestInit);
    });
    const one = await post('messages', messages(0, 1));
    expect([one.status, one.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await one.json()).toMatchObject({ error: { code: 'ingest.tooManyRequests' } });
    for (const end of ends) end();
    expect(new Set((await Promise.all(open)).map(({ status }) => status))).toEqual(new Set([200]));
    expect((await post('messages', messages(0, 1))).status).toBe(200);
  });

  test('is followed by the derivation of its facts', async () => {
    const before = derivations;
    await post('messages', messages(100, 110));
    await expect.poll(() => derivations, { timeout: 5000 }).toBeGreaterThan(before);
    await expect
      .poll(
        async () =>
          (await bench.stores.postgres.query(`SELECT 1 FROM import_parts WHERE state = 'committed'`)).rowCount,
      )
      .toBe(0);
  });
});

describe('an upload', () => {
  const csv =
    '会话编号,发送时间,角色,消息内容,编号\nS1,2026/10/1 9:00:00,customer,你好,M1\nS1,2026/10/1 9:00:xx,agent,您好,M2\n';
  const rejectsHeader = '_kind,_file,_line,_column,_value,_reason,session_id,at,sender,text,agent_id,name';
  const upload = async (name: string, body: string | Uint8Array<ArrayBuffer>): Promise<Upload> =>
    (await (
      await app.request(`/api/uploads?name=${encodeURIComponent(name)}`, { method: 'POST', body })
    ).json()) as Upload;
  const use = (id: string, verb: string, body: object) =>
    app.request(`/api/uploads/${id}/${verb}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  test('is looked at, previewed as it would land, and imported', async () => {
    const found = await upload('../../聊天.csv', csv);
    expect(found).toMatchObject({
      columns: ['会话编号', '发送时间', '角色', '消息内容', '编号'],
      guessedKind: 'messages',
      refused: null,
      encoding: 'utf-8',
    });
    expect(found.sample[0]).toEqual(['S1', '2026/10/1 9:00:00', 'customer', '你好', 'M1']);
    const mapping = found.guessedMapping;
    expect(mapping?.columns.at).toEqual({ from: '发送时间', format: 'yyyy/M/d H:mm:ss' });
    const preview = (await (await use(found.id, 'preview', { mapping })).json()) as Preview;
    expect(preview).toMatchObject({ kind: 'messages', read: 2, rejected: 1, skipped: 0 });
    const filter = [{ column: '编号', in: ['M1'] }];
    const part = await use(found.id, 'preview', { mapping: { ...mapping, filter } });
    expect(await part.json()).toMatchObject({ read: 1, rejected: 0, skipped: 1 });
    const wrong = await use(found.id, 'preview', { mapping: { ...mapping, filter: [{ column: '编号' }] } });
    expect(await wrong.json()).toMatchObject({
      error: { code: 'mapping.invalid', issues: [{ path: 'filter[0]', message: { zh: expect.any(String) } }] },
    });
    expect(preview.rows[0]).toMatchObject({ session_id: 'S1', at: '2026-10-01 01:00:00.000', text: '你好' });
    expect(preview.rejects).toEqual([{ line: 3, column: 'at', value: '2026/10/1 9:00:xx', reason: 'notAnInstant' }]);
    expect(await bench.count('messages')).toBe(0);

    const started = await use(found.id, 'import', { mapping });
    expect(started.status).toBe(202);
    const { importId } = (await started.json()) as { importId: number };
    const entry = async () => (await (await app.request(`/api/imports/${importId}`)).json()) as { state: string };
    await expect.poll(async () => (await entry()).state, { timeout: 10_000 }).toBe('done');
    expect(await entry()).toMatchObject({
      source: 'upload',
      by: '管理员',
      rejected: 1,
      hasRejectsFile: true,
      rowsRead: 2,
    });
    expect(await bench.count('messages')).toBe(1);
    const rejects = await (await app.request(`/api/imports/${importId}/rejects`)).text();
    expect(rejects).toContain('"您好"');
    const others = [{ role: 'supervisor' }, { only: ['import.read', 'ingest.write'], kinds: ['messages'] }] as const;
    for (const other of others) {
      actor = { ...admin, ...other };
      const seen = await (await app.request(`/api/imports/${importId}/rejects`)).text();
      expect(seen).toContain('notAnInstant');
      expect(seen).not.toContain('您好');
    }
    expect((await use(found.id, 'preview', { mapping })).status).toBe(403);
    actor = admin;
    expect((await use(found.id, 'preview', { mapping })).status).toBe(404);
    expect((await use('../../etc/passwd', 'preview', {})).status).toBe(404);
  });

  test('of rejected rows needs no kind: each row says its own, and none is left out', async () => {
    const rows = [
      'messages,f,2,at,bad,notAnInstant,S1,2026-10-01T09:00:00Z,customer,hi,,',
      'agents,f,2,tier,x,notOneOf,,,,,a1,王',
    ];
    const found = await upload('rejects-7.csv', `${rejectsHeader}\n${rows.join('\n')}\n`);
    expect(found).toMatchObject({ isRejects: true, guessedKind: null, guessedMapping: null, refused: null });
    const preview = (await (await use(found.id, 'preview', { kind: 'messages' })).json()) as Preview;
    expect(preview).toMatchObject({ kind: null, read: 2, rejected: 0 });
    expect(preview.rows).toMatchObject([
      { _kind: 'agents', name: '王' },
      { _kind: 'messages', text: 'hi' },
    ]);
    const started = (await (await use(found.id, 'import', {})).json()) as { importId: number };
    const entry = async () =>
      (await (await app.request(`/api/imports/${started.importId}`)).json()) as { state: string };
    await expect.poll(async () => (await entry()).state, { timeout: 10_000 }).toBe('done');
    expect([await bench.count('agents'), await bench.count('messages')]).toEqual([1, 1]);
  });

  test('that is a workbook shows the sheet that is asked for', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('封面').addRow(['说明']);
    const sheet = book.addWorksheet('聊天');
    sheet.addRow(['会话编号', '发送时间', '角色', '消息内容']);
    sheet.addRow(['S1', '2026/10/1 9:00:00', 'customer', '你好']);
    const found = await upload('导出.xlsx', new Uint8Array(await book.xlsx.writeBuffer()));
    expect(found).toMatchObject({ sheets: ['封面', '聊天'], columns: ['说明'], guessedKind: null });
    const look = async (query: string) =>
      (await app.request(`/api/uploads/${found.id}?sheet=${encodeURIComponent(query)}`)).json();
    expect(await look('聊天')).toMatchObject({
      columns: ['会话编号', '发送时间', '角色', '消息内容'],
      sample: [['S1', '2026/10/1 9:00:00', 'customer', '你好']],
      guessedKind: 'messages',
    });
    expect(await look('没有')).toMatchObject({ refused: 'sheetMissing', sheets: ['封面', '聊天'] });
    const cover = new ExcelJS.Workbook();
    cover.addWorksheet('空白');
    cover.addWorksheet('聊天').addRow(['会话编号', '发送时间', '角色', '消息内容']);
    const bare = await upload('导出.xlsx', new Uint8Array(await cover.xlsx.writeBuffer()));
    expect(bare).toMatchObject({ refused: 'emptyFile', sheets: ['空白', '聊天'] });
  });

  test('that cannot be read says why', async () => {
    expect((await upload('x.pdf', '%PDF')).refused).toBe('unknownFormat');
    const found = await upload('messages.csv', 'session_id,text\nS1,x\n');
    const refused = await use(found.id, 'preview', { kind: 'messages' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      error: {
        code: 'ingest.refused',
        issues: [
          { path: 'at', code: 'missingColumn', message: { zh: '缺少必需的列', en: 'A required column is missing' } },
        ],
      },
    });
  });
});

test('mappings are saved under a name, replaced and deleted', async () => {
  const put = (name: string, mapping: object) =>
    app.request(`/api/mappings/${encodeURIComponent(name)}`, {
      method: 'PUT',
      body: JSON.stringify(mapping),
      headers: { 'content-type': 'application/json' },
    });
  const mapping = { kind: 'messages', columns: { text: '内容' } };
  expect((await put('客服系统', mapping)).status).toBe(200);
  expect((await put('客服系统', { ...mapping, timeZone: 'Nowhere' })).status).toBe(422);
  const list = await (await app.request('/api/mappings')).json();
  expect(list).toMatchObject({ mappings: [{ name: '客服系统', mapping, by: '管理员' }] });
  expect((await app.request('/api/mappings/%E5%AE%A2%E6%9C%8D%E7%B3%BB%E7%BB%9F', { method: 'DELETE' })).status).toBe(
    204,
  );
  expect((await app.request('/api/mappings/x', { method: 'DELETE' })).status).toBe(404);
});

test('freshness names every kind, also those of which nothing came', async () => {
  await post('messages', messages(0, 2));
  const fresh = (await (await app.request('/api/freshness')).json()) as { kinds: { kind: string }[] };
  expect(fresh.kinds).toHaveLength(11);
  expect(fresh.kinds.find(({ kind }) => kind === 'messages')).toMatchObject({
    rows: 2,
    newestAt: '2026-10-01T09:00:00.000Z',
    lastImportId: expect.any(Number),
  });
  expect(fresh.kinds.find(({ kind }) => kind === 'orders')).toMatchObject({ rows: 0, newestAt: null });
});

test('the shipped mappings are what the upload page may send', async () => {
  for (const name of ['citizen-tickets', 'incident-log']) {
    const { readMapping } = await import('./readMapping.ts');
    expect(readMapping(await readFile(`docs/mappings/${name}.yaml`, 'utf8')).kind).toBe('tickets');
  }
});
