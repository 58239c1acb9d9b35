import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { attachedTo, noteAttached } from './attached.ts';
import { type ClickHouse, type ClickHouseEndpoint, disconnect, type EndpointSource } from './clickhouse.ts';
import { type EmbeddedClickHouse, startClickHouse } from './embeddedClickhouse.ts';
import { type EmbeddedPostgres, startPostgres } from './embeddedPostgres.ts';
import { Conflict, Unavailable } from './errors.ts';
import { externalClickHouse, singleClickHouse } from './externalClickhouse.ts';
import { type Holder, heldBy, isLock, type Lock, takeLock } from './lock.ts';
import { type Log, silentLog } from './log.ts';
import { migrateClickHouse } from './migrateClickhouse.ts';
import { migratePostgres, whileMigrating } from './migratePostgres.ts';
import { demandSameStores, noteStores } from './storeKinds.ts';

/** The two stores everything lives in, and the directory of this installation's own files. */
export interface Stores {
  readonly clickhouse: ClickHouse;
  readonly postgres: pg.Pool;
  readonly dataDir: string;
}

export interface OpenStores extends Stores {
  /** False for a process that attached to the engines of the one that holds the data directory. */
  readonly owner: boolean;
  /**
   * Resolves when no other command uses the engines of this one, which end with it; none begins to meanwhile. `tell` is called
   * when there are others, and whenever it is others than before.
   */
  othersEnded(tell: (others: readonly Holder[]) => void): Promise<void>;
  /** Of an attached process whose engines end under it: what to tell instead of how that showed; null while they run. */
  enginesGone(): Conflict | null;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly dataDir: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly log?: Log;
  /** How this process is named to others: `heng start`. */
  readonly command?: string;
  /** A server wants the directory for itself: it is refused where a command attaches. */
  readonly exclusive?: boolean;
  /** A backup is being restored: its schema, not the newest one. The directory is for nobody else meanwhile. */
  readonly restoring?: Restoring;
}

export interface Restoring {
  /** The last migration of each store that the backup had; without it all. */
  readonly upTo?: { readonly postgres: number; readonly clickhouse: number };
  /** Refuses databases in which there is anything, before a migration touches them. */
  readonly demandEmpty?: boolean;
}

/**
 * Starts the embedded engines or connects to CLICKHOUSE_URL and DATABASE_URL, takes the lock, runs migrations.
 * @throws Conflict `dataDir.held` naming the process that has the directory, and what `demandSameStores` throws.
 */
export async function openStores(options: OpenOptions): Promise<OpenStores> {
  const { dataDir, env = process.env, log = silentLog } = options;
  const command = options.command ?? [basename(process.argv[1] ?? 'heng'), ...process.argv.slice(2, 3)].join(' ');
  const deadline = Date.now() + attachTimeoutMs;
  if (!options.restoring) demandSameStores(dataDir, env);
  let lock = takeLock(dataDir, command);
  while (!isLock(lock)) {
    const { heldBy: holder } = lock;
    // As the clock on the wall shows it to whoever is told: 2026-11-22 14:10:30.
    const since = new Date(holder.since).toLocaleString('sv-SE');
    const held = new Conflict('dataDir.held', { dir: dataDir, pid: holder.pid, since, command: holder.command });
    if (options.exclusive || options.restoring) throw held;
    const attached = await attach({ dataDir, env, log, command }, holder);
    if (attached) return attached;
    if (Date.now() > deadline) throw held;
    // That one is still starting, or lets nobody in any more because it is about to end.
    await sleep(100);
    lock = takeLock(dataDir, command);
  }
  if (!options.restoring && isRestoring(dataDir)) {
    lock.release();
    throw new Conflict('dataDir.restoring', { dir: dataDir });
  }
  return own({ dataDir, env, log, lock, restoring: options.restoring ?? {} });
}

interface Owning {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly lock: Lock;
  readonly restoring: Restoring;
}

async function own({ dataDir, env, log, lock, restoring }: Owning): Promise<OpenStores> {
  const undo: (() => unknown)[] = [() => lock.release(), () => rmSync(enginesFile(dataDir), { force: true })];
  const published: Published = { pid: process.pid };
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  const othersEnded: OpenStores['othersEnded'] = async (tell) => {
    if (!published.postgres && !published.clickhouse) return;
    published.ready = false;
    publish(dataDir, published);
    let told = '';
    for (let others = attachedTo(dataDir); others.length > 0; others = attachedTo(dataDir)) {
      const now = others.map(({ pid }) => pid).join();
      if (now !== told) tell(others);
      told = now;
      await sleep(200);
    }
  };
  try {
    // Both start at once; what started is stopped again if the other fails.
    const starting = await Promise.allSettled([
      env.DATABASE_URL ? undefined : startPostgres({ dir: join(dataDir, 'postgres'), log }),
      env.CLICKHOUSE_URL
        ? undefined
        : startClickHouse({
            dir: join(dataDir, 'clickhouse'),
            log,
            onEndpoint: (endpoint) => {
              published.clickhouse = endpoint;
              publish(dataDir, published);
            },
          }),
    ]);
    const [postgresStart, clickhouseStart] = starting;
    if (postgresStart.status === 'fulfilled' && postgresStart.value) undo.push(closing(postgresStart.value));
    if (clickhouseStart.status === 'fulfilled' && clickhouseStart.value) undo.push(closing(clickhouseStart.value));
    for (const start of starting) if (start.status === 'rejected') throw start.reason;

    const embeddedPostgres = postgresStart.status === 'fulfilled' ? postgresStart.value : undefined;
    const embeddedClickhouse = clickhouseStart.status === 'fulfilled' ? clickhouseStart.value : undefined;
    const postgres = openPool(embeddedPostgres?.endpoint, env, log);
    undo.push(() => postgres.end());
    const { upTo } = restoring;
    const { clickhouse, layout, servers } = embeddedClickhouse
      ? await singleClickHouse(() => embeddedClickhouse.endpoint(), undefined, upTo?.clickhouse)
      : await externalClickHouse(env, upTo?.clickhouse);
    if (restoring.demandEmpty) await demandEmpty(postgres, clickhouse);
    await whileMigrating(postgres, async (client) => {
      await migratePostgres(client, { upTo: upTo?.postgres });
      for (const server of servers) await migrateClickHouse(server, layout, { upTo: upTo?.clickhouse });
      await clickhouse.copies.migrate();
    });
    if (embeddedPostgres) published.postgres = embeddedPostgres.endpoint;
    noteStores(dataDir, env);
    published.ready = true;
    publish(dataDir, published);
    // Before the engines go, so that whoever fails for that knows why.
    undo.push(() => rmSync(enginesFile(dataDir), { force: true }));
    return { clickhouse, postgres, dataDir, owner: true, othersEnded, enginesGone: () => null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function demandEmpty(postgres: pg.Pool, clickhouse: ClickHouse): Promise<void> {
  const tables = await postgres.query('SELECT FROM pg_tables WHERE schemaname = current_schema() LIMIT 1');
  const facts = await clickhouse.all.query('SELECT name FROM system.tables WHERE database = currentDatabase() LIMIT 1');
  if (tables.rowCount !== 0 || facts.length > 0) throw new Conflict('restore.serverNotEmpty');
}

const closing = (engine: EmbeddedPostgres | EmbeddedClickHouse) => (): Promise<void> => engine.close();

const attachTimeoutMs = 60_000;

/** Uses the engines of the process that holds the directory; null where that one lets nobody in: it is not ready yet, or not any more. */
async function attach(
  { dataDir, env, log, command }: Pick<Owning, 'dataDir' | 'env' | 'log'> & { readonly command: string },
  holder: Holder,
): Promise<OpenStores | null> {
  const letsIn = (): ReturnType<typeof readPublished> => {
    const published = readPublished(dataDir);
    return published?.ready && published.pid === holder.pid ? published : undefined;
  };
  if (!letsIn()) return null;
  // Noted before it is looked at again: the holder first lets nobody in and then looks who is.
  const leave = noteAttached(dataDir, command);
  const published = letsIn();
  if (!published) {
    leave();
    return null;
  }
  const postgres = openPool(published.postgres, env, log);
  // The holder may restart its engine under another port or key: what it published last counts.
  const current = publishedEndpoint(dataDir, holder.pid);
  const enginesGone = (): Conflict | null =>
    heldBy(dataDir)?.pid === holder.pid && readPublished(dataDir)?.pid === holder.pid
      ? null
      : new Conflict('dataDir.enginesGone', { pid: holder.pid, command: holder.command });
  const close = async (): Promise<void> => {
    await postgres.end();
    leave();
  };
  try {
    const { clickhouse } = published.clickhouse ? await singleClickHouse(current) : await externalClickHouse(env);
    return { clickhouse, postgres, dataDir, owner: false, othersEnded: async () => {}, enginesGone, close };
  } catch (cause) {
    await close();
    throw enginesGone() ?? cause;
  }
}

function publishedEndpoint(dataDir: string, holder: number): EndpointSource {
  let known: ClickHouseEndpoint | undefined;
  return () => {
    const published = readPublished(dataDir);
    const endpoint = published?.pid === holder ? published.clickhouse : undefined;
    if (!endpoint) throw new Unavailable('clickhouse.unreachable', 2);
    if (known?.url !== endpoint.url || known.password !== endpoint.password) {
      if (known) void disconnect(known);
      known = endpoint;
    }
    return known;
  };
}

/** Of a node that lost its network the server learns within half a minute, and lets go of its locks; by itself it would take hours. */
const keepalives = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

function openPool(endpoint: pg.PoolConfig | undefined, env: NodeJS.ProcessEnv, log: Log): pg.Pool {
  const pool = new pg.Pool({
    ...(endpoint ?? { connectionString: env.DATABASE_URL, options: keepalives }),
    max: 20,
    connectionTimeoutMillis: 20_000,
    application_name: 'heng',
  });
  const broke = (error: Error) =>
    log.warn({ code: 'code' in error ? error.code : undefined }, 'a postgres connection broke');
  // A connection that breaks is replaced by the pool; without a listener it would end the process: the pool listens to those that are
  // idle, nobody to one that is lent out and has no query running, such as amid a transaction.
  pool.on('error', broke);
  pool.on('connect', (client) => client.on('error', broke));
  return pool;
}

const publishedSchema = z.object({
  pid: z.number(),
  ready: z.boolean().optional(),
  clickhouse: z
    .object({ url: z.string(), username: z.string(), password: z.string(), headers: z.record(z.string(), z.string()) })
    .optional(),
  postgres: z
    .object({ host: z.string(), port: z.number(), user: z.string(), password: z.string(), database: z.string() })
    .optional(),
});
type Published = { pid: number; ready?: boolean; clickhouse?: ClickHouseEndpoint; postgres?: pg.PoolConfig };

/** Marks a directory into which a backup is being restored: whatever is in it is not whole. */
export const restoringFile = (dataDir: string): string => join(dataDir, 'restoring');
export const isRestoring = (dataDir: string): boolean => existsSync(restoringFile(dataDir));

const enginesFile = (dataDir: string): string => join(dataDir, 'engines.json');

function publish(dataDir: string, published: Published): void {
  const draft = `${enginesFile(dataDir)}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(published)}\n`, { mode: 0o600 });
  renameSync(draft, enginesFile(dataDir));
}

function readPublished(dataDir: string): z.infer<typeof publishedSchema> | undefined {
  const file = enginesFile(dataDir);
  return existsSync(file) ? publishedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}
