import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/platform/embeddedClickhouse.ts';
import { serverPid } from '../../src/platform/postgresLeftover.ts';
import { packageRoot } from '../../src/platform/root.ts';
import { type OpenStores, openStores } from '../../src/platform/stores.ts';
import { addressOf } from '../startHeng.ts';
import { companyRows } from './company.ts';
import type { Victim } from './plan.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Setting {
  readonly dataDir: string;
  /** Modules that node loads in the application before Heng. */
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One installation that is killed and started again; its address stays the same. */
export class Installation {
  private child: ChildProcess | undefined;
  private output = { out: '', err: '' };
  private cookie = '';
  private attached: OpenStores | undefined;
  private constructor(
    readonly setting: Setting,
    readonly url: string,
  ) {}

  static async open(setting: Setting): Promise<Installation> {
    const heng = await Installation.at(setting);
    await heng.start();
    const token = /\/setup\?token=(\S+)/.exec(heng.output.out)?.[1] ?? '';
    const account = { token, email: 'first@example.com', name: '管理员', password: 'a long password' };
    const answer = await fetch(`${heng.url}/api/setup`, { ...heng.request('POST', account) });
    if (answer.status !== 204) throw new Error(`setup answered ${answer.status}`);
    heng.cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    return heng;
  }

  /** One that was stopped. */
  static async at(setting: Setting): Promise<Installation> {
    return new Installation(setting, `http://127.0.0.1:${await freePort()}`);
  }

  /** Starts without waiting: for starts that are meant to fail. */
  launch(): { child: ChildProcess; output: { out: string; err: string }; exited: Promise<number | null> } {
    const { dataDir, preload, env } = this.setting;
    const args = [
      join(packageRoot, 'dist/cli.js'),
      'start',
      '--data',
      dataDir,
      '--port',
      new URL(this.url).port,
      '--empty',
    ];
    const child = spawn(process.execPath, [...(preload ? ['--import', preload] : []), ...args], {
      env: { PATH: process.env.PATH, HOME: dataDir, LANG: 'zh_CN.UTF-8', ...env },
      // A group of its own, so that all of it can be killed at once.
      detached: true,
    });
    const output = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.out += chunk));
    child.stderr.on('data', (chunk: Buffer) => (output.err += chunk));
    return { child, output, exited: new Promise((resolve) => child.once('exit', (code) => resolve(code))) };
  }

  async start(): Promise<void> {
    const started = this.launch();
    this.child = started.child;
    this.output = started.output;
    await addressOf(started);
  }

  /** Starts again where nothing runs any more. */
  async ensure(): Promise<void> {
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) return;
    await this.detach();
    await this.start();
    await this.answers();
  }

  async stop(): Promise<void> {
    await this.detach();
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  /** Kills, and resolves when the installation answers again: by itself where an engine died, otherwise after a start. */
  async kill(victim: Victim): Promise<void> {
    const child = this.child;
    const pid = child?.pid;
    if (!child || pid === undefined) throw new Error('nothing runs');
    const whole = victim === 'application' || victim === 'group';
    const gone = whole ? new Promise((resolve) => child.once('exit', resolve)) : undefined;
    if (whole) await this.detach();
    process.kill(victim === 'group' ? -pid : victim === 'application' ? pid : this.pidOf(victim), 'SIGKILL');
    if (whole) {
      await gone;
      await this.start();
    }
    await this.answers();
  }

  pidOf(engine: 'clickhouse' | 'postgres'): number {
    const pid =
      engine === 'postgres'
        ? serverPid(join(this.setting.dataDir, 'postgres/data'))
        : childrenOf(this.child?.pid ?? 0).find((each) => commandOf(each).includes('clickhouseChild.mjs'));
    if (pid === undefined) throw new Error(`${engine} does not run`);
    return pid;
  }

  /** Waits until both engines serve what people ask. */
  async answers(patienceMs = 90_000): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { status, body } = await this.call('GET', '/api/freshness');
      if (status === 200) return;
      if (this.child?.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`the application ended: ${this.output.err}`);
      if (Date.now() > deadline) throw new Error(`does not answer: ${status} ${body}`);
      await sleep(50);
    }
  }

  /** As the administrator's browser; status 0 where the connection broke. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    try {
      const answer = await fetch(`${this.url}${path}`, this.request(method, body));
      const text = await answer.text();
      // TRICKY: of a connection that was to be closed afterwards, fetch takes what came until it broke for the whole answer.
      if (answer.status === 200) JSON.parse(text);
      return { status: answer.status, body: text };
    } catch {
      // A kill, as far as whoever asks can see.
      return { status: 0, body: '' };
    }
  }

  headers(): Record<string, string> {
    return { origin: this.url, cookie: this.cookie };
  }

  private request(method: string, body: unknown): RequestInit {
    const raw = body instanceof Uint8Array;
    return {
      method,
      // A connection that the server let go meanwhile would look like a fault.
      headers: {
        ...this.headers(),
        connection: 'close',
        'content-type': raw ? 'application/octet-stream' : 'application/json',
      },
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
    };
  }

  /** The stores of the running application, for looking at what is in them. */
  async stores(): Promise<OpenStores> {
    this.attached ??= await openStores({ dataDir: this.setting.dataDir, env: { ...this.setting.env } });
    return this.attached;
  }

  private async detach(): Promise<void> {
    await this.attached?.close();
    this.attached = undefined;
  }
}

/** Puts the small company in, and waits until its facts are there: periods without any cannot be closed. */
export async function companyIn(heng: Installation): Promise<void> {
  const company = companyRows();
  for (const [kind, rows] of Object.entries(company)) {
    const answer = await heng.call('POST', `/api/ingest/${kind}`, rows);
    if (answer.status !== 200 || !answer.body.includes('"rejected":[]')) throw new Error(`${kind}: ${answer.body}`);
  }
  const { clickhouse } = await heng.stores();
  for (;;) {
    const [facts] = await clickhouse.all.query<{ n: string }>('SELECT count() AS n FROM ticket_facts FINAL');
    if (Number(facts?.n) === company.tickets.length) return;
    await sleep(200);
  }
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => parentOf(pid) === parent).map(Number);
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // Gone meanwhile.
    return undefined;
  }
}
