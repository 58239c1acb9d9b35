import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { calendarMonthSchema } from '../src/facts/schemas.ts';
import { parsePeriod } from '../src/metrics/period.ts';
import { metricsAnswerSchema } from '../src/metrics/schemas.ts';
import { promotionDays } from '../src/scores/organisation.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';

/** Facts follow a change within seconds. */
const soon = { timeout: 20_000, interval: 100 };

let heng: TestApp;
let hr: Browser;
beforeAll(async () => {
  heng = await openTestApp();
  await twoShops();
});
afterAll(() => heng?.close());
beforeEach(async () => {
  const remove = (await monthOf(hr, '2026-10')).days
    .flatMap(({ rows }) => rows)
    .map(({ date, type, shop, metric, from }) => ({ date, type, shop, metric, from }));
  await change({ remove });
});

/** Two shops, an agent and a session in each, as a system sends them: asked at 10:00, answered after 20 s. */
async function twoShops(): Promise<void> {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const people = [
    { agent: 'zhao', shop: 'red' },
    { agent: 'qian', shop: 'blue' },
  ];
  const at = (time: string) => `2026-10-12T${time}+08:00`;
  const session = (agent: string) => `session of ${agent}`;
  const kinds = {
    agents: people.map(({ agent, shop }) => ({ agent_id: agent, name: agent, shop })),
    sessions: people.map(({ agent, shop }) => ({
      ...{ session_id: session(agent), customer_id: `customer of ${agent}`, shop },
      ...{ started_at: at('10:00:00'), ended_at: at('10:20:00'), assigned_agent_id: agent },
    })),
    messages: people.flatMap(({ agent }) => [
      { session_id: session(agent), at: at('10:00:00'), sender: 'customer', text: '在吗' },
      { session_id: session(agent), at: at('10:00:20'), sender: 'agent', sender_id: agent, text: '在的' },
    ]),
  };
  for (const [kind, rows] of Object.entries(kinds)) {
    const response = await administrator('POST', `/api/ingest/${kind}`, rows);
    expect([kind, await response.json()]).toMatchObject([kind, { accepted: rows.length, rejected: [] }]);
  }
  hr = await heng.signedIn({ role: 'hr' });
  await vi.waitFor(async () => expect([await replyRate('red'), await replyRate('blue')]).toEqual(['1/1', '1/1']), soon);
}

async function monthOf(browser: Browser, month: string) {
  const response = await browser('GET', `/api/calendar?month=${month}`);
  expect(response.status).toBe(200);
  return calendarMonthSchema.parse(await response.json());
}

async function dayOf(date: string, browser: Browser = hr) {
  const { days } = await monthOf(browser, date.slice(0, 7));
  const day = days.find((each) => each.date === date);
  if (!day) throw new Error(`no ${date}`);
  return day;
}

async function change(body: object, browser: Browser = hr) {
  const response = await browser('PUT', '/api/calendar', body);
  expect([response.status, response.status === 200 || (await response.clone().json())]).toEqual([200, true]);
  return response.json();
}

/** numerator / denominator of reply_rate in the shop, as the API tells it. */
async function replyRate(shop: string): Promise<string> {
  const response = await hr('GET', `/api/metrics?period=2026-10&metric=reply_rate&by=shop`);
  const { rows } = metricsAnswerSchema.parse(await response.json());
  const row = rows.find(({ key }) => key.shop === shop);
  return row ? `${row.numerator}/${row.denominator}` : 'nothing';
}

async function fact(id: string): Promise<Record<string, unknown>> {
  const rows = await heng.stores.clickhouse.all.query<Record<string, unknown>>(
    'SELECT outage, outside_hours, turn_business_ms FROM session_facts FINAL WHERE session_id = {id:String}',
    { params: { id } },
  );
  return rows[0] ?? {};
}

const outage = { date: '2026-10-12', type: 'outage', shop: 'red', from: '09:30', to: '10:30' };
const { to: _, ...keyOfOutage } = outage;
describe('what is declared through the API', () => {
  it('an outage takes the sessions of its time out of reply_rate; taken back, they are there again, as often as one likes', async () => {
    expect(await replyRate('red')).toBe('1/1');
    for (let round = 0; round < 2; round++) {
      expect(await change({ set: [outage] })).toEqual({ set: 1, removed: 0 });
      await expect.poll(() => replyRate('red'), soon).toBe('nothing');
      expect(await fact('session of zhao')).toMatchObject({ outage: true });
      expect(await replyRate('blue')).toBe('1/1');
      expect(await change({ remove: [keyOfOutage] })).toEqual({ set: 0, removed: 1 });
      await expect.poll(() => replyRate('red'), soon).toBe('1/1');
    }
  });

  it('an outage moved to another time is one outage', async () => {
    await change({ set: [outage] });
    await change({ set: [{ ...outage, from: '14:00', to: '15:00' }], remove: [keyOfOutage] });
    expect((await dayOf('2026-10-12')).rows.map(({ from, to }) => [from, to])).toEqual([['14:00', '15:00']]);
    await expect.poll(() => replyRate('red'), soon).toBe('1/1');
  });

  it('hours of a shop move what lies outside hours and the business time there, and nowhere else', async () => {
    const late = { date: '2026-10-12', type: 'hours', shop: 'red', from: '10:00', to: '10:00' };
    await change({ set: [{ ...late, from: '10:00', to: '20:00' }] });
    await expect
      .poll(() => fact('session of zhao'), soon)
      .toMatchObject({
        ...{ outside_hours: false, turn_business_ms: ['20000'] },
      });
    const { to: __, ...key } = late;
    await change({ set: [{ ...late, from: '10:30', to: '20:00' }], remove: [key] });
    const outside = { outside_hours: true, turn_business_ms: ['0'] };
    await expect.poll(() => fact('session of zhao'), soon).toMatchObject(outside);
    expect(await fact('session of qian')).toMatchObject({ outside_hours: false, turn_business_ms: ['20000'] });
    await change({ remove: [{ ...key, from: '10:30' }] });
    await expect
      .poll(() => fact('session of zhao'), soon)
      .toMatchObject({
        ...{ outside_hours: false, turn_business_ms: ['20000'] },
      });
  });

  it('a promotion holds for scores until it is taken back', async () => {
    const period = parsePeriod('2026-10', 'Asia/Shanghai');
    const promotion = { date: '2026-10-20', type: 'promotion', metric: 'avg_response_seconds' };
    await change({ set: [{ ...promotion, factor: '1.5', name: '店庆' }] });
    expect(await promotionDays(heng.stores.clickhouse, period)).toEqual([
      { day: '2026-10-20', shop: '', metric: 'avg_response_seconds', factor: '1.5' },
    ]);
    await change({ remove: [promotion] });
    expect(await promotionDays(heng.stores.clickhouse, period)).toEqual([]);
  });
});

describe('the month', () => {
  it('has National Day, its make-up working day, and says when a year is not announced', async () => {
    const { days } = await monthOf(hr, '2026-10');
    expect(days).toHaveLength(31);
    expect(days.filter(({ kind }) => kind === 'holiday').map(({ date }) => date)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
    );
    expect(days[9]).toMatchObject({ kind: 'workday', name: { zh: '国庆节', en: 'National Day' }, source: 'official' });
    // Days that the law names are known before a year is announced.
    expect((await monthOf(hr, '2027-10')).days.map(({ kind }) => kind)).toEqual([
      ...Array(3).fill('holiday'),
      ...Array(28).fill('unknown'),
    ]);
  });

  it('a declared working day goes before the official holiday, and gives way again', async () => {
    const workday = { date: '2026-10-01', type: 'workday', name: '值班' };
    await change({ set: [workday] });
    expect(await dayOf('2026-10-01')).toMatchObject({ kind: 'workday', source: 'declared', name: { zh: '值班' } });
    const { name: __, ...key } = workday;
    await change({ remove: [key] });
    expect(await dayOf('2026-10-01')).toMatchObject({ kind: 'holiday', source: 'official' });
  });

  it('shows nobody the shops they have nothing to do with', async () => {
    await change({ set: [outage, { ...outage, shop: 'blue' }, { ...outage, shop: '' }] });
    const agent = await heng.signedIn({ role: 'agent', agentId: 'zhao' });
    const keeper = await heng.signedIn({ role: 'supervisor', scope: { kind: 'shops', shops: ['blue'] } });
    expect((await dayOf('2026-10-12', agent)).rows.map(({ shop }) => shop).sort()).toEqual(['', 'red']);
    expect((await dayOf('2026-10-12', keeper)).rows.map(({ shop }) => shop).sort()).toEqual(['', 'blue']);
  });
});

describe('a change', () => {
  it('sent again changes nothing', async () => {
    const set = [
      { ...outage, name: '升级' },
      { date: '2026-10-21', type: 'promotion', factor: '1.50' },
    ];
    expect(await change({ set })).toEqual({ set: 2, removed: 0 });
    expect(await change({ set })).toEqual({ set: 0, removed: 0 });
    const remove = [keyOfOutage];
    expect(await change({ remove })).toEqual({ set: 0, removed: 1 });
    expect(await change({ remove })).toEqual({ set: 0, removed: 0 });
  });

  it('with a fault is refused whole, with every fault named', async () => {
    const response = await hr('PUT', '/api/calendar', { set: [outage, { ...outage, to: '09:00', type: 'hours' }] });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      error: { issues: [{ path: 'set.1.to', code: 'calendar.endsBefore' }] },
    });
    expect((await dayOf('2026-10-12')).rows).toEqual([]);
    const far = await hr('PUT', '/api/calendar', { set: [{ date: '2099-01-01', type: 'holiday' }] });
    expect(far.status).toBe(422);
  });

  it('is written down', async () => {
    const promotion = { type: 'promotion', shop: 'red', factor: '1.2' };
    await change({ set: ['2026-10-22', '2026-10-23'].map((date) => ({ date, ...promotion })) });
    const { rows } = await heng.stores.postgres.query<{ subject: string; actor_id: string }>(
      `SELECT subject, actor_id FROM audit_log WHERE action = 'calendar.changed' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows[0]?.subject).toBe('2026-10-22..2026-10-23 (2) + promotion red 1.2');
  });

  it('of all shops is for those alone who may touch all shops', async () => {
    const keeper = await heng.signedIn({ role: 'hr', scope: { kind: 'shops', shops: ['red'] } });
    expect((await keeper('PUT', '/api/calendar', { set: [{ ...outage, shop: '' }] })).status).toBe(403);
    expect((await keeper('PUT', '/api/calendar', { set: [{ ...outage, shop: 'blue' }] })).status).toBe(403);
    expect((await keeper('PUT', '/api/calendar', { set: [outage] })).status).toBe(200);
  });
});
