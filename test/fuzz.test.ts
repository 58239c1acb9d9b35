import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importFiles } from '../src/ingest/importFiles.ts';
import { seededDraws } from '../src/metrics/seededDraws.ts';
import type { Role } from '../src/people/actor.ts';
import { publishRubrics } from '../src/quality/rubrics/publishTemplates.ts';
import { publishShipped } from '../src/quality/rules/verbs/publishShipped.ts';
import { documentSchema } from './apiDocument.ts';
import { budget, generated, marker, mutated, nastyText, pick, type Schema, strangeBody } from './fuzz.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';
import { twoTeams } from './twoTeams.ts';

const failureSchema = z.object({
  error: z.object({ code: z.string().min(1), message: z.object({ zh: z.string().min(1), en: z.string().min(1) }) }),
});

/** What leads somewhere, by the name that the document gives it. */
const leads: Readonly<Record<string, readonly unknown[]>> = {
  ...{
    id: ['1', '2', 'zhao', 'session of zhao', 'appliance-aftersales', 'abuse', 'aftersales-16'],
    agentId: ['zhao', 'qian'],
  },
  ...{
    period: ['2026-10', '2026-09', '2026-Q4'],
    periods: ['2026-10'],
    month: ['2026-10'],
    plan: ['appliance-aftersales'],
  },
  ...{
    agent: ['zhao'],
    team: ['east'],
    shop: ['red'],
    by: ['agent', 'team,day'],
    metric: ['reply_rate', 'csat_score'],
  },
  ...{
    rubric: ['aftersales-16'],
    kind: ['agents', 'sessions'],
    day: ['2026-10-12'],
    date: ['2026-12-24'],
    place: ['1'],
  },
  ...{ sessionId: ['session of zhao'], rule: ['abuse'], name: ['x.csv', '名'], reason: ['x'], revision: [0, 1] },
};
const known = (name: string): readonly unknown[] => (Object.hasOwn(leads, name) ? (leads[name] ?? []) : []);

/** Some routes ask for one role alone; whoever is refused at the door is not sent there again. */
const visitors: readonly Role[] = ['administrator', 'hr', 'inspector', 'supervisor', 'agent', 'director', 'trainer'];
/** They change who asks. */
const unsigned = /^\/api\/(auth|setup)/;
const slowestMs = 30_000;

let heng: TestApp;
const browsers = new Map<Role, Browser>();
let document: z.output<typeof documentSchema>;
beforeAll(async () => {
  heng = await openTestApp();
  heng.clock.nowMs = Date.parse('2026-11-05T00:00:00Z');
  await twoTeams(heng);
  await publishRubrics(heng.deps);
  await publishShipped(heng.deps);
  for (const role of visitors)
    browsers.set(role, await heng.signedIn({ role, agentId: role === 'agent' ? 'zhao' : null }));
  document = documentSchema.parse(await (await heng.app.request('/api/openapi.json')).json());
});
afterAll(() => heng?.close());

describe('whatever is sent', () => {
  it('to a route of the API: it answers with success or with a typed failure in both languages, soon, and gives nothing back as a page', async () => {
    const draw = seededDraws('fuzz of every route');
    const refs: Schema = document.components.schemas;
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, asks]) => ({ path, method: method.toUpperCase(), asks, role: 0 })),
    );
    const faults: unknown[] = [];
    let [succeeded, sent] = [0, 0];
    const cases = budget(2 * routes.length);
    for (let n = 0; n < cases; n += 1) {
      const route = routes[n % routes.length];
      if (!route) throw new Error('no routes');
      const { path, method, asks } = route;
      // Each round is wilder than the one before it; the first is as the document says.
      const wild = n < routes.length ? 0 : pick([0.05, 0.15, 0.4], draw);
      const context = { draw, wild, refs, known };
      const word = (each: { name: string; schema: Schema }) => {
        const value = generated(each.schema, context, each.name);
        return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
      };
      const query = new URLSearchParams();
      const values = new Map<string, string>();
      for (const each of asks.parameters) {
        if (each.in === 'path') values.set(each.name, word(each) || 'x');
        else if (each.in === 'query' && (each.required || draw() < 0.6)) query.append(each.name, word(each));
      }
      if (draw() < wild) query.append(nastyText(draw), nastyText(draw));
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(Buffer.from(values.get(name) ?? 'x').toString()),
      );
      const [type = 'application/json', content] = Object.entries(asks.requestBody?.content ?? {})[0] ?? [];
      const given = content ? generated(content.schema ?? {}, context) : undefined;
      const body = content === undefined ? undefined : draw() < wild / 2 ? strangeBody(draw) : JSON.stringify(given);
      const role = visitors[route.role] ?? 'administrator';
      const browser = unsigned.test(path) ? heng.browser() : (browsers.get(role) ?? heng.browser());
      const begun = performance.now();
      const answer = await browser(method, `${filled}?${query}`, body, { 'content-type': type });
      const text = await answer.text();
      sent += 1;
      const told = {
        n,
        role,
        status: answer.status,
        method,
        path: filled.slice(0, 200),
        query: String(query).slice(0, 300),
        body: body?.slice(0, 500),
      };
      if (performance.now() - begun > slowestMs) faults.push({ ...told, slow: true });
      if (answer.status < 300) succeeded += 1;
      else {
        const failure = failureSchema.safeParse(JSON.parse(text));
        const { code, message } = failure.data?.error ?? { code: '', message: { zh: '', en: '' } };
        const isTyped = failure.success && code !== 'internal' && !/\{\w+\}/.test(message.zh.replaceAll(marker, ''));
        if (answer.status >= 500 || !isTyped) faults.push({ ...told, text: text.slice(0, 300) });
        if (code === 'permission.missing' || code === 'scope.outside') route.role = (route.role + 1) % visitors.length;
      }
      const asPage =
        answer.headers.get('content-type')?.includes('html') ||
        answer.headers.get('x-content-type-options') !== 'nosniff';
      if (asPage || answer.headers.getSetCookie().some((cookie) => cookie.startsWith('x=')))
        faults.push({ ...told, asPage });
    }
    expect(faults).toEqual([]);
    expect(sent).toBe(cases);
    // Were all of it refused for its shape, this would prove little.
    expect(succeeded).toBeGreaterThan(cases / 10);
    expect('polluted' in {}).toBe(false);
    expect((await heng.app.request('/readyz')).status).toBe(200);
  }, 600_000);

  it('whatever became of a file on its way, it is refused with a reason or its rows are taken and rejected one by one', async () => {
    const draw = seededDraws('fuzz of every format');
    const folder = mkdtempSync(join(tmpdir(), 'heng-fuzz-'));
    const header = 'session_id,at,sender,sender_id,text,message_id';
    const line = 'S1,2026-10-01T09:00:00Z,customer,c1,空调不制冷了，怎么办？,M1';
    const csv = Buffer.from(`${header}\n${line}\n${line.replace('M1', 'M2')}\n`);
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('x');
    for (const row of csv.toString().trim().split('\n')) sheet.addRow(row.split(','));
    const zst =
      'KLUv/QRYwAMAc2Vzc2lvbl9pZCxhdCxzZW5kZXIsc2VuZGVyX2lkLHRleHQsbWVzc2FnZV9pZApTMSwyMDI2LTEwLTAxVDA5OjAwOjAwWixjdXN0b21lcixjMSznqbrosIPkuI3liLblhrfkuobvvIzmgI7kuYjlip7vvJ8sTTEKAQAAnP2meg==';
    const stream = await heng.stores.clickhouse.shards[0]?.stream(
      `SELECT 'S1' AS session_id, '2026-10-01T09:00:00Z' AS at, 'customer' AS sender, 'c1' AS sender_id, 'x' AS text FORMAT Parquet`,
    );
    const parquet: Buffer[] = [];
    for await (const chunk of stream as Readable) parquet.push(chunk as Buffer);
    const valid: readonly [string, Buffer][] = [
      ['csv', csv],
      ['tsv', Buffer.from(csv.toString().replaceAll(',', '\t'))],
      [
        'jsonl',
        Buffer.from(
          `${JSON.stringify({ session_id: 'S1', at: '2026-10-01T09:00:00Z', sender: 'customer', text: 'x' })}\n`,
        ),
      ],
      ['csv.gz', gzipSync(csv)],
      ['csv.zst', Buffer.from(zst, 'base64')],
      ['parquet', Buffer.concat(parquet)],
      ['xlsx', Buffer.from(await book.xlsx.writeBuffer())],
    ];
    const cases = budget(3 * valid.length);
    for (let n = 0; n < cases; n += 1) {
      const [ending, bytes] = valid[n % valid.length] ?? ['', csv];
      const path = join(folder, `messages.${ending}`);
      writeFileSync(path, mutated(bytes, draw));
      const { files } = await importFiles(heng.deps, { paths: [path], source: 'files', by: 'test' });
      expect([n, ending, files.length]).toEqual([n, ending, 1]);
      for (const { refused, read, accepted, duplicates, rejected } of files)
        expect([n, ending, refused ?? read]).toEqual([n, ending, refused ?? accepted + duplicates + rejected]);
    }
    rmSync(folder, { recursive: true });
  }, 600_000);
});
