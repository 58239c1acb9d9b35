import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { readMetricRequest } from './catalogue.ts';
import type { Dimension } from './metricValue.ts';
import { parsePeriod } from './period.ts';
import { queryMetrics } from './queryMetrics.ts';
import { queryCaseMix, queryIntervals, querySpread } from './querySpread.ts';
import { recordShares } from './recordShares.ts';
import { readEvidence } from './verbs/readEvidence.ts';

let stores: TestStores;
let raw: RawRows;
beforeAll(async () => {
  stores = await startTestStores();
  raw = new RawRows(stores);
});
afterAll(() => stores.close());
beforeEach(async () => {
  for (const table of [
    'messages',
    'sessions',
    'events',
    'orders',
    'ratings',
    'assessments',
    'session_facts',
    'session_outcomes',
    'order_facts',
    'sales_contacts',
  ])
    await stores.clickhouse.all.command(`TRUNCATE TABLE ${table}`);
});

const figuresOf = async (agent: string, metrics: string[]) => {
  const rows = await queryMetrics(stores.clickhouse, {
    period: parsePeriod('2026-10', 'Asia/Shanghai'),
    by: ['agent'],
    metrics,
    timeZone,
    now: Date.parse('2026-12-01T00:00:00Z'),
  });
  return Object.fromEntries(
    rows
      .filter((row) => row.key.agent === agent)
      .map((row) => [row.metric, [row.numerator, row.denominator, row.value]]),
  );
};

describe('worked examples of scoring.md', () => {
  it('1: replies of 30.000, 30.001, 20 and 21 s and one unreplied give 75.00, 80.00, 25.25 s and 60.00', async () => {
    const toA = { assigned_agent_id: 'A' };
    await raw.put('sessions', [
      aSession('s1', '10:00:00', toA),
      aSession('s2', '10:10:00', toA),
      aSession('s3', '11:00:00', { ...toA, handoff_at: at('11:05:00') }),
      aSession('s4', '22:59:59', toA),
      aSession('s5', '12:00:00', toA),
      aSession('early', '08:56:00', toA),
      aSession('initiated', '13:00:00', { ...toA, initiated_by: 'agent' }),
      aSession('bot', '14:00:00'),
      aSession('handed', '15:00:00', { assigned_agent_id: 'B' }),
    ]);
    await raw.put('messages', [
      says('s1', '10:00:00', 'customer'),
      says('s1', '10:00:30.000', 'agent'),
      says('s2', '10:10:00', 'customer'),
      says('s2', '10:10:30.001', 'agent'),
      says('s3', '11:00:00', 'customer'),
      says('s3', '11:00:01', 'bot'),
      says('s3', '11:05:20', 'agent'),
      says('s4', '22:59:59', 'customer'),
      says('s4', '23:00:20', 'agent'),
      says('s5', '12:00:00', 'customer'),
      says('early', '08:56:00', 'customer'),
      says('early', '09:01:00', 'agent'),
      says('initiated', '13:00:00', 'agent'),
      says('bot', '14:00:00', 'customer'),
      says('bot', '14:00:01', 'bot'),
      says('handed', '15:00:00', 'customer'),
      says('handed', '15:00:10', 'agent', { sender_id: 'B' }),
      says('handed', '15:01:00', 'customer'),
      says('handed', '15:03:00', 'agent'),
    ]);
    await raw.put('events', [
      {
        subject_kind: 'session',
        subject_id: 'handed',
        at: at('15:00:30'),
        type: 'transferred',
        agent_id: 'B',
        to_agent_id: 'A',
      },
    ]);
    await raw.derive();
    expect(
      await figuresOf('A', [
        'first_reply_30s_rate',
        'reply_rate',
        'first_response_seconds',
        'first_reply_30s_rate:unreplied=miss',
      ]),
    ).toEqual({
      first_reply_30s_rate: ['3', '4', '75'],
      reply_rate: ['4', '5', '80'],
      first_response_seconds: ['101.001', '4', '25.25025'],
      'first_reply_30s_rate:unreplied=miss': ['3', '5', '60'],
    });
  });

  it('3: two asks answered once in 475 s, then one in 30 s, give 1 of 2 within 3 minutes and 252.50 s', async () => {
    await raw.put('sessions', [aSession('s1', '10:10:15')]);
    await raw.put('messages', [
      says('s1', '10:10:15', 'customer'),
      says('s1', '10:15:20', 'customer'),
      says('s1', '10:18:10', 'agent'),
    ]);
    await raw.derive();
    expect(await figuresOf('A', ['reply_3min_rate'])).toEqual({ reply_3min_rate: ['0', '1', '0'] });
    await raw.put('messages', [says('s1', '10:18:30', 'customer'), says('s1', '10:19:00', 'agent')]);
    await raw.derive();
    expect(await figuresOf('A', ['reply_3min_rate', 'avg_response_seconds'])).toEqual({
      reply_3min_rate: ['1', '2', '50'],
      avg_response_seconds: ['505', '2', '252.5'],
    });
  });

  it('a weekday is the organisation’s, Monday 1 to Sunday 7: the first half hour of a Monday is not yet Monday in UTC', async () => {
    await raw.put(
      'sessions',
      ['2026-10-11', '2026-10-12', '2026-10-19'].map((day) => ({
        ...aSession(`s ${day}`, '00:20:00'),
        started_at: at('00:20:00', day),
      })),
    );
    await raw.put(
      'messages',
      ['2026-10-11', '2026-10-12', '2026-10-19'].map((day) => ({
        ...says(`s ${day}`, '', 'customer'),
        at: at('00:20:00', day),
      })),
    );
    await raw.derive();
    const rows = await queryMetrics(stores.clickhouse, {
      period: parsePeriod('2026-10', 'Asia/Shanghai'),
      by: ['weekday'],
      metrics: ['session_seconds'],
      timeZone,
      now: Date.parse('2026-12-01T00:00:00Z'),
    });
    expect(rows.map(({ key, n }) => [key.weekday, n])).toEqual([
      ['1', 2],
      ['7', 1],
    ]);
  });

  it('a buyer counts once a day for each agent credited, once in all, and never goes with an order that nobody is credited with', async () => {
    const bought = (id: string, time: string, amount_fen: number, customer_id = id) => ({
      ...{ order_id: `${customer_id} ${time}`, customer_id, amount_fen },
      ...{ created_at: at(time), paid_at: at(time) },
    });
    const chat = async (id: string, agent: string, time: string, customer_id = id) => {
      await raw.put('sessions', [{ ...aSession(`${id} ${time}`, `${time}:00`), customer_id }]);
      await raw.put('messages', [
        says(`${id} ${time}`, `${time}:00`, 'customer'),
        says(`${id} ${time}`, `${time}:10`, 'agent', { sender_id: agent }),
      ]);
    };
    const plain = Array.from({ length: 30 }, (_, k) => `buyer ${k}`);
    await raw.put(
      'sessions',
      plain.map((customer_id) => ({ ...aSession(customer_id, '09:00:00'), customer_id })),
    );
    await raw.put(
      'messages',
      plain.flatMap((id) => [says(id, '09:00:00', 'customer'), says(id, '09:00:10', 'agent', { sender_id: 'A' })]),
    );
    await chat('later', 'A', '11:00');
    await chat('both', 'A', '09:00');
    await chat('both', 'B', '11:00');
    await raw.put('orders', [
      ...plain.map((id) => bought(id, '10:00:00', 10_000)),
      bought('later', '10:00:00', 1_000),
      bought('later', '12:00:00', 30_000),
      bought('both', '10:00:00', 10_000),
      bought('both', '12:00:00', 20_000),
    ]);
    await raw.derive();
    const metric = 'avg_order_value';
    expect(await figuresOf('A', [metric])).toEqual({ [metric]: ['3400', '32', '106.25'] });
    expect(await figuresOf('B', [metric])).toEqual({ [metric]: ['200', '1', '200'] });
    const october = { period: parsePeriod('2026-10', timeZone), timeZone, now: Date.parse('2026-12-01T00:00:00Z') };
    const ask = (by: Dimension[]) => queryMetrics(stores.clickhouse, { ...october, by, metrics: [metric] });
    for (const by of [[], ['day'], ['shop']] as Dimension[][])
      expect(await ask(by)).toMatchObject([{ numerator: '3600', denominator: '32', value: '112.5', n: 32 }]);

    const request = readMetricRequest(metric);
    // Thirty days of 100 yuan, one of 300 and one of 300 from two orders; the interval knows 32 observations.
    const [{ spread } = { spread: undefined }] = await querySpread(stores.clickhouse, request, { ...october, by: [] });
    expect(spread).toMatchObject({ n: 32, x: 360_000n, y: 32n, xx: 30n * 10_000n ** 2n + 2n * 30_000n ** 2n });
    // Of an agent's two orders from one buyer only both together take the buyer along.
    await raw.put('orders', [bought('both', '09:30:00', 500)]);
    await raw.derive();
    const shares = (...ids: string[]) =>
      recordShares(
        stores.clickhouse,
        request,
        ids.map((id) => ({ kind: 'order', id })),
        { ...october, agentId: 'A' },
      );
    expect(await shares('both 09:30:00')).toMatchObject([{ numerator: '5', denominator: '0' }]);
    expect(await shares('both 09:30:00', 'both 10:00:00')).toMatchObject([{ numerator: '105', denominator: '1' }]);
    const evidence = await readEvidence(
      { stores, now: () => october.now, timeZone, log: silentLog },
      { userId: 'u', name: 'u', role: 'hr', scope: { kind: 'all' }, agentId: null },
      { metric, period: '2026-10', filter: {}, cursor: '' },
    );
    expect(evidence).toMatchObject({ total: 34, numerator: '3605', denominator: '32' });
    expect(evidence.rows.filter(({ denominator }) => denominator === '1')).toHaveLength(32);
  });

  it('one-time resolution is compared within contact reasons, as within queues and shops', async () => {
    const talks = Array.from({ length: 60 }, (_, k) => ({ id: `talk ${k}`, issue: k % 2 ? '漏水' : '安装' }));
    await raw.put(
      'sessions',
      talks.map(({ id, issue }) => ({ ...aSession(id, '10:00:00'), issue })),
    );
    await raw.put(
      'messages',
      talks.flatMap(({ id }) => [says(id, '10:00:00', 'customer'), says(id, '10:00:10', 'agent')]),
    );
    await raw.derive();
    const question = { period: parsePeriod('2026-10', timeZone), timeZone, now: Date.parse('2026-12-01T00:00:00Z') };
    const mix = await queryCaseMix(stores.clickhouse, readMetricRequest('one_time_resolution_rate'), question);
    expect(mix).toMatchObject({ strata: 2, overall: { n: 60 } });
  });

  it('a rating is its owner’s, or by the option in full that of everybody who replied', async () => {
    await raw.put('sessions', [
      aSession('two', '10:00:00', { assigned_agent_id: 'A' }),
      aSession('one', '11:00:00', { assigned_agent_id: 'A' }),
    ]);
    await raw.put('messages', [
      ...[says('two', '10:00:00', 'customer'), says('two', '10:00:10', 'agent', { sender_id: 'B' })],
      ...[says('two', '10:01:00', 'customer'), says('two', '10:01:10', 'agent')],
      ...[says('one', '11:00:00', 'customer'), says('one', '11:00:10', 'agent')],
    ]);
    await raw.put('ratings', [
      { session_id: 'two', score: 2, at: at('12:00:00'), valid: true },
      { session_id: 'one', score: 5, at: at('12:00:00'), valid: true },
    ]);
    await raw.derive();
    const asked = ['csat_score', 'csat_score:credit=shared', 'csat_rate:credit=shared'];
    expect(await figuresOf('A', asked)).toEqual({
      csat_score: ['7', '2', '3.5'],
      'csat_score:credit=shared': ['7', '2', '3.5'],
      'csat_rate:credit=shared': ['1', '2', '50'],
    });
    expect(await figuresOf('B', asked)).toMatchObject({
      csat_score: ['0', '0', null],
      'csat_score:credit=shared': ['2', '1', '2'],
      'csat_rate:credit=shared': ['0', '1', '0'],
    });
  });

  it('medians and the swing between days have intervals too', async () => {
    const talks = Array.from({ length: 10 }, (_, k) => ({
      id: `talk ${k}`,
      day: k % 2 ? '2026-10-12' : '2026-10-13',
      seconds: 11 + k,
    }));
    await raw.put(
      'sessions',
      talks.map(({ id, day }) => ({ ...aSession(id, '10:00:00'), started_at: at('10:00:00', day) })),
    );
    await raw.put(
      'messages',
      talks.flatMap(({ id, day, seconds }) => [
        { ...says(id, '10:00:00', 'customer'), at: at('10:00:00', day) },
        { ...says(id, '10:00:00', 'agent'), at: at(`10:00:${seconds}`, day) },
      ]),
    );
    await raw.derive();
    const question = { period: parsePeriod('2026-10', timeZone), timeZone, now: Date.parse('2026-12-01T00:00:00Z') };
    const ask = (metric: string, by: Dimension[]) =>
      queryIntervals(stores.clickhouse, readMetricRequest(metric), { ...question, by });
    // The second and the ninth of 11 to 20 seconds.
    expect(await ask('first_response_seconds:stat=median', ['agent'])).toEqual([
      { key: { agent: 'A' }, n: 10, interval: { method: 'orderStatistic', low: 12, high: 19, reason: null } },
    ]);
    // Days of 16 and 15 seconds: both drawn twice gives no swing, one of each that of the two.
    expect(await ask('response_volatility', [])).toEqual([
      { key: {}, n: 2, interval: { method: 'bootstrap', low: 0, high: expect.closeTo(50 / 15.5, 8), reason: null } },
    ]);
  });

  it('360: two colleagues and one report are no figure; three colleagues are, without the one report', async () => {
    const given = (item: string, by: string, value: string) => ({ agent_id: 'A', period: '2026-10', item, by, value });
    await raw.put('assessments', [
      given('peer_360:同事', 'B', '90'),
      given('peer_360:同事', 'C', '80'),
      given('peer_360:下属', 'D', '10'),
    ]);
    expect(await figuresOf('A', ['peer_360'])).toEqual({});
    await raw.put('assessments', [given('peer_360:同事', 'E', '70')]);
    expect(await figuresOf('A', ['peer_360'])).toEqual({ peer_360: ['240', '3', '80'] });
  });

  it('DSR: of one buyer the first three scores of a month count in each shop', async () => {
    const rated = [1, 2, 3, 4, 5, 6].map((k) => ({
      id: `rated ${k}`,
      shop: k > 4 ? '乙店' : '甲店',
      time: `1${k}:00:00`,
    }));
    await raw.put(
      'sessions',
      rated.map(({ id, shop, time }) => ({ ...aSession(id, time), customer_id: 'buyer', shop })),
    );
    await raw.put(
      'messages',
      rated.flatMap(({ id, time }) => [says(id, time, 'customer'), says(id, time.replace(/0$/, '9'), 'agent')]),
    );
    await raw.put(
      'ratings',
      rated.map(({ id, time }) => ({ session_id: id, score: 5, at: at(time), valid: true, dsr_service: '5' })),
    );
    await raw.derive();
    const [figure] = await queryMetrics(stores.clickhouse, {
      ...{ period: parsePeriod('2026-10', timeZone), timeZone, now: Date.parse('2026-12-01T00:00:00Z') },
      ...{ by: [], metrics: ['dsr_service'] },
    });
    expect(figure).toMatchObject({ numerator: '25', denominator: '5', value: '5' });
  });

  it('the whole catalogue answers for an empty store, with no data everywhere and no zero', async () => {
    const rows = await queryMetrics(stores.clickhouse, {
      period: parsePeriod('2026-09', 'Asia/Shanghai'),
      by: [],
      timeZone,
      now: Date.now(),
    });
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.status !== 'noData')).toEqual([]);
  });
});
