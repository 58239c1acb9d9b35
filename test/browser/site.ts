import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { askRun } from '../../src/platform/testEngines.ts';
import type { Site as Started } from '../company.ts';

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export interface Site {
  readonly url: string;
  /** A browser of its own in which somebody of this role has signed in; without a role nobody has. */
  open(role: string | null, size?: { width: number; height: number }): Promise<Page>;
  account(role: string): Started['demoAccounts'][number];
  close(): Promise<void>;
}

/** The site of the run (company.ts), with the made-up company in it, for this file alone until it is closed; and a Chromium. */
export async function openSite(): Promise<Site> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
  const run = inject('hengCompany');
  const started = await askRun<Started>(run, 'site');
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
    await context.addInitScript({ content: tellOfPolicy });
    context.setDefaultTimeout(15_000);
    return watched(await context.newPage());
  }

  return {
    url: started.url,
    open,
    account,
    async close() {
      await browser.close();
      await askRun(run, 'leave');
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

/** What a script swallows, such as a refused `new Function`, the browser tells the document all the same. */
const tellOfPolicy = `document.addEventListener('securitypolicyviolation', (told) =>
  console.error('refused by policy', told.violatedDirective, told.blockedURI, told.sourceFile))`;

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
