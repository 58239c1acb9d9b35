import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import pino from 'pino';
import { readConfig } from './config.ts';
import { createApp } from './main.ts';
import { firstAdministratorLink } from './people/oneTimeLink.ts';
import { openSignIn } from './people/signIn.ts';
import type { Command, CommandContext, ExitCode } from './platform/command.ts';
import { BadInput, Conflict } from './platform/errors.ts';
import type { Deps } from './platform/http.ts';
import { type Language, languageOf } from './platform/language.ts';
import { packageRoot } from './platform/root.ts';
import { openStores } from './platform/stores.ts';

export const command: Command = {
  name: 'start',
  summary: {
    zh: '启动服务；空的数据目录会先装入一家示例公司',
    en: 'start the server; an empty data directory first gets a made-up company',
  },
  usage: '[--port N] [--host ADDRESS] [--open] [--empty] [--demo-accounts]',
  details: {
    zh: [
      '--port N         端口（默认 7077，或 PORT）',
      '--host ADDRESS   监听地址（默认 127.0.0.1，或 HOST；对外提供服务时请放在 https 代理之后，并设 HENG_URL）',
      '--open           启动后打开浏览器',
      '--empty          不装示例公司，用于自己的数据：heng start --data 目录 --empty',
      '--demo-accounts  给示例公司的演示账号换新密码并打印',
      '环境变量 HENG_URL（对外地址）、HENG_SECRET（会话签名密钥）、HENG_TRUST_PROXY=1（信任代理的 X-Forwarded-For）',
    ],
    en: [
      '--port N         port (default 7077, or PORT)',
      '--host ADDRESS   address to listen on (default 127.0.0.1, or HOST; for others, behind an https proxy with HENG_URL set)',
      '--open           open the browser',
      '--empty          no made-up company, for your own data: heng start --data DIR --empty',
      '--demo-accounts  give the demo accounts new passwords and print them',
      'Environment: HENG_URL (public address), HENG_SECRET (signs sessions), HENG_TRUST_PROXY=1 (believe X-Forwarded-For)',
    ],
  },
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    open: { type: 'boolean' },
    empty: { type: 'boolean' },
    'demo-accounts': { type: 'boolean' },
  },
  run: start,
};

async function start(context: CommandContext): Promise<ExitCode> {
  const { values, env, dataDir, timeZone, now } = context;
  const { host, port, publicUrl, secret } = readSettings(context);
  const language = languageOf(env);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = pino({ level: 'info' }, pino.destination({ dest: join(dataDir, 'heng.log'), append: true, mode: 0o600 }));
  const stopped = signalled();

  context.progress(say[language].starting);
  const stores = await openStores({ dataDir, env, log, command: 'heng start', exclusive: true });
  try {
    const deps: Deps = { stores, now, timeZone, log };
    const signIn = await openSignIn(deps, { secret: secret ?? ownSecret(dataDir), publicUrl });
    const version = versionOf();
    const webDir = join(packageRoot, 'dist/web');
    const app = await createApp(deps, { signIn, publicUrl, trustProxy: env.HENG_TRUST_PROXY === '1', webDir, version });

    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    const address = await listen(server, host, port);
    const url =
      publicUrl ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)}:${address.port}`;
    const first = await firstAdministratorLink(deps);
    context.out(
      { url, dataDir, firstAdministrator: first ? url + first.link : null },
      banner(language, url, first?.link),
    );
    if (values.open === true) openBrowser(url + (first?.link ?? ''));

    await stopped;
    context.progress(say[language].stopping);
    await drain(server);
    return 0;
  } finally {
    await stores.close();
  }
}

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly secret: string | null;
}

function readSettings({ values, env }: CommandContext): Settings {
  const port = typeof values.port === 'string' ? values.port : env.PORT;
  const config = readConfig({ ...env, ...(port === undefined ? {} : { PORT: port }) });
  const publicUrl = env.HENG_URL ?? null;
  if (publicUrl !== null && !/^https?:$/.test(URL.canParse(publicUrl) ? new URL(publicUrl).protocol : '')) {
    throw new BadInput('config.url', { value: publicUrl });
  }
  const secret = env.HENG_SECRET ?? null;
  if (secret !== null && secret.length < 32) throw new BadInput('config.secret');
  return {
    host: typeof values.host === 'string' ? values.host : config.host,
    port: config.port,
    publicUrl: publicUrl === null ? null : new URL(publicUrl).origin,
    secret,
  };
}

/** The key that signs session cookies, made once and kept beside the data, not in the database it protects. */
function ownSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}

function versionOf(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') reject(new Conflict('start.portTaken', { port }, { cause }));
      else if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND' || cause.code === 'EACCES') {
        reject(new Conflict('start.address', { host, port }, { cause }));
      } else reject(cause);
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address);
    });
  });
}

const patienceMs = 30_000;

/** Takes no more requests and waits for the accepted ones; whoever needs longer than half a minute is cut off. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

/** Resolves with the first signal to stop; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  });
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function openBrowser(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  // A machine without a browser still serves: the address is on the screen.
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

const say: Readonly<
  Record<Language, { starting: string; stopping: string; ready: string; first: string; stop: string }>
> = {
  zh: {
    starting: '正在启动…',
    stopping: '正在停止：先做完已接收的请求…',
    ready: '衡已就绪：',
    first: '第一位管理员请打开（72 小时内有效，只能用一次）：',
    stop: '按 Ctrl+C 停止。',
  },
  en: {
    starting: 'Starting…',
    stopping: 'Stopping: finishing what was accepted…',
    ready: 'Heng is ready: ',
    first: 'The first administrator opens (valid for 72 hours, works once):',
    stop: 'Ctrl+C stops it.',
  },
};

function banner(language: Language, url: string, link: string | undefined): string {
  const words = say[language];
  return [
    '',
    `  ${words.ready}${url}`,
    ...(link ? ['', `  ${words.first}`, `  ${url}${link}`] : []),
    '',
    `  ${words.stop}`,
  ].join('\n');
}
