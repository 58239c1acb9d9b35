import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { openIngest } from '../src/ingest/ingest.ts';
import { ingestRoutes } from '../src/ingest/routes.ts';
import type { Actor } from '../src/people/actor.ts';
import { createApp } from '../src/platform/http.ts';
import { silentLog } from '../src/platform/log.ts';
import { openStores } from '../src/platform/stores.ts';
import type { Result } from './figure.ts';

const clients = 32;
const rowsPerBatch = 100;
const seconds = 15;
/** Messages that are there before: a duplicate has to be found among them. */
const before = 2_000_000;

/** Batches of 100 messages from 32 clients, server and clients in this one process, each batch acknowledged when on disk. */
export async function run(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const stores = await openStores({ dataDir: join(folder, 'data') });
  const ingest = await openIngest({ stores, now: Date.now, timeZone: 'Asia/Shanghai', log: silentLog }, async () => {});
  const actor: Actor = { userId: 'bench', name: 'bench', role: 'administrator', scope: { kind: 'all' }, agentId: null };
  const app = createApp({ log: silentLog });
  app.use('*', async (c, next) => {
    c.set('actor', actor);
    await next();
  });
  ingestRoutes(app, ingest);
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  const { port } = server.address() as AddressInfo;
  try {
    await stores.clickhouse.all.command(
      `INSERT INTO messages (session_id, at, sender, message_id, content_hash, key, text)
       SELECT concat('B', toString(intDiv(number, 12))), toDateTime64('2026-10-01 00:00:00', 3, 'UTC') + number, 'customer',
         toString(number), number, cityHash64(number), '您好，请问有什么可以帮您？' FROM numbers(${before})`,
    );
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const times: number[] = [];
    let acknowledged = 0;
    await Promise.all(Array.from({ length: clients }, (_, n) => client(n, performance.now() + 2000)));
    times.length = 0;
    acknowledged = 0;
    const begun = performance.now();
    await Promise.all(Array.from({ length: clients }, (_, n) => client(n + clients, begun + seconds * 1000)));
    const rate = acknowledged / ((performance.now() - begun) / 1000);

    async function client(number: number, until: number): Promise<void> {
      for (let batch = 0; performance.now() < until; batch++) {
        const body = batchOf(number, batch);
        const sent = performance.now();
        const accepted = await post(agent, port, body);
        acknowledged += accepted;
        times.push(performance.now() - sent);
      }
    }
    await ingest.groups.drained();
    times.sort((a, b) => a - b);
    const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] as number);
    return {
      name: 'HTTP ingest, batches of 100 messages from 32 clients',
      figures: [
        { what: 'acknowledged', value: Math.round(rate), unit: 'messages/s', reach: '≥ 20,000', ok: rate >= 20_000 },
        { what: 'p50', value: at(0.5), unit: 'ms', reach: '', ok: true },
        { what: 'p99', value: at(0.99), unit: 'ms', reach: '≤ 300', ok: at(0.99) <= 300 },
      ],
    };
  } finally {
    server.closeAllConnections();
    server.close();
    await ingest.close();
    await stores.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ten messages to a session, as conversations come: a client's sessions are its own. */
function batchOf(client: number, batch: number): string {
  const rows = Array.from({ length: rowsPerBatch }, (_, k) => {
    const n = batch * rowsPerBatch + k;
    return {
      session_id: `S${client}-${Math.floor(n / 10)}`,
      at: new Date(Date.UTC(2026, 9, 1) + n * 1000).toISOString(),
      sender: n % 2 === 0 ? 'customer' : 'agent',
      sender_id: n % 2 === 0 ? `c${client}` : `agent${client}`,
      text: `您好，您的工单已经转给安装部门，请保持电话畅通${n}`,
      message_id: `${client}-${n}`,
      auto: false,
    };
  });
  return JSON.stringify(rows);
}

/** Answers how many rows were accepted. */
function post(agent: Agent, port: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/api/ingest/messages',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode !== 200) reject(new Error(`${response.statusCode} ${text}`));
          else resolve((JSON.parse(text) as { accepted: number }).accepted);
        });
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}
