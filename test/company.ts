import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';
import { packageRoot } from '../src/platform/root.ts';
import { answerTests, askRun, roomyFolder } from '../src/platform/testEngines.ts';
import { addressOf, type StartedHeng, startHeng, until } from './startHeng.ts';

declare module 'vitest' {
  interface ProvidedContext {
    hengCompany: string;
  }
}

/** A directory in which `heng start` showed the made-up company and was stopped, and how that went. */
export interface ShownCompany {
  readonly dataDir: string;
  /** How the first start ended, which was stopped amid the import. */
  readonly interrupted: number | null;
  /** What the second start printed, with the demo accounts. */
  readonly printed: string;
  readonly stopped: number | null;
}

const siteSchema = z.object({
  url: z.string(),
  demoAccounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
});
export type Site = z.infer<typeof siteSchema>;

const minutes = 60_000;
const run = promisify(execFile);

/** A copy of a stopped server's directory, owners and all. */
export async function copyOf(dataDir: string): Promise<string> {
  const copy = roomyFolder('copy');
  await run('cp', ['-a', `${dataDir}/.`, copy]);
  return copy;
}

/**
 * Vitest's global set-up: the made-up company of `heng start` is a minute's work of both cores, so it is loaded once per run, when
 * the first test asks, and copied for each who wants one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folders: string[] = [];
  const running: StartedHeng[] = [];
  const start = (dataDir: string, ...args: string[]) => {
    const heng = startHeng(dataDir, '--port', '0', ...args);
    running.push(heng);
    return heng;
  };
  const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
    let made: Promise<Value> | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };

  const pages = once(async () => {
    // Not beside the build of the server that tests of single files ask for.
    await askRun(project.getProvidedContext().hengEngines, 'dist');
    await run(process.execPath, ['tools/run.mjs', 'build', '--tolerant'], { cwd: packageRoot });
  });
  const company = once(async (): Promise<ShownCompany> => {
    await pages();
    const dataDir = roomyFolder('company');
    folders.push(dataDir);
    const cutOff = start(dataDir);
    await until(() => cutOff.output.err.includes('导入…') || cutOff.child.exitCode !== null, 4 * minutes);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    cutOff.child.kill('SIGTERM');
    const interrupted = await cutOff.exited;
    const whole = start(dataDir);
    await addressOf(whole, 6 * minutes);
    whole.child.kill('SIGTERM');
    return { dataDir, interrupted, printed: whole.output.out, stopped: await whole.exited };
  });
  const site = once(async (): Promise<Site> => {
    const dataDir = await copyOf((await company()).dataDir);
    folders.push(dataDir);
    const { output, child } = start(dataDir, '--json', '--demo-accounts');
    const document = await until(() => {
      if (child.exitCode !== null) throw new Error(`heng start ended with ${child.exitCode}\n${output.err}`);
      return output.out.trimEnd().endsWith('}') && output.out;
    }, 2 * minutes);
    return siteSchema.parse(JSON.parse(document));
  });
  // One test file at a time works on the site.
  let free = Promise.resolve();
  let leave = () => {};
  const server = await answerTests({
    pages,
    company,
    site: async () => {
      const before = free;
      let left = () => {};
      free = new Promise((resolve) => (left = resolve));
      await before;
      leave = left;
      return site();
    },
    leave: async () => leave(),
  });
  project.provide('hengCompany', server.url);
  return async () => {
    server.close();
    for (const { child } of running) child.kill('SIGTERM');
    await Promise.all(running.map(({ exited }) => exited));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
}

/** The pages as they are in the source, built where that is stale. */
export const builtPages = (url: string): Promise<null> => askRun(url, 'pages');
