import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processorSeconds, residentBytes } from './processTree.ts';
import type { Folders, Side, SideName } from './side.ts';

type Methods = { [M in keyof Side]: Side[M] extends (...args: never[]) => Promise<unknown> ? M : never }[keyof Side];

export interface Timed<Value> {
  readonly value: Value;
  readonly ms: number;
  /** Processor time of the side's process and of everything it started. */
  readonly processorMs: number;
  /** The most it held meanwhile, looked at twice a second and at both ends. */
  readonly residentBytes: number;
}

export interface RunningSide {
  readonly name: SideName;
  readonly version: string;
  call<M extends Methods>(method: M, ...args: Parameters<Side[M]>): Promise<Timed<Awaited<ReturnType<Side[M]>>>>;
  /** Without looking at processor and memory: for calls of a few milliseconds. */
  time<M extends Methods>(
    method: M,
    ...args: Parameters<Side[M]>
  ): Promise<{ value: Awaited<ReturnType<Side[M]>>; ms: number }>;
  close(): Promise<void>;
}

export async function runSide(name: SideName, { files, data }: Folders): Promise<RunningSide> {
  const child = fork(fileURLToPath(new URL('./sideProcess.js', import.meta.url)), [name, files, data]);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} did not start`);
  await answerOf(child);
  const ask = (method: string, args: readonly unknown[]) => {
    child.send({ method, args });
    return answerOf(child);
  };
  const time: RunningSide['time'] = async (method, ...args) => {
    const { value, ms } = await ask(method, args);
    return { value: value as never, ms };
  };
  return {
    name,
    version: String((await ask('version', [])).value),
    time,
    async call(method, ...args) {
      const before = processorSeconds(pid);
      let resident = residentBytes(pid);
      const watch = setInterval(() => {
        resident = Math.max(resident, residentBytes(pid));
      }, 500);
      try {
        const answer = await time(method, ...args);
        return {
          ...answer,
          processorMs: (processorSeconds(pid) - before) * 1000,
          residentBytes: Math.max(resident, residentBytes(pid)),
        };
      } finally {
        clearInterval(watch);
      }
    },
    async close() {
      await ask('close', []);
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** The next thing the process says; throws what it failed with, also where it ended without a word. */
async function answerOf(child: ChildProcess): Promise<{ value: unknown; ms: number }> {
  const given = new AbortController();
  const { signal } = given;
  try {
    const [answer] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => [{ error: `the process ended with ${String(code)}` }]),
    ])) as [{ value: unknown; ms: number } | { error: string }];
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  } finally {
    given.abort();
  }
}
