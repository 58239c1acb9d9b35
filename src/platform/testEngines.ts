import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { ClickHouseEndpoint } from './clickhouse.ts';
import { type EmbeddedClickHouse, startClickHouse } from './embeddedClickhouse.ts';
import { type PostgresEndpoint, startPostgres } from './embeddedPostgres.ts';
import { startShards } from './embeddedShards.ts';
import { silentLog } from './log.ts';
import { migratePostgres } from './migratePostgres.ts';
import { packageRoot } from './root.ts';

declare module 'vitest' {
  interface ProvidedContext {
    hengEngines: string;
  }
}

export const templateDatabase = 'heng_template';

/** Engines all test files of one run share. Each is started when the first test asks for it. */
export interface TestEngines {
  clickhouse(): Promise<ClickHouseEndpoint>;
  /** A server whose `heng_template` has every migration applied. */
  postgres(): Promise<PostgresEndpoint>;
  /** The compiled server, for tests that start it as a process of its own. */
  dist(): Promise<string>;
  /** Two shards that know each other as cluster `heng`. */
  shards(): Promise<readonly ClickHouseEndpoint[]>;
  close(): Promise<void>;
}

const testMemoryBytes = 2 * 1024 ** 3;

export function startTestEngines(): TestEngines {
  const dir = roomyFolder('engines');
  const undo: (() => Promise<void>)[] = [];
  const once = <Value>(start: () => Promise<Value>): (() => Promise<Value>) => {
    let started: Promise<Value> | undefined;
    return () => {
      started ??= start();
      return started;
    };
  };
  const kept = (engine: EmbeddedClickHouse): ClickHouseEndpoint => {
    undo.push(() => engine.close());
    return engine.endpoint();
  };
  const common = { log: silentLog, memoryBytes: testMemoryBytes, cleanupSeconds: 4 };
  return {
    clickhouse: once(async () => kept(await startClickHouse({ dir: join(dir, 'clickhouse'), ...common }))),
    dist: once(async () => {
      const build = [join(packageRoot, 'tools/run.mjs'), 'build', '--server', '--tolerant'];
      await promisify(execFile)(process.execPath, build);
      return join(packageRoot, 'dist');
    }),
    shards: once(async () => (await startShards({ dir, count: 2, ...common })).map(kept)),
    postgres: once(async () => {
      const engine = await startPostgres({ dir: join(dir, 'postgres'), log: silentLog, settings: { fsync: 'off' } });
      undo.push(() => engine.close());
      const admin = new pg.Client(engine.endpoint);
      await admin.connect();
      await admin.query(`CREATE DATABASE ${templateDatabase}`);
      await admin.end();
      const template = new pg.Client({ ...engine.endpoint, database: templateDatabase });
      await template.connect();
      await migratePostgres(template);
      await template.end();
      return engine.endpoint;
    }),
    async close() {
      await Promise.all(undo.map((stop) => stop()));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const inMemory = '/dev/shm';
const memoryNeeded = 6 * 1024 ** 3;

/**
 * A folder for data that need not outlive the run: in memory where there is plenty, else on disk. What promises that data survive
 * a crash is tested in folders of `tmpdir()`.
 */
export function roomyFolder(name: string): string {
  if (!existsSync(inMemory)) return mkdtempSync(join(tmpdir(), `heng-${name}-`));
  for (const left of readdirSync(inMemory)) {
    const owner = /^heng-test-(\d+)-/.exec(left)?.[1];
    if (owner && !existsSync(`/proc/${owner}`)) rmSync(join(inMemory, left), { recursive: true, force: true });
  }
  const { bavail, bsize } = statfsSync(inMemory);
  const isRoomy = Math.min(bavail * bsize, freemem()) >= memoryNeeded;
  return mkdtempSync(join(isRoomy ? inMemory : tmpdir(), `heng-test-${process.pid}-${name}-`));
}

/** Answers tests, each in a process of its own, over HTTP: `GET /what` with what `answers[what]` gives. Returns the address. */
export async function answerTests(
  answers: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    try {
      const answer = answers[request.url?.slice(1) ?? ''];
      if (!answer) throw new Error(`nobody answers ${request.url}`);
      response.end(JSON.stringify((await answer()) ?? null));
    } catch (error) {
      response.statusCode = 500;
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Asks such a server, which may take its time. Throws with its words where it failed. */
export async function askRun<Answer>(url: string, what: string): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/${what}`, { agent: false }, resolve).on('error', reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  if (response.statusCode !== 200) throw new Error(body);
  return JSON.parse(body) as Answer;
}

/** Vitest's global set-up: test files ask here for the engines of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = startTestEngines();
  const { clickhouse, postgres, shards, dist } = engines;
  const server = await answerTests({ clickhouse, postgres, shards, dist });
  project.provide('hengEngines', server.url);
  return async () => {
    server.close();
    await engines.close();
  };
}
