import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';
import { packageRoot } from '../../src/platform/root.ts';
import { buildPages } from './buildPages.ts';

const startedSchema = z.object({
  url: z.string(),
  demoAccounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
});
export type Started = z.infer<typeof startedSchema>;

declare module 'vitest' {
  interface ProvidedContext {
    site: Started;
  }
}

/** `heng start` on an empty directory, once for all files of the run: the made-up company is a minute's work of both cores. */
export default async function startSite(project: TestProject): Promise<() => Promise<void>> {
  buildPages();
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-pages-'));
  const server = spawn(
    process.execPath,
    [join(packageRoot, 'dist/cli.js'), 'start', '--data', dataDir, '--port', '0', '--json'],
    { env: { PATH: process.env.PATH, HOME: dataDir, LANG: 'zh_CN.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  project.provide('site', await firstDocument(server));
  return async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
}

function firstDocument(server: ChildProcess): Promise<Started> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      err += chunk;
    });
    server.stdout?.on('data', (chunk: Buffer) => {
      out += chunk;
      const found = parsed(out);
      if (found) resolve(found);
    });
    server.once('exit', (code) => reject(new Error(`heng start ended with ${code}\n${err}`)));
  });
}

function parsed(text: string): Started | null {
  if (!text.trimEnd().endsWith('}')) return null;
  return startedSchema.parse(JSON.parse(text));
}
