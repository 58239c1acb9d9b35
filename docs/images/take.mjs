// Takes the pictures of the READMEs from a running demo company: `npm start -- --demo-accounts`, then
// `node docs/images/take.mjs http://127.0.0.1:7077 PASSWORD` with the password of supervisor@demo.example.
import { existsSync, statSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [base, password, month = lastMonth()] = process.argv.slice(2);
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
const page = await browser.newPage({
  ...{ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: 'light' },
});

await page.goto(`${base}/sign-in`);
await page.getByLabel(/邮箱/).fill('supervisor@demo.example');
await page.getByLabel(/密码/).fill(password);
await page.locator('button[type=submit]').click();
await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

// Somebody in the middle: a card with points won and points lost.
const { rows } = await ask(`/api/scorecards?plan=appliance-aftersales&period=${month}`);
const rated = rows.filter((row) => row.status === 'rated').sort((a, b) => Number(a.total) - Number(b.total));
const { agentId } = rated[Math.floor(rated.length / 2)];
await open(`/scorecards/${agentId}?period=${month}`);
await take('card');
const metric = 'avg_response_seconds';
const evidence = await ask(`/api/evidence?metric=${metric}&period=${month}&agent=${agentId}`);
const talks = evidence.rows.filter((row) => Number(row.denominator) >= 3 && Number(row.denominator) <= 6);
await open(`/sessions/${(talks[0] ?? evidence.rows[0]).open.id}?metric=${metric}`);
await page.mouse.wheel(0, 700);
await page.waitForTimeout(500);
await take('transcript');
await browser.close();

async function open(path) {
  await page.goto(base + path);
  await page.waitForLoadState('networkidle');
  await page.mouse.move(2, 880);
  await page.waitForTimeout(700);
}

function ask(path) {
  return page.evaluate(async (address) => (await fetch(address)).json(), path);
}

async function take(name) {
  const path = new URL(`${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path });
  console.log(path, statSync(path).size);
}

function lastMonth() {
  const today = new Date();
  return new Date(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1)).toISOString().slice(0, 7);
}
