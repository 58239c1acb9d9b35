import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { Temporal } from 'temporal-polyfill';
import { expect, inject } from 'vitest';
import { askRun } from '../../src/platform/testEngines.ts';
import type { Site as Started } from '../company.ts';

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** The month so many before yesterday's in the shops' time: the made-up company has two before, which are whole. */
export function monthsAgo(months: 1 | 2): string {
  const yesterday = Temporal.Now.plainDateISO('Asia/Shanghai').subtract({ days: 1 });
  return yesterday.toPlainYearMonth().subtract({ months }).toString();
}

export interface Opening {
  readonly size?: { readonly width: number; readonly height: number };
  /** In a browser of its own, for what changes the browser: its language, its cookies. What others loaded has to be loaded again. */
  readonly alone?: boolean;
}

export interface Site {
  readonly url: string;
  /** A page in the browser of this role, in which somebody has signed in; without a role in a new one, in which nobody has. */
  open(role: string | null, opening?: Opening): Promise<Page>;
  leave(page: Page): Promise<void>;
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
  const kept = new Map<string, Promise<BrowserContext>>();
  const account = (role: string) => {
    const found = started.demoAccounts.find((other) => other.role === role);
    if (!found) throw new Error(`no demo account of a ${role}`);
    return found;
  };

  const contextOf = async (role: string | null): Promise<BrowserContext> => {
    const context = await browser.newContext({ baseURL: started.url, locale: 'zh-CN', reducedMotion: 'reduce' });
    await context.addInitScript({ content: tellOfPolicy });
    context.setDefaultTimeout(15_000);
    if (role !== null) await signIn(context, started.url, account(role));
    return context;
  };

  async function open(role: string | null, { size = desk, alone = false }: Opening = {}): Promise<Page> {
    const shared = role === null || alone ? undefined : (kept.get(role) ?? contextOf(role));
    if (role !== null && shared) kept.set(role, shared);
    const page = await (await (shared ?? contextOf(role))).newPage();
    await page.setViewportSize(size);
    return watched(page);
  }

  async function leave(page: Page): Promise<void> {
    const context = page.context();
    await page.close();
    if (!(await Promise.all(kept.values())).includes(context)) await context.close();
  }

  return {
    url: started.url,
    open,
    leave,
    account,
    async close() {
      await browser.close();
      await askRun(run, 'leave');
    },
  };
}

async function signIn(
  context: BrowserContext,
  origin: string,
  { email, password }: { email: string; password: string },
) {
  const data = { email, password };
  const answer = await context.request.post('/api/auth/sign-in/email', { data, headers: { origin } });
  expect(answer.status()).toBe(204);
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
