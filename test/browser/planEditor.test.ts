import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { complaintsOf, type Opening, openSite, overflow, phone, type Site } from './site.ts';

let site: Site;
let open: Page[] = [];

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** A page of the site; what it complains of by the end of the test fails the test. */
async function visit(role: string, path: string, opening: Opening = {}): Promise<Page> {
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

const place = (page: Page, path: string) => page.locator(`[data-place="${path}"]`).first();
const tried = (page: Page) => page.waitForResponse((answer) => answer.url().endsWith('/api/drafts/try'));
const plan = '/plans/appliance-aftersales';

test('a plan is changed, seen on somebody’s month, published for next month and acknowledged by an agent on a phone', async () => {
  const hr = await visit('hr', plan);
  await hr.getByRole('button', { name: '修改这个方案' }).click();
  await hr.waitForURL('**/drafts/*');
  const total = hr.locator('.effect-totals dd b').first();
  await total.waitFor();
  const before = await total.textContent();

  // The running sum says what is missing before anybody asks.
  await place(hr, 'blocks[0].items[0].weight').fill('15');
  await hr.getByText('65 / 70 还差 5').waitFor();
  await hr.locator('.wrong-error').first().waitFor();
  await place(hr, 'blocks[0].items[0].weight').fill('20');
  await hr.getByText('70 / 70 正好').waitFor();

  // How an item's metric counts is chosen beside it, and written into the text; as in force, nothing is.
  const written = hr.locator('#draft-yaml');
  await place(hr, 'blocks[0].items[0]').getByRole('button', { name: '更多' }).click();
  await place(hr, 'blocks[0].items[0].options.window').selectOption('14');
  await expect.poll(() => written.inputValue()).toMatch(/options:\s+window: 14/);
  await place(hr, 'blocks[0].items[0].options.window').selectOption('按现行定义');
  await expect.poll(() => written.inputValue()).not.toContain('options:');
  await place(hr, 'blocks[0].items[0]').getByRole('button', { name: '收起' }).click();

  const began = performance.now();
  const answer = tried(hr);
  await place(hr, 'blocks[0].items[0].target').fill('60');
  await answer;
  console.info(`the effect came ${Math.round(performance.now() - began)} ms after the change`);
  await expect.poll(() => total.textContent()).not.toBe(before);

  // Both sides hold the same content, and undo goes back through both.
  const yaml = hr.locator('#draft-yaml');
  expect(await yaml.inputValue()).toContain('target: 60');
  await place(hr, 'blocks[0].items[0].target').press('Control+z');
  await expect.poll(() => yaml.inputValue()).toContain('target: 85');
  await place(hr, 'blocks[0].items[0].target').press('Control+Shift+z');
  await expect.poll(() => yaml.inputValue()).toContain('target: 60');
  expect(await yaml.inputValue()).toContain('# 衡的绩效方案');

  // What the organisation must decide is listed, and pressing it leads there.
  await hr.locator('.issues button', { hasText: '需由贵单位填写' }).click();
  await hr.getByRole('button', { name: '+ 填写值' }).click();
  await place(hr, 'inputs[0].value').fill('0.5');
  await hr.getByText('已自动保存').waitFor();
  await hr.reload();
  await hr.locator('.effect-totals dd b').first().waitFor();
  expect(await place(hr, 'inputs[0].value').inputValue()).toBe('0.5');

  await hr.getByRole('button', { name: '发布…' }).click();
  const dialog = hr.getByRole('dialog');
  await dialog.getByText('由“85”改为“60”').waitFor();
  await dialog.getByRole('button', { name: /^发\s*布$/ }).click();
  await dialog.getByText('已发布为第 2 版').waitFor();

  const agent = await visit('agent', '/', { size: phone });
  await agent.getByRole('heading', { name: '对我有什么不同' }).waitFor();
  await agent.getByText('首次问题解决率·目标 由“85”改为“60”').waitFor();
  expect(await overflow(agent)).toBe(0);
  await agent.getByRole('button', { name: '我已了解' }).click();
  await agent.getByRole('heading', { name: '对我有什么不同' }).waitFor({ state: 'detached' });

  await hr.goto(`${plan}?version=2`);
  await hr.getByText(/涉及 \d+ 人，1 人已确认/).waitFor();
  await hr.getByRole('button', { name: /提醒还没有确认的/ }).click();
  await hr.getByText(/已提醒 \d+ 人/).waitFor();
});

test('two editors of one draft: the second is told, and takes or overwrites', async () => {
  const one = await visit('hr', plan);
  await one.getByRole('button', { name: '修改这个方案' }).click();
  await one.waitForURL('**/drafts/*');
  await place(one, 'blocks[0].items[0].target').waitFor();
  const other = await visit('administrator', new URL(one.url()).pathname);
  await place(other, 'blocks[0].items[0].target').waitFor();
  await place(one, 'blocks[0].items[0].target').fill('71');
  await one.getByText('有未保存的改动').waitFor();
  await one.getByText('已自动保存').waitFor();
  await place(other, 'blocks[0].items[1].weight').fill('16');
  await other.getByText('刚刚保存过这份草稿').waitFor();
  await other.getByRole('button', { name: /看对方的版本/ }).click();
  await expect.poll(() => place(other, 'blocks[0].items[0].target').inputValue()).toBe('71');
  await place(other, 'blocks[0].items[0].target').press('Control+z');
  await expect.poll(() => place(other, 'blocks[0].items[1].weight').inputValue()).toBe('16');
});

test('a supervisor may try a draft but neither save nor publish it, and it fits a phone', async () => {
  const hr = await visit('hr', plan);
  await hr.getByRole('button', { name: '修改这个方案' }).click();
  await hr.waitForURL('**/drafts/*');
  const supervisor = await visit('supervisor', new URL(hr.url()).pathname, { size: phone });
  await supervisor.getByText('改动不会保存').waitFor();
  expect(await supervisor.getByRole('button', { name: '发布…' }).count()).toBe(0);
  await place(supervisor, 'blocks[0].items[0].target').fill('50');
  await tried(supervisor);
  expect(await overflow(supervisor)).toBe(0);
  await supervisor.reload();
  await place(supervisor, 'blocks[0].items[0].target').waitFor();
  expect(await place(supervisor, 'blocks[0].items[0].target').inputValue()).not.toBe('50');
});

test('an exemption is entered by a supervisor and approved by somebody else', async () => {
  const supervisor = await visit('supervisor', '/exemptions');
  await supervisor.getByRole('button', { name: '登记豁免' }).click();
  const form = supervisor.getByRole('dialog');
  await form.getByLabel('具体是').click();
  await supervisor.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await form.getByLabel('第一天').fill('2026-10-06');
  await form.getByLabel('最后一天').fill('2026-10-05');
  await form.getByLabel('说明').fill('电话线路中断');
  await form.getByRole('button', { name: /^登\s*记$/ }).click();
  await form.getByText('最后一天早于第一天').waitFor();
  await form.getByLabel('最后一天').fill('2026-10-06');
  await form.getByRole('button', { name: /^登\s*记$/ }).click();
  await supervisor.getByText('待批准').waitFor();
  expect(await supervisor.getByRole('button', { name: /^批\s*准$/ }).count()).toBe(0);

  const hr = await visit('hr', '/exemptions', { size: phone });
  await hr.getByRole('button', { name: /^批\s*准$/ }).click();
  await hr.getByText('已批准').waitFor();
  expect(await overflow(hr)).toBe(0);
});

test('a rule is changed as a form and as text, what is wrong stands at its place, and every step can be undone', async () => {
  const page = await visit('inspector', '/rules/off_platform');
  const wordings = place(page, 'when.any[2].all[0].phrases');
  await wordings.fill('我的电话\n我的手机\n[0-9]+');
  await page.locator('.form-lines .wrong-error').getByText('规则不支持正则').waitFor();
  await page.getByText('1 处错误').waitFor();
  await wordings.fill('我的电话\n\n打我手机');
  await page.getByText('没有问题').waitFor();
  expect(await wordings.inputValue()).toBe('我的电话\n\n打我手机');
  await place(page, 'when.any[1].contact').getByLabel('邮箱').check();

  await page.getByText('文本', { exact: true }).click();
  const text = page.getByLabel('规则（YAML）');
  expect(await text.inputValue()).toContain('phrases: [ 我的电话, 打我手机 ]');
  expect(await text.inputValue()).toContain('contact: [ wechat, qq, email ]');
  await text.press('Control+z');
  await expect.poll(() => text.inputValue()).toContain('contact: [ wechat, qq ]');

  await text.fill('id: [');
  await page.getByText('表单', { exact: true }).click();
  await page.getByText('第 1 行附近不是有效的 YAML').waitFor();
  await page.getByRole('button', { name: '撤销' }).click();
  await wordings.waitFor();

  // Leaving asks first; whoever stays has lost nothing.
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: '← 全部规则' }).click();
  await expect.poll(() => asked).toContain('未保存');
  expect(await wordings.inputValue()).toContain('打我手机');
  expect(await overflow(page)).toBe(0);
});
