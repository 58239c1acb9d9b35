import { mkdirSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseEndpoint } from '../../src/platform/clickhouse.ts';
import { startClickHouse } from '../../src/platform/embeddedClickhouse.ts';
import { type PostgresEndpoint, startPostgres } from '../../src/platform/embeddedPostgres.ts';
import { silentLog } from '../../src/platform/log.ts';
import { demandFacts, demandKept } from './checks.ts';
import { companyIn, Installation } from './installation.ts';
import type { Survived } from './survived.ts';
import { Promised, Work } from './work.ts';

type Trouble = 'none' | 'slow' | 'dropped' | 'unreachable';
const slowMs = 150;
const troubledMs = 1500;

/** What stands between the application and a database, and can make the way bad. */
interface Way {
  readonly url: string;
  trouble(which: Trouble): void;
  close(): void;
}

/** The databases are servers elsewhere, and the connections to them are slow, dropped, or refused for a while. */
export async function badConnections(folder: string, survived: Survived): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const postgres = await startPostgres({ dir: join(folder, 'postgres'), log: silentLog });
  const clickhouse = await startClickHouse({ dir: join(folder, 'clickhouse'), log: silentLog });
  const ways = { postgres: await toPostgres(postgres.endpoint), clickhouse: await toClickHouse(clickhouse.endpoint()) };
  try {
    const env = { DATABASE_URL: ways.postgres.url, CLICKHOUSE_URL: ways.clickhouse.url };
    const heng = await Installation.open({ dataDir: join(folder, 'data'), env });
    try {
      await companyIn(heng);
      const promised = new Promised();
      const work = new Work(heng, promised);
      for (const [store, way] of Object.entries(ways)) {
        for (const trouble of ['slow', 'dropped', 'unreachable'] as const) {
          for (const phase of ['ingest', 'close', 'ledger'] as const) {
            await work.prepare(phase);
            const begun = work.begin(phase);
            await sleep(150);
            const inFlight = begun.open() ? 'open' : 'nothing';
            await survived.fault({ kind: `${store} ${trouble}`, phase, inFlight }, async () => {
              way.trouble(trouble);
              await sleep(troubledMs);
              way.trouble('none');
              await begun.end();
              await heng.answers();
              await work.look();
              await work.sendOwed();
              await demandKept(await heng.stores(), promised);
            });
            way.trouble('none');
            await heng.ensure();
          }
        }
      }
      await demandFacts(await heng.stores());
    } finally {
      await heng.stop();
    }
  } finally {
    for (const way of Object.values(ways)) way.close();
    await clickhouse.close();
    await postgres.close();
  }
}

/** Sockets that are open on a way, and the trouble it has just now. */
function troubles() {
  const sockets = new Set<Socket>();
  let now: Trouble = 'none';
  return {
    slow: () => now === 'slow',
    /** False where the connection is refused; a new one is remembered, so that it can be dropped. */
    admits(socket: Socket): boolean {
      if (now === 'unreachable') {
        socket.destroy();
        return false;
      }
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      return true;
    },
    set(which: Trouble) {
      now = which;
      if (which === 'dropped' || which === 'unreachable') for (const socket of sockets) socket.destroy();
    },
  };
}

async function toPostgres({ host, port, user, password, database }: PostgresEndpoint): Promise<Way> {
  const trouble = troubles();
  const server = createServer((client) => {
    if (!trouble.admits(client)) return;
    const behind = connect(join(host, `.s.PGSQL.${port}`));
    behind.on('error', () => client.destroy());
    const pass = (from: Socket, to: Socket) => {
      from.on('data', async (chunk) => {
        if (trouble.slow()) {
          from.pause();
          await sleep(slowMs);
          from.resume();
        }
        to.write(chunk);
      });
      from.once('close', () => to.destroy());
    };
    pass(client, behind);
    pass(behind, client);
  });
  const at = await listening(server);
  return {
    url: `postgres://${user}:${encodeURIComponent(password)}@${at}/${database}`,
    trouble: (which) => trouble.set(which),
    close: () => server.close(),
  };
}

async function toClickHouse({ url, username, password, headers }: ClickHouseEndpoint): Promise<Way> {
  const trouble = troubles();
  // Statements of an import go in the address, and are longer than the 16 kB that Node takes by itself.
  const server = createHttpServer({ maxHeaderSize: 2 ** 20 }, async (asked, answer) => {
    if (trouble.slow()) await sleep(slowMs);
    const behind = request(
      `${url}${asked.url}`,
      // The engine answers nobody without its key; a server elsewhere has none.
      { method: asked.method, headers: { ...asked.headers, ...headers } },
      (come) => {
        answer.writeHead(come.statusCode ?? 500, come.headers);
        come.pipe(answer);
        come.on('error', () => answer.destroy());
      },
    );
    behind.on('error', () => answer.destroy());
    asked.pipe(behind);
    asked.on('error', () => behind.destroy());
  });
  server.on('connection', (socket) => trouble.admits(socket));
  const at = await listening(server);
  return {
    url: `http://${username}:${encodeURIComponent(password)}@${at}/heng`,
    trouble: (which) => trouble.set(which),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
