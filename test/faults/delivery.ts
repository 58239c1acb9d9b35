import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededDraws, shuffled } from '../../src/metrics/seededDraws.ts';
import { demandFacts, demandKept } from './checks.ts';
import { companyIn, Installation } from './installation.ts';
import type { Survived } from './survived.ts';
import { messagesOf, Promised, type Row, Work } from './work.ts';

const rounds = 5;
const batches = 20;
const atOnce = 4;

/** Rows come twice, in any order, and in uploads that break off. */
export async function badDelivery(dataDir: string, survived: Survived): Promise<void> {
  const heng = await Installation.open({ dataDir });
  try {
    await companyIn(heng);
    const promised = new Promised();
    const work = new Work(heng, promised);
    const stores = await heng.stores();
    for (let round = 1; round <= rounds; round++) {
      await survived.fault({ kind: 'batches twice and in any order', phase: 'ingest', inFlight: 'open' }, async () => {
        const draw = seededDraws(`delivery ${round}`);
        const made = Array.from({ length: batches }, (_, n) => messagesOf(`D${round}-${n}`, 40));
        const versions = Array.from({ length: batches }, (_, n) => [ticketVersion(`T${round}`, n)]);
        const sendings = shuffled(
          [
            ...[...made, ...made].map((rows) => ({ kind: 'messages', rows })),
            ...[...versions, ...versions].map((rows) => ({ kind: 'tickets', rows })),
          ],
          draw,
        );
        await Promise.all(
          Array.from({ length: atOnce }, async () => {
            for (let next = sendings.pop(); next; next = sendings.pop()) {
              const { status, body } = await heng.call('POST', `/api/ingest/${next.kind}`, next.rows);
              if (status !== 200) throw new Error(`refused: ${status} ${body}`);
            }
          }),
        );
        for (const rows of made) for (const { message_id } of rows) promised.messages.add(message_id as string);
        await demandKept(stores, promised);
        await demandLatest(stores, `T${round}`);
      });
      for (const share of [0.1, 0.5, 0.99]) {
        await survived.fault({ kind: 'truncated upload', phase: 'import', inFlight: 'open' }, async () => {
          const file = work.makeFile();
          await breakOff(heng, `/api/uploads?name=${file.name}`, 'application/octet-stream', file.text, share);
          await demandNoUploads(dataDir);
          promised.files.push(file);
          await work.importOwed();
          await demandKept(stores, promised);
        });
        await survived.fault({ kind: 'truncated stream of rows', phase: 'ingest', inFlight: 'open' }, async () => {
          const rows = messagesOf(`S${round}-${share}`, 5000);
          const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
          await breakOff(heng, '/api/ingest/messages', 'application/x-ndjson', lines, share);
          for (let at = 0; at < rows.length; at += 1000) promised.owed.push(rows.slice(at, at + 1000));
          await work.sendOwed();
          await demandKept(stores, promised);
        });
      }
    }
    await demandFacts(stores);
  } finally {
    await heng.stop();
  }
}

const ticketVersion = (id: string, n: number): Row => ({
  ...{ ticket_id: id, customer_id: `c-${id}`, agent_id: 'zhao', created_at: '2026-10-12T02:00:00Z' },
  ...{ contacts: String(n + 1), updated_at: new Date(Date.parse('2026-10-12T03:00:00Z') + n * 60_000).toISOString() },
});

/** Of the versions of a ticket the one that was updated last counts, whenever it came. */
async function demandLatest({ clickhouse }: Awaited<ReturnType<Installation['stores']>>, id: string): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    const rows = await clickhouse.all.query<{ contacts: number }>(
      `SELECT contacts FROM ticket_facts FINAL WHERE ticket_id = '${id}'`,
    );
    if (rows.length === 1 && rows[0]?.contacts === batches) return;
    if (waited > 30_000) throw new Error(`ticket ${id}: ${JSON.stringify(rows)}, wanted ${batches} contacts`);
    await sleep(100);
  }
}

/** Sends a share of a body that was announced whole, and closes the connection. */
function breakOff(heng: Installation, path: string, type: string, body: string, share: number): Promise<void> {
  const bytes = Buffer.from(body);
  const { hostname, port } = new URL(heng.url);
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `content-type: ${type}`,
    `content-length: ${bytes.length}`,
    ...Object.entries(heng.headers()).map(([name, value]) => `${name}: ${value}`),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      socket.write(bytes.subarray(0, Math.floor(bytes.length * share)), () => setTimeout(() => socket.destroy(), 50));
    });
    socket.once('close', () => resolve());
    socket.once('error', reject);
  });
}

async function demandNoUploads(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'uploads');
  for (let waited = 0; existsSync(folder) && readdirSync(folder).length > 0; waited += 50) {
    if (waited > 10_000) throw new Error(`half an upload is left: ${readdirSync(folder).join(', ')}`);
    await sleep(50);
  }
}
