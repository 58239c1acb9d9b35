import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../src/platform/root.ts';
import { buildPages } from './buildPages.ts';

const startedSchema = z.object({
  url: z.string(),
  demoAccounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
});
type Started = z.infer<typeof startedSchema>;

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export interface Site {
  readonly url: string;
  /** A browser of its own in which somebody of this role has signed in; without a role nobody has. */
  open(role: string | null, size?: { width: number; height: number }): Promise<Page>;
  account(role: string): Started['demoAccounts'][number];
  close(): Promise<void>;
}

/** `heng start` on an empty directory, as a newcomer has it, with the made-up company in it; and a Chromium. */
export async function openSite(): Promise<Site> {
  buildPages();
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-pages-'));
  const server = spawn(
    process.execPath,
    [join(packageRoot, 'dist/cli.js'), 'start', '--data', dataDir, '--port', '0', '--json'],
    { env: { PATH: process.env.PATH, HOME: dataDir, LANG: 'zh_CN.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const started = await firstDocument(server);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
  const states = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
  const account = (role: string) => {
    const found = started.demoAccounts.find((other) => other.role === role);
    if (!found) throw new Error(`no demo account of a ${role}`);
    return found;
  };

  async function open(role: string | null, size = desk): Promise<Page> {
    const kept =
      role === null ? undefined : (states.get(role) ?? (await signedIn(browser, started.url, account(role))));
    if (role !== null && kept) states.set(role, kept);
    const context = await browser.newContext({
      ...{ baseURL: started.url, viewport: size, locale: 'zh-CN', reducedMotion: 'reduce' },
      ...(kept ? { storageState: kept } : {}),
    });
    context.setDefaultTimeout(15_000);
    return watched(await context.newPage());
  }

  return {
    url: started.url,
    open,
    account,
    async close() {
      await browser.close();
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signedIn(browser: Browser, baseURL: string, { email, password }: { email: string; password: string }) {
  const context = await browser.newContext({ baseURL });
  const answer = await context.request.post('/api/auth/sign-in/email', {
    data: { email, password },
    headers: { origin: baseURL },
  });
  expect(answer.status()).toBe(204);
  const state = await context.storageState();
  await context.close();
  return state;
}

const complaints = new WeakMap<Page, string[]>();

/** Remembers what the page complained of: scripts that failed, and styles or scripts that its own policy refused. */
function watched(page: Page): Page {
  const list: string[] = [];
  complaints.set(page, list);
  page.on('pageerror', (error) => list.push(String(error)));
  page.on('console', (message) => {
    // The browser itself reports answers like 401 and 404 as errors; the pages show those in their own words.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) list.push(message.text());
  });
  return page;
}

export function complaintsOf(page: Page): readonly string[] {
  return complaints.get(page) ?? [];
}

/** Pixels by which the page is wider than the screen. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
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
