import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ClickHouseEndpoint, disconnect } from './clickhouse.ts';
import { type ClusterConfig, engineUser, serverConfig, usersConfig } from './clickhouseConfig.ts';
import { Unavailable } from './errors.ts';
import type { Log } from './log.ts';
import { removeUnwritten } from './unwrittenTables.ts';

export interface EmbeddedClickHouse {
  /** Where it answers now; throws `Unavailable` while it is being started again. */
  endpoint(): ClickHouseEndpoint;
  readonly pid: number | undefined;
  close(): Promise<void>;
}

export interface EmbeddedClickHouseOptions {
  /** Of its own: data, configuration and log live in it. */
  readonly dir: string;
  readonly log: Log;
  readonly memoryBytes?: number;
  /** `ServerConfig.cleanupSeconds`; a minute unless somebody waits for it. */
  readonly cleanupSeconds?: number;
  /** Only for cluster tests: a wrong password over TCP stops the engine from answering. */
  readonly cluster?: { readonly tcpPort: number; readonly clusters: readonly ClusterConfig[] };
  readonly probe?: { readonly everyMs: number; readonly timeoutMs: number };
  /** Called with each new endpoint: at start and after every restart. */
  readonly onEndpoint?: (endpoint: ClickHouseEndpoint) => void;
}

const startTimeoutMs = 60_000;
const failedProbesAllowed = 3;
const logBytesKept = 10_000_000;
const childFile = fileURLToPath(new URL('./clickhouseChild.mjs', import.meta.url));

/** Starts the engine as a child process, and again whenever it dies or stops answering. */
export async function startClickHouse(options: EmbeddedClickHouseOptions): Promise<EmbeddedClickHouse> {
  const probe = options.probe ?? { everyMs: 2_000, timeoutMs: 10_000 };
  let running: Running | undefined;
  let closed = false;
  let failures = 0;

  async function launch(): Promise<void> {
    const started = await launchChild(options, running?.port);
    if (closed) {
      await stopChild(started.child);
      return;
    }
    try {
      options.onEndpoint?.(started.endpoint);
    } catch (cause) {
      // Nobody could be told where it is (a full disk): left running it would keep the next one from the directory.
      await stopChild(started.child);
      throw cause;
    }
    running = started;
    started.child.once('exit', (code, signal) => void revive(started, { code, signal }));
    supervise(started, probe, () => closed || running !== started);
  }

  async function revive(dead: Running, how: { code: number | null; signal: string | null }): Promise<void> {
    if (closed || running !== dead) return;
    running = undefined;
    options.log.warn(how, 'clickhouse died; starting it again');
    await disconnect(dead.endpoint);
    for (;;) {
      try {
        await launch();
        failures = 0;
        return;
      } catch (error) {
        failures += 1;
        options.log.error(
          { failures, reason: error instanceof Error ? error.message : '' },
          'clickhouse did not start',
        );
        await sleep(Math.min(100 * 2 ** failures, 10_000));
        if (closed) return;
      }
    }
  }

  await launch();
  return {
    endpoint() {
      if (!running) throw new Unavailable('clickhouse.starting', 1);
      return running.endpoint;
    },
    get pid() {
      return running?.child.pid;
    },
    async close() {
      closed = true;
      const last = running;
      running = undefined;
      if (!last) return;
      await stopChild(last.child);
      await disconnect(last.endpoint);
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  readonly hello: { readonly ask: string; readonly answer: string };
  readonly endpoint: ClickHouseEndpoint;
}

async function launchChild(options: EmbeddedClickHouseOptions, lastPort: number | undefined): Promise<Running> {
  const { dir, cluster } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const table of removeUnwritten(join(dir, 'data')))
    options.log.warn({ table }, 'a table that a full disk left without its description is removed');
  const port = lastPort !== undefined && (await isFree(lastPort)) ? lastPort : await freePort();
  const [secret, password, ask, answer] = [token(), token(), token(), token()];
  const usersPath = join(dir, 'users.xml');
  const configPath = join(dir, 'config.xml');
  writeFileSync(usersPath, usersConfig(password), { mode: 0o600 });
  const memoryBytes = options.memoryBytes ?? Math.max(1024 ** 3, Math.floor(totalmem() / 2));
  const config = {
    usersPath,
    memoryBytes,
    cleanupSeconds: options.cleanupSeconds ?? 60,
    secret,
    hello: { ask, answer },
    ...(cluster ? { clusters: cluster.clusters } : {}),
  };
  writeFileSync(configPath, serverConfig(config), { mode: 0o600 });

  const logPath = join(dir, 'clickhouse.log');
  const logFile = openSync(logPath, 'a', 0o600);
  if (statSync(logPath).size > logBytesKept) truncateSync(logPath);
  const child = spawn(
    process.execPath,
    [
      childFile,
      cluster ? 'TCP,HTTP' : 'HTTP',
      `--path=${join(dir, 'data')}`,
      '--listen_host=127.0.0.1',
      `--http_port=${port}`,
      ...(cluster ? [`--tcp_port=${cluster.tcpPort}`] : []),
      '--log-level=warning',
      `--config-file=${configPath}`,
    ],
    { stdio: ['ignore', logFile, logFile, 'ipc'] },
  );
  closeSync(logFile);
  // The engine alone keeps nothing awake: a process that is done may end, and the child follows it.
  child.unref();
  child.channel?.unref();

  const hello = { ask, answer };
  const deadline = Date.now() + startTimeoutMs;
  while (!(await answers(port, hello, 2_000))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`clickhouse did not start: ${readFileSync(logPath, 'utf8').slice(-400).trim()}`);
    }
    await sleep(20);
  }
  const endpoint = {
    url: `http://127.0.0.1:${port}`,
    username: engineUser,
    password,
    headers: { 'X-Heng-Key': secret },
  };
  return { child, port, hello, endpoint };
}

/** An engine that lives but does not answer is as good as dead: it is killed, and its exit starts the next one. */
function supervise(server: Running, probe: { everyMs: number; timeoutMs: number }, over: () => boolean): void {
  let failed = 0;
  const again = (): void => {
    const timer = setTimeout(async () => {
      if (over()) return;
      failed = (await answers(server.port, server.hello, probe.timeoutMs)) ? 0 : failed + 1;
      if (failed >= failedProbesAllowed) server.child.kill('SIGKILL');
      else again();
    }, probe.everyMs);
    timer.unref();
  };
  again();
}

async function answers(port: number, hello: { ask: string; answer: string }, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/${hello.ask}`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return (await response.text()) === hello.answer;
  } catch {
    // Whatever went wrong, it did not answer.
    return false;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(kill);
}

const token = (): string => randomBytes(24).toString('hex');

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        server.close(() => resolve(port));
      });
  });
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
