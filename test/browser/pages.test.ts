import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { authenticator } from '../authenticator.ts';
import { textsOf } from './pdfText.ts';
import { complaintsOf, monthsAgo, type Opening, openSite, overflow, phone, type Site } from './site.ts';

let site: Site;
let open: Page[] = [];

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** A page of the site; what it complains of by the end of the test fails the test. */
async function visit(role: string | null, path: string, opening: Opening = {}): Promise<Page> {
  const page = await site.open(role, opening);
  open.push(page);
  await page.goto(path);
  return page;
}

afterEach(async () => {
  const found = open.flatMap(complaintsOf);
  for (const page of open) await site.leave(page);
  open = [];
  expect(found).toEqual([]);
});

/** Picks an entry of one of the pages' select fields. */
async function choose(page: Page, label: string, entry: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').getByTitle(entry, { exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' });
}

const h1 = (page: Page) => page.locator('h1').first().textContent();

describe('signing in', () => {
  test('leads from any address to the form, and with the right password back to that address', async () => {
    const page = await visit(null, '/plans');
    await page.waitForURL(/\/sign-in/);
    const { email, password } = site.account('supervisor');
    await page.getByLabel('邮箱').fill(email);
    await page.getByLabel('密码').fill('not the password');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('邮箱或密码不对');
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL('**/plans');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto('/');
    await page.waitForURL(/\/sign-in/);
  });

  test('that ended while one was reading leads back to where one was', async () => {
    const page = await visit('hr', '/plans', { alone: true });
    await page.locator('.plans li').first().waitFor();
    await page.context().clearCookies();
    await page.locator('.plans a').first().click();
    await page.waitForURL(/\/sign-in\?next=/);
    expect(new URL(page.url()).searchParams.get('next')).toMatch(/^\/plans\//);
  });

  test('does not follow an address of another site', async () => {
    const page = await visit(null, '/sign-in?next=//elsewhere.example/x');
    const { email, password } = site.account('director');
    await page.getByLabel('邮箱').fill(email);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    expect(new URL(page.url()).origin).toBe(site.url);
  });
});

describe('from a score to its messages', () => {
  test('the beams of a card end at its total, and an item opens its records and a conversation', async () => {
    const page = await visit('supervisor', '/scorecards');
    await page.locator('tbody tr').first().click();
    await page.waitForURL(/\/scorecards\/A\d+/);
    const total = Number(await page.locator('.card-total b').textContent());
    const won = await page.locator('.points-row .points-won b').allTextContents();
    const sum = won.slice(0, -1).reduce((whole, text) => whole + Number(text), 0);
    expect(Math.abs(sum - total)).toBeLessThan(0.06);

    await page.locator('.points-press').nth(2).click();
    const detail = page.locator('.points-detail:not([hidden])');
    const counted = detail
      .locator('div', { has: page.locator('dt', { hasText: '分子 / 分母' }) })
      .last()
      .locator('dd');
    const [numerator, denominator] = ((await counted.textContent()) ?? '').split(' / ');
    await detail.getByRole('button', { name: '看背后的记录' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('.evidence li').first().waitFor();
    expect(await drawer.locator('.evidence > p:not(.evidence-time)').textContent()).toContain(
      `合计 ${numerator} / ${denominator}`,
    );

    await drawer.locator('.evidence li button').first().click();
    await drawer.locator('.talk').waitFor();
    expect(await drawer.locator('.counted-record').textContent()).toContain('计入');
    await drawer.getByRole('button', { name: /返回记录列表/ }).click();
    await drawer.locator('.evidence li').first().waitFor();
    await page.goBack();
    await drawer.locator('.talk').waitFor();
  });

  test('a transcript marks the turns that count, and personal data stays masked until somebody asks', async () => {
    const supervisor = await visit('supervisor', '/');
    const evidence = await supervisor.request.get(`/api/evidence?metric=avg_response_seconds&period=${monthsAgo(1)}`);
    const { rows }: { rows: { open: { id: string } }[] } = await evidence.json();
    await supervisor.goto(`/sessions/${rows[0]?.open.id}?metric=avg_response_seconds`);
    // The metric's name comes with its definition, a moment after the transcript.
    const counted = supervisor.locator('.turn-counted', { hasText: /第 \d+ 轮.*等待 [\d.]+ 秒.*计入平均响应/ });
    await counted.first().waitFor();
    await supervisor.getByRole('button', { name: '显示', exact: true }).click();
    await supervisor.getByRole('dialog').getByRole('button', { name: '显示' }).click();
    await supervisor.getByText('这次查看已记录').waitFor();

    const director = await visit('hr', `/sessions/${rows[0]?.open.id}`);
    await director.locator('.talk').waitFor();
    expect(await director.getByRole('button', { name: '显示', exact: true }).count()).toBe(0);
  });

  test('every name of a figure opens its definition in place', async () => {
    const page = await visit('director', '/scorecards');
    await page.locator('tbody tr').first().click();
    await page.locator('.points-row .defined').first().click();
    const definition = page.locator('.definition');
    await definition.getByText('分子').waitFor();
    expect((await definition.locator('p').first().textContent())?.length).toBeGreaterThan(10);
  });
});

describe('a printed scorecard', () => {
  test.each(['jd-training-assessment', 'taobao-service-manager'])(
    'by %s is one page of A4 in both languages, with the total, the people who sign and the version of the plan',
    async (plan) => {
      const page = await visit('hr', `/scorecards/A001?plan=${plan}&period=${monthsAgo(2)}`, { alone: true });
      for (const words of [
        { sign: '签名', version: '第 1 版', other: 'English' },
        { sign: 'Signature', version: 'Version 1', other: '中文' },
      ]) {
        await page.getByText(words.sign).first().waitFor({ state: 'attached' });
        const total = (await page.locator('.print-total').first().textContent()) ?? '';
        const [text = '', ...more] = textsOf(await page.pdf({ format: 'A4' }));
        expect([plan, more]).toEqual([plan, []]);
        for (const part of [total, words.sign, words.version]) expect(text).toContain(part.replaceAll(' ', ''));
        // What does not fit would be cut off, not lead to a second page.
        await page.emulateMedia({ media: 'print' });
        const sheet = page.locator('.print-sheet');
        expect(await sheet.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThan(1);
        await page.emulateMedia({ media: null });
        await page.getByRole('button', { name: words.other }).click();
      }
    },
  );
});

describe('an agent', () => {
  test('comes to their own card, on a phone, with nothing of their colleagues', async () => {
    const page = await visit('agent', '/', { size: phone });
    await page.waitForURL(/\/scorecards\/A\d+/);
    await page.getByRole('heading', { name: '最能提分的' }).waitFor();
    const own = new URL(page.url()).pathname;
    const row = await page.locator('.head-nav a').allTextContents();
    // How many ratings wait stands behind the word.
    expect(row.map((word) => word.replace(/\d+$/, ''))).toEqual([
      ...['我的记分卡', '订单', '方案', '申诉', '质检', '互评', '指标', '我的技能', '账本'],
    ]);
    expect(await page.getByText('排名').count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    await page.goto('/scorecards');
    await page.waitForURL((url) => url.pathname === own);
    await page.goto(own.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0')));
    await page.locator('.state').waitFor();
    expect(await page.locator('.card-total').count()).toBe(0);
  });
});

test('the skill matrix opens a person by the keyboard alone, and fits a phone; a plan says since when it is due for review', async () => {
  const page = await visit('hr', '/skills');
  await page.locator('.skill-heat').first().waitFor();
  await page.locator('tbody tr').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/skills\/A\d+/);
  await page.locator('.skill-beam').first().waitFor();
  const small = await visit('supervisor', '/skills', { size: phone });
  await small.locator('.skill-row').first().waitFor();
  expect(await overflow(small)).toBe(0);
  await page.goto('/plans/appliance-aftersales');
  await page.getByText(/起待复审/).waitFor();
});

test('one keeps the language and the light one chose', async () => {
  const page = await visit('director', '/plans', { alone: true });
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Plans' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'Plans' }).waitFor();
  expect(await page.locator('html').getAttribute('data-mode')).toBe('dark');
  for (const path of ['/', '/scorecards', '/plans/appliance-aftersales']) {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    const interfaceWords = await page.locator('header, h1, h2, th, .page-act').allTextContents();
    const mixed = interfaceWords.join(' ').replace(/衡|中文|演示总监/g, '');
    expect([path, mixed.match(/\p{Script=Han}+/gu)]).toEqual([path, null]);
  }
});

test('the table of scorecards is walked and opened by keyboard alone, and a link that it comes to is ringed', async () => {
  const page = await visit('supervisor', '/scorecards');
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const name = await rows.nth(2).locator('b').first().textContent();
  expect(await page.evaluate<string>("document.activeElement.querySelector('b').textContent")).toBe(name);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/scorecards\/A\d+/);
  await page.locator('.card-head h1').waitFor();
  expect(await h1(page)).toBe(name);
  // Nobody chose a plan, so each period is read by the one the person was under, also when one goes on to another.
  await choose(page, '周期', `${Number(monthsAgo(2).slice(0, 4))} 年 ${Number(monthsAgo(2).slice(5))} 月`);
  await page.waitForURL((url) => url.searchParams.get('period') === monthsAgo(2));
  expect(new URL(page.url()).searchParams.get('plan')).toBeNull();
  await page.getByTitle('当期适用的方案').waitFor();
  await page.locator('.head-nav a').first().focus();
  await page.keyboard.press('Tab');
  const ringed = 'document.activeElement.tagName + " " + getComputedStyle(document.activeElement).outlineStyle';
  expect(await page.evaluate<string>(ringed)).toBe('A solid');
});

test('a dialog or a form in place that is closed gives the keyboard back to what opened it', async () => {
  const page = await visit('hr', '/exemptions');
  const focused = () => page.evaluate<string>('document.activeElement.textContent');
  const add = page.getByRole('button', { name: '登记豁免' });
  await add.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('登记豁免');
  const entered = await page.request.post('/api/exemptions', {
    data: {
      ...{ covers: 'agent', subject: 'A001', metrics: [], reason: 'other', note: '键盘' },
      ...{ firstDay: `${monthsAgo(1)}-01`, lastDay: `${monthsAgo(1)}-01` },
    },
    headers: { origin: site.url },
  });
  expect(entered.status()).toBe(200);
  await page.reload();
  const entry = page.locator('.exemption', { hasText: '键盘' });
  // Closed without a word: the button is drawn anew where it was.
  await entry.getByRole('button', { name: '撤回' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('INPUT');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toMatch(/^撤 ?回$/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('不需要');
  await page.keyboard.press('Enter');
  await entry.getByText('已撤回').waitFor();
});

test('the table sorts by what one presses, and people without a value stay last', async () => {
  const page = await visit('director', '/scorecards');
  const totals = async () => (await page.locator('tbody tr td:nth-child(5) b').allTextContents()).map(Number);
  await page.locator('tbody tr').first().waitFor();
  // In some months somebody has no total, in others nobody.
  const split = (all: readonly number[]) => {
    const known = all.filter((total) => !Number.isNaN(total));
    return { known, last: all.slice(known.length).every(Number.isNaN) };
  };
  const down = split(await totals());
  expect(down).toEqual({ known: [...down.known].sort((one, other) => other - one), last: true });
  await page.locator('th', { hasText: '总分' }).getByRole('button').click();
  expect(split(await totals())).toEqual({ known: [...down.known].reverse(), last: true });
});

test('one changes one’s own password from one’s name in the head, on a phone, and signs in with the new one', async () => {
  const page = await visit('trainer', '/plans', { size: phone, alone: true });
  const { email, password } = site.account('trainer');
  const fresh = `${password}-new`;
  await page.getByTitle('我的账号：密码与两步验证').click();
  const account = page.getByRole('dialog');
  // The first form of the two.
  const dialog = account.locator('form').first();
  const fill = async (current: string, next: string, again: string) => {
    await dialog.getByLabel('当前密码').fill(current);
    await dialog.getByLabel('新密码', { exact: true }).fill(next);
    await dialog.getByLabel('再输入一次新密码').fill(again);
    await dialog.getByRole('button', { name: '修改密码' }).click();
  };
  await fill(password, '1234567890', '1234567890');
  await dialog.getByText('密码还不符合：不是最常见的密码').waitFor();
  await fill(password, fresh, password);
  await dialog.getByText('两次输入的密码不一样').waitFor();
  await fill('not the password', fresh, fresh);
  await dialog.getByText('当前密码不对').waitFor();
  expect(await overflow(page)).toBe(0);
  await fill(password, fresh, fresh);
  await account.getByRole('status').waitFor();

  const again = await visit(null, '/sign-in');
  await again.getByLabel('邮箱').fill(email);
  await again.getByLabel('密码').fill(fresh);
  await again.getByRole('button', { name: '登录' }).click();
  await again.waitForURL((url) => url.pathname === '/');
});

test('what a plan leaves open is filled in on its page and published as the next version', async () => {
  const page = await visit('hr', '/plans');
  // The desk's own plan is published by the test of the editor, on the same site.
  await page.locator('a[href*="appliance-aftersales-technician"]', { hasText: '去填写' }).first().click();
  const field = page.getByLabel('待改进等级的绩效系数');
  await field.fill('0.9');
  await page.getByRole('button', { name: '填好并发布' }).click();
  await page.getByRole('alert').filter({ hasText: '0 至 0.8' }).waitFor();
  await field.fill('0.6');
  await page.getByRole('button', { name: '填好并发布' }).click();
  await page.getByRole('status').filter({ hasText: '已发布为第 2 版' }).waitFor();
  await page.locator('.plan td', { hasText: /^0\.6$/ }).waitFor();
});

test('a receipt is verified in the browser alone, and one that was altered is found out', async () => {
  const page = await visit('administrator', '/ledger');
  await page.locator('.ledger-table a').first().waitFor();
  const receipt = await (await page.request.get(new URL('/api/ledger/receipts/0', page.url()).href)).body();
  const drop = async (name: string, buffer: Buffer) => {
    await page.locator('.ledger-verify input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer });
    await page.getByRole('heading', { name }).waitFor();
  };
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await drop('mine.tlog-proof', receipt);
  expect(await page.locator('.ledger-holds').count()).toBe(2);
  expect(await page.locator('.ledger-fails').count()).toBe(0);
  await drop('altered.tlog-proof', Buffer.from(receipt.toString().replace('index 0', 'index 1')));
  await page.locator('.ledger-fails', { hasText: '被改过' }).waitFor();
  await page.context().setOffline(false);
});

test('a metric is split and counted as the address says, a platform’s options all at once, and an agent meets only themselves', async () => {
  const page = await visit('agent', '/metrics/first_response_seconds?by=agent&as=zendesk', { size: phone });
  await page.locator('.metrics-caption', { hasText: '统计方式：中位数' }).waitFor();
  await page.locator('.metrics-figures .table-list li').first().waitFor();
  expect(await page.locator('.metrics-figures .table-list li').count()).toBe(1);
  expect(await overflow(page)).toBe(0);
  await page.getByText('逐项选择').click();
  await page.getByLabel('统计方式').first().click();
  await page.locator('.ant-select-item-option', { hasText: '90%' }).click();
  await page.locator('.metrics-caption', { hasText: '90% 百分位' }).waitFor();
  expect(new URL(page.url()).searchParams.get('as')).toBe('stat=p90:clock=customer:hours=all');
});

test.each([
  '/',
  '/scorecards',
  '/plans',
  '/plans/appliance-aftersales',
  '/exemptions',
  '/data',
  '/data/upload',
  '/calendar',
  '/people',
  '/ledger',
  '/quality/samples?sample=1',
  '/quality/rubrics',
  '/quality/calibration?round=1',
  '/quality/assistant',
])('the page %s fits a phone', async (path) => {
  const page = await visit('administrator', path, { size: phone });
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await overflow(page)).toBe(0);
});

test('no page needs a style or script that its own policy refuses, and the policy lets nothing inline', async () => {
  const page = await visit('administrator', '/cycles');
  const answer = await page.request.get('/');
  expect(answer.headers()['content-security-policy']).not.toContain('unsafe');
  // The other pages are visited by the tests around this one, which all end by asking what the page complained of.
  for (const path of [
    ...['/orders', '/metrics', '/metrics/reply_rate', '/metrics/history', '/metrics/compose', '/cycles/2026-10'],
    ...[
      '/assessments',
      '/appeals',
      '/outcomes',
      '/improvement',
      '/review',
      '/rules',
      '/rules/abuse',
      '/word-lists/abuse',
    ],
    ...['/rounds', '/skills'],
  ]) {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
  }
  const planted = await visit('administrator', '/plans');
  await planted.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<i style="color: red"></i>'));
  await expect.poll(() => complaintsOf(planted).length).toBeGreaterThan(0);
  open = open.filter((each) => each !== planted);
  await site.leave(planted);
});

test('the second factor is turned on by scanning, signs in by a recovery code, and can be reset, on a phone', async () => {
  const page = await visit('inspector', '/plans', { size: phone });
  const { email, password } = site.account('inspector');
  await page.getByTitle('我的账号：密码与两步验证').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('当前密码').nth(1).fill(password);
  await dialog.getByRole('button', { name: '开启两步验证' }).click();
  await dialog.getByRole('img', { name: '给验证器扫的二维码' }).locator('svg').waitFor();
  const secret = ((await dialog.locator('code.once').textContent()) ?? '').replaceAll(' ', '');
  await dialog.getByLabel('验证器现在显示的 6 位代码').fill(authenticator(secret)(Date.now()));
  await dialog.getByRole('button', { name: '确认' }).click();
  const codes = dialog.locator('.factor-codes code');
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  expect(await overflow(page)).toBe(0);
  const [recovery = ''] = await codes.allTextContents();
  await dialog.getByRole('button', { name: '已保存好' }).click();
  await dialog.getByText('已开启，还剩 10 个恢复码').waitFor();

  const again = await visit(null, '/sign-in', { size: phone });
  await again.getByLabel('邮箱').fill(email);
  await again.getByLabel('密码').fill(password);
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await again.getByLabel('验证代码').fill('000000');
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await again.getByText('代码不对，或者已经用过').waitFor();
  await again.getByLabel('验证代码').fill(recovery);
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await again.waitForURL((url) => url.pathname !== '/sign-in');

  const people = await visit('administrator', '/people');
  const reset = people.getByRole('row', { name: email }).getByRole('button', { name: '重置两步验证' });
  await reset.click();
  await people.getByRole('dialog').getByRole('button', { name: '重置两步验证' }).click();
  await reset.waitFor({ state: 'hidden' });
});

test('an outage is declared for two days and taken back for one, by keyboard as well; readers only read', async () => {
  const page = await visit('hr', '/data');
  await page.getByRole('link', { name: '日历' }).click();
  await page.goto('/calendar?month=2026-10&day=2026-10-10');
  await page.locator('.chosen-day', { hasText: '国庆节 调休上班' }).waitFor();
  await page.locator('[data-date="2026-10-10"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.locator('.chosen-day h2', { hasText: '2026-10-18 周日' }).waitFor();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await choose(page, '类型', '▲ 故障');
  await page.getByLabel('最后一天').fill('2026-10-19');
  await page.getByLabel('开始').fill('14:00');
  await page.getByLabel('结束').fill('15:30');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
  // The made-up company had an outage of its own.
  const marked = () =>
    page.locator('.day', { has: page.locator('.mark-outage', { hasText: '14:00–15:30' }) }).allTextContents();
  expect(await marked()).toEqual([expect.stringContaining('▲故障 14:00–15:30'), expect.stringMatching(/^19/)]);
  await page.locator('.chosen-day').getByRole('button', { name: '删除 故障 14:00–15:30' }).press('Enter');
  await page.getByRole('button', { name: '只删 10 月 18 日' }).press('Enter');
  await page.locator('.chosen-day', { hasText: '没有登记' }).waitFor();
  expect(await marked()).toEqual([expect.stringMatching(/^19/)]);

  const reader = await visit('supervisor', '/calendar?month=2026-10');
  await reader.locator('.runs', { hasText: '故障 14:00–15:30' }).first().waitFor();
  expect(await reader.getByRole('button', { name: /登记|修改|删除/ }).count()).toBe(0);
});

test("a file of somebody else's making is matched column by column, looked at, imported, and its bad row told", async () => {
  const page = await visit('administrator', '/data/upload');
  const csv = '甲,乙,丙,丁\nW-1,顾客一,5/10/2026 10:00,A001\nW-2,顾客二,昨天,A001\n';
  await page.locator('.drop input').setInputFiles({ name: '派单.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await choose(page, '这是什么数据', '工单');
  for (const [target, source] of [
    ['工单编号', '甲'],
    ['客户编号', '乙'],
    ['创建时间', '丙'],
    ['客服编号', '丁'],
  ] as const) {
    await choose(page, `${target} 文件里的列`, source);
  }
  await page.getByLabel('创建时间 时间格式').fill('d/M/yyyy HH:mm');
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByRole('heading', { name: '会被退回的行：1 / 2' }).waitFor();
  expect(await page.locator('.preview-table').first().textContent()).toContain('昨天');
  expect(await page.locator('.preview-table').last().textContent()).toContain('2026-10-05');
  await page.getByLabel('保存这个列映射').fill('派单表');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('已保存为“派单表”').waitFor();
  await page.getByRole('button', { name: '开始导入' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('完成').waitFor({ timeout: 60_000 });
  expect(await drawer.locator('tbody tr').first().locator('td').allTextContents()).toEqual([
    '派单.csv',
    '工单',
    '2',
    '1',
    '0',
    '1',
  ]);
  const reject = await drawer.locator('.rejects tbody td').allTextContents();
  // Of a single file no row repeats the name.
  expect(reject.slice(0, 3)).toEqual(['3', '创建时间', '昨天']);

  const again = await visit('administrator', '/data/upload');
  await again
    .locator('.drop input')
    .setInputFiles({ name: '派单.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await choose(again, '套用已保存的列映射', '派单表');
  expect(await again.getByLabel('创建时间 时间格式').inputValue()).toBe('d/M/yyyy HH:mm');
});

test('a role that may not see a page is told so, and offered nothing that it may not do', async () => {
  const page = await visit('inspector', '/people');
  await page.locator('.state').waitFor();
  expect(await page.locator('.state').textContent()).toContain('没能读到内容');
  await page.goto('/scorecards');
  await page.locator('tbody tr').first().waitFor();
  expect(await page.getByText('导出 Excel').count()).toBe(0);

  // Who may see figures but no conversations sees the records without a way into them.
  const director = await visit('director', '/scorecards/A001?item=csat');
  await director.locator('.evidence li').first().waitFor();
  const sessions = director.locator('.evidence li', { hasText: '会话' });
  expect(await sessions.count()).toBeGreaterThan(0);
  expect(await sessions.locator('button').count()).toBe(0);
});

test('an inspector scores a conversation with the keyboard alone, what was typed is there after a reload, and it fits a phone', async () => {
  const page = await visit('inspector', '/quality');
  await page.locator('.queue-line').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.form-current').waitFor();
  await page.locator('.talk').waitFor();
  const rows = await page.locator('.form-item').count();
  await page.keyboard.press('2');
  await page.keyboard.press('k');
  await page.locator('[data-comment]').waitFor();
  await page.keyboard.press('c');
  await page.keyboard.type('说错了规则');
  await page.keyboard.press('Escape');
  await page.getByText('已保存').waitFor();
  await page.reload();
  await page.getByRole('radio', { name: /失误/ }).first().waitFor();
  expect(await page.locator('.form-item').first().getByRole('radio', { checked: true }).textContent()).toContain(
    '失误',
  );
  expect(await page.locator('[data-comment]').first().inputValue()).toBe('说错了规则');
  for (let i = 1; i < rows; i++) await page.keyboard.press('1');
  await page.getByText(`已评 ${rows} / ${rows} 项`).waitFor();
  expect(await page.locator('.workplace-score').textContent()).toBe('98.00');
  await page.keyboard.press('s');
  await page.locator('.finished-total', { hasText: '98.00' }).waitFor();
  expect(await page.locator('.finished-items').first().textContent()).toContain('说错了规则');
  await page.getByRole('button', { name: '撤回' }).click();
  await page.locator('.form-current').waitFor();
  await page.setViewportSize(phone);
  expect(await overflow(page)).toBe(0);
});

test('signals are looked for on demand, open a conversation in place, and can be set; a supervisor only reads, on a phone', async () => {
  const page = await visit('inspector', '/signals');
  await page.getByRole('button', { name: /现在计算|重新计算/ }).click();
  await page.locator('.signals-run').getByText('第 1 版').waitFor({ timeout: 60_000 });
  const missing = page.locator('details.signal', { hasText: '知识条目灌水' });
  expect(await missing.locator('summary').textContent()).toContain('无法测量');
  const canned = page.locator('details.signal', { hasText: '模板首回' });
  await canned.locator('summary').first().click();
  expect(await canned.textContent()).toContain('也可能是');
  await canned.locator('.signals-records button').first().click();
  await page.locator('.ant-drawer .talk-page').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer .talk-page').waitFor({ state: 'hidden' });
  await canned.getByText('修改这个信号的线').click();
  await canned.getByLabel(/占比高于/).fill('101');
  await canned.getByRole('button', { name: '保存' }).click();
  await canned.getByRole('alert').waitFor();
  await canned.getByLabel(/占比高于/).fill('25');
  await canned.getByRole('button', { name: '保存' }).click();
  await canned.getByRole('status').waitFor();
  const supervisor = await visit('supervisor', '/signals?by=agent', { size: phone });
  await supervisor.locator('.signals-run').waitFor();
  expect(await supervisor.getByRole('button', { name: '重新计算' }).count()).toBe(0);
  expect(await overflow(supervisor)).toBe(0);
});

test('an order says for each rule whom it credits and why, on a phone too; the same rule on both sides of the switch is pointed out', async () => {
  // Whoever sees all of them: one team's month need not hold an order on which the rules differ.
  const page = await visit('administrator', `/orders?period=${monthsAgo(1)}`);
  const row = page.locator('tbody tr', { hasText: '结果不一' }).first();
  await row.waitFor();
  const credited = await row.locator('td b').allTextContents();
  expect(new Set(credited).size).toBeGreaterThan(1);
  await row.click();
  const verdicts = page.locator('.orders-verdicts > div');
  await verdicts.first().waitFor();
  expect(await verdicts.locator('dd > b').allTextContents()).toEqual(credited);
  expect(await verdicts.first().textContent()).toMatch(/下单前 2 天内，最后回复客户的是/);
  await choose(page, '询单有效期', '15 天内有效');
  expect(await verdicts.first().textContent()).toContain('15 天内');
  await page.locator('.orders-timeline').getByText('客户付款').waitFor();
  await page.goto(`/orders?period=${monthsAgo(1)}&view=switch`);
  await page.locator('tbody tr').first().waitFor();
  await choose(page, '换成', '下单判定');
  await page.getByText('两边的判定相同').waitFor();
  const small = await visit('administrator', `/orders?period=${monthsAgo(1)}`, { size: phone });
  await small.locator('.orders-entry').first().waitFor();
  const { orderId } = await small.evaluate<{ orderId: string }>(
    `fetch('/api/orders?period=${monthsAgo(1)}').then((answer) => answer.json()).then(({ rows }) => rows[0])`,
  );
  await small.goto(`/orders/${orderId}`);
  await small.locator('.orders-verdicts').waitFor();
  expect(await overflow(small)).toBe(0);
});

test('a supervisor tries another plan on a past month, sees whose grade moves and no pay, and compares people in a funnel, on a phone too', async () => {
  const page = await visit('supervisor', `/try?periods=${monthsAgo(1)}&plan=appliance-aftersales-technician`);
  await page.getByRole('heading', { name: '等级怎样变动' }).waitFor({ timeout: 60_000 });
  expect(await page.locator('.try-sides').textContent()).not.toContain('¥');
  expect(await page.getByText('您的角色看不到薪资').count()).toBe(1);
  const people = page.getByRole('table', { name: '每个人' }).locator('tbody tr');
  expect(await people.count()).toBeGreaterThan(3);
  await page.getByRole('link', { name: /漏斗图/ }).click();
  await page.locator('.funnel-points circle').first().waitFor();
  const small = await visit('supervisor', `/try/funnel?metric=reply_rate&period=${monthsAgo(1)}`, { size: phone });
  await small.locator('.funnel-points circle').first().waitFor();
  expect(await overflow(small)).toBe(0);
});

test('an agent reads how sure the total is, and never of colleagues', async () => {
  const page = await visit('agent', `/?period=${monthsAgo(1)}`, { size: phone });
  await page.getByRole('heading', { name: '这个总分有多确定' }).waitFor();
  expect(await page.getByRole('link', { name: '试算' }).count()).toBe(0);
  expect(await overflow(page)).toBe(0);
});
