import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../src/platform/root.ts';

export interface StartedHeng {
  readonly child: ChildProcess;
  readonly output: { out: string; err: string };
  readonly exited: Promise<number | null>;
}

/** `heng start` as a process of its own, with nothing of the machine's own settings: no address, no engines elsewhere. */
export const startHeng = (dataDir: string, ...args: string[]): StartedHeng => startHengWith({}, dataDir, ...args);

/** The same with settings of the environment. */
export function startHengWith(env: NodeJS.ProcessEnv, dataDir: string, ...args: string[]): StartedHeng {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), 'start', '--data', dataDir, ...args], {
    env: { PATH: process.env.PATH, HOME: dataDir, LANG: 'zh_CN.UTF-8', ...env },
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, output, exited };
}

/** Waits until something is to be seen. */
export async function until<T>(
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  patienceMs = 110_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The address in what the server says of itself; throws where it ended instead. */
export function addressOf({ child, output }: StartedHeng, patienceMs?: number): Promise<string> {
  return until(() => {
    if (child.exitCode !== null) throw new Error(`heng start ended with ${child.exitCode}\n${output.err}`);
    return /衡已就绪：(http:\S+)/.exec(output.out)?.[1];
  }, patienceMs);
}
