import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import { parsePeriod } from '../metrics/period.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { compileSignal } from './compileSignal.ts';
import { detect, type SignalResult } from './detect.ts';
import type { SignalDefinition } from './signalDefinition.ts';
import { signals } from './signals.ts';
import { thresholdsInForce } from './thresholds.ts';

const october = parsePeriod('2026-10', timeZone);
const now = Date.parse('2026-11-05T00:00:00Z');
let stores: TestStores;
let raw: RawRows;

beforeAll(async () => {
  stores = await startTestStores();
  raw = new RawRows(stores);
  await raw.put('agents', [{ agent_id: 'A', name: '甲', team: 'east', tier: 'mid' }]);
});
afterAll(() => stores?.close());

async function look(id: string): Promise<SignalResult> {
  const [signal] = signals.filter((each) => each.id === id) as [SignalDefinition];
  const [result] = await detect(stores, [signal], {
    period: october,
    timeZone,
    now,
    thresholds: thresholdsInForce(signals, {}),
  });
  if (!result) throw new Error('no result');
  return result;
}

describe('the signals', () => {
  it('are the seventeen of the definition, each in both languages and with thresholds that its rule names', () => {
    expect(signals).toHaveLength(17);
    expect(new Set(signals.map(({ id }) => id)).size).toBe(17);
    const wrong = signals.flatMap(({ id, rule, thresholds, figures, alternatives }) => [
      ...[rule.zh, rule.en].flatMap((text) =>
        [...text.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (name in thresholds ? [] : [`${id} {${name}}`])),
      ),
      ...alternatives.flatMap(({ all }) =>
        all.flatMap(({ figure, threshold }) =>
          figure in figures && threshold in thresholds ? [] : [`${id} ${figure} ${threshold}`],
        ),
      ),
    ]);
    expect(wrong).toEqual([]);
  });

  it('are queries that the engine can answer, each with a row per agent', async () => {
    for (const { id, observations, thresholds } of signals) {
      if (observations === null) continue;
      const limits = Object.entries(thresholds).map(([name, { value }]) => [`t_${name}`, value]);
      const params = {
        from: String(october.fromMs),
        to: String(october.toMs),
        now: String(now),
        tz: timeZone,
        seed: id,
      };
      const [signal] = signals.filter((each) => each.id === id) as [SignalDefinition];
      const sql = compileSignal(signal, observations);
      const rows = await stores.clickhouse.all.query(sql, { params: { ...params, ...Object.fromEntries(limits) } });
      expect([id, rows]).toEqual([id, []]);
    }
  });

  it('are not measurable in an empty period, and say what it lacks', async () => {
    for (const { id } of signals) expect([id, (await look(id)).status]).toEqual([id, 'notMeasurable']);
    expect(await look('status_dodging')).toMatchObject({ lacks: ['onlineStates', 'awayStates'] });
  });
});

describe('on small data', () => {
  beforeAll(async () => {
    await raw.put('sessions', [
      aSession('quiet', '10:00:00', { ended_at: at('10:30:00'), assigned_agent_id: 'A', ended_by: 'agent' }),
      ...[1, 2, 3].map((k) =>
        aSession(`push${k}`, `1${k}:00:00`, {
          ended_at: at(`1${k}:05:00`),
          assigned_agent_id: 'A',
          initiated_by: 'agent',
        }),
      ),
      // This customer asked first: writing to them is an answer.
      aSession('asked', '14:30:00', {
        customer_id: 'c-asked',
        ended_at: at('14:40:00'),
        assigned_agent_id: 'A',
        initiated_by: 'customer',
      }),
      aSession('push4', '15:00:00', {
        customer_id: 'c-asked',
        ended_at: at('15:05:00'),
        assigned_agent_id: 'A',
        initiated_by: 'agent',
      }),
    ]);
    await raw.put('messages', [
      ...[says('quiet', '10:00:00', 'customer'), says('quiet', '10:00:20', 'agent')],
      ...[1, 2, 3].map((k) => says(`push${k}`, `1${k}:00:00`, 'agent')),
      ...[
        says('asked', '14:30:00', 'customer'),
        says('asked', '14:31:00', 'agent'),
        says('push4', '15:00:00', 'agent'),
      ],
    ]);
    await raw.put('orders', [
      ...[1, 2, 3].map((k) => ({
        order_id: `o${k}`,
        customer_id: `c-push${k}`,
        created_at: at(`1${k - 1}:50:00`),
        paid_at: at(`1${k}:10:00`),
        amount_fen: 100,
      })),
      { order_id: 'o4', customer_id: 'c-asked', created_at: at('14:50:00'), paid_at: at('15:10:00'), amount_fen: 100 },
    ]);
    await raw.derive();
  });

  it('find orders contacted between order and payment, except where the customer had asked', async () => {
    const result = await look('order_hijack');
    expect(result).toMatchObject({ status: 'measured', findings: [{ agentId: 'A', hits: 3 }] });
    const [finding] = result.status === 'measured' ? result.findings : [];
    const striking = finding?.evidence.filter(({ striking }) => striking).map(({ kind, id }) => `${kind} ${id}`);
    expect(striking?.sort()).toEqual(['order o1', 'order o2', 'order o3']);
  });

  it('say nothing of somebody with few observations, and that is nothing found', async () => {
    expect(await look('silent_last_30s')).toMatchObject({ status: 'measured', people: 0, findings: [] });
  });

  it('still cannot be measured where their own data are missing', async () => {
    expect(await look('status_dodging')).toEqual({
      id: 'status_dodging',
      status: 'notMeasurable',
      lacks: ['onlineStates', 'awayStates'],
    });
    expect(await look('load_cliff')).toMatchObject({ status: 'notMeasurable', lacks: ['attendance'] });
  });

  it('are looked for in part where a part of their data is there, and say what is missing', async () => {
    expect(await look('overselling')).toMatchObject({ status: 'measured', lacks: ['tickets', 'productLinks'] });
  });

  it('with too few people to compare say so, and a rule that compares nobody still finds', async () => {
    // Seven people: six whose replies spread over both sides of the limit, one with 200 of 250 just before it.
    const delays = (who: number) =>
      Array.from({ length: who === 0 ? 250 : 120 }, (_, k) => (who === 0 && k < 200 ? 29 : 16 + (k % 29)));
    const day = '2026-10-20';
    const talks = Array.from({ length: 7 }, (_, who) => delays(who).map((delay, k) => ({ who, k, delay }))).flat();
    const start = (k: number) => Date.parse(at('10:00:00', day)) + k * 60_000;
    const iso = (ms: number) => new Date(ms).toISOString();
    await raw.put(
      'agents',
      [0, 1, 2, 3, 4, 5, 6].map((who) => ({ agent_id: `P${who}`, name: `P${who}`, team: 'east', tier: 'mid' })),
    );
    await raw.put(
      'sessions',
      talks.map(({ who, k }) => ({
        ...aSession(`P${who} ${k}`, '10:00:00', { assigned_agent_id: `P${who}`, ended_by: 'customer' }),
        ...{ started_at: iso(start(k)), ended_at: iso(start(k) + 300_000) },
      })),
    );
    await raw.put(
      'messages',
      talks.flatMap(({ who, k, delay }) => [
        { ...says(`P${who} ${k}`, '10:00:00', 'customer'), at: iso(start(k)) },
        {
          ...says(`P${who} ${k}`, '10:00:00', 'agent', { sender_id: `P${who}` }),
          ...{ at: iso(start(k) + delay * 1000), text: who === 1 ? '您好，请稍等一下，马上看' : `说明 ${who} ${k}` },
        },
      ]),
    );
    await raw.derive();
    expect(await look('bunching_under_limit')).toMatchObject({
      ...{ status: 'measured', lacks: [], people: 7 },
      findings: [{ agentId: 'P0', group: null, reasons: [{ figure: 'beforeAfter', of: 'value', limit: 2 }] }],
    });
    expect(await look('silent_last_30s')).toEqual({
      ...{ id: 'silent_last_30s', status: 'notMeasurable', lacks: ['colleagues'] },
    });
    // P1 opens every time with the same words and says nothing more: there is no later reply with content.
    expect(await look('canned_first_reply')).toMatchObject({ status: 'measured', findings: [] });
  });
});
