import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../../platform/root.ts';
import type { RuleSet } from './evaluate.ts';
import type { Inspected } from './inspectBatch.ts';

export type ThreadTask =
  | { readonly do: 'use'; readonly ruleSet: RuleSet; readonly templates: readonly string[] }
  | {
      readonly do: 'inspect';
      readonly sessions: Uint8Array;
      readonly messages: Uint8Array;
      readonly stamp: { readonly version: string; readonly atMs: number };
    };
export type ThreadAnswer =
  | { readonly ok: true; readonly engine?: string; readonly inspected?: Inspected }
  | { readonly ok: false; readonly failure: string };

/** What the server asks of the thread. One task at a time; a thread that died is started again by whoever asks next. */
export interface InspectionThread {
  /** From now on these rules; answers the version of the tables and models. */
  use(ruleSet: RuleSet, templates: readonly string[]): Promise<string>;
  inspect(task: Omit<Extract<ThreadTask, { do: 'inspect' }>, 'do'>): Promise<Inspected>;
  stop(): Promise<void>;
}

/** The text of a failure inside the thread, without any of the data. */
export class ThreadFailed extends Error {
  override readonly name = 'ThreadFailed';
}

/** A thread runs compiled code; where the sources themselves run (tests), that of the last build. */
const threadFile = import.meta.url.endsWith('.ts')
  ? join(packageRoot, 'dist/quality/rules/inspectThread.js')
  : fileURLToPath(new URL('./inspectThread.js', import.meta.url));

/** Starts a thread that inspects text, so that the server goes on answering. */
export function startThread(): InspectionThread {
  const worker = new Worker(threadFile);
  worker.unref();
  let dead: Error | null = null;
  let waiting: { resolve: (answer: ThreadAnswer) => void; reject: (cause: Error) => void }[] = [];
  const fail = (cause: Error) => {
    dead ??= cause;
    for (const { reject } of waiting) reject(cause);
    waiting = [];
  };
  worker.on('message', (answer: ThreadAnswer) => waiting.shift()?.resolve(answer));
  worker.on('error', (cause) => fail(new ThreadFailed(cause instanceof Error ? cause.name : 'thread')));
  worker.on('exit', () => fail(new ThreadFailed('the thread ended')));

  async function ask(task: ThreadTask): Promise<Extract<ThreadAnswer, { ok: true }>> {
    if (dead) throw dead;
    const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(task);
    });
    if (!answer.ok) throw new ThreadFailed(answer.failure);
    return answer;
  }

  return {
    async use(ruleSet, templates) {
      const { engine } = await ask({ do: 'use', ruleSet, templates });
      if (engine === undefined) throw new ThreadFailed('no engine');
      return engine;
    },
    async inspect(task) {
      const { inspected } = await ask({ do: 'inspect', ...task });
      if (!inspected) throw new ThreadFailed('no result');
      return inspected;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
