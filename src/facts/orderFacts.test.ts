import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { aSession, at, RawRows, says } from './testing.ts';

let stores: TestStores;
let raw: RawRows;

beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(() => stores.close());
beforeEach(async () => {
  raw = new RawRows(stores);
  for (const table of [
    'messages',
    'sessions',
    'orders',
    'session_facts',
    'session_outcomes',
    'order_facts',
    'sales_contacts',
  ])
    await stores.clickhouse.all.command(`TRUNCATE TABLE ${table}`);
});

/** The customer asks and the agent answers, so many times, a minute apart from the time given. */
async function chat(session: string, agent: string, time: string, rounds = 1, day = '2026-10-12', customer = 'anna') {
  const start = Date.parse(at(time, day));
  const iso = (ms: number) => new Date(ms).toISOString();
  await raw.put('sessions', [{ ...aSession(session, time), started_at: at(time, day), customer_id: customer }]);
  await raw.put(
    'messages',
    Array.from({ length: rounds }, (_, k) => [
      { ...says(session, time, 'customer'), at: iso(start + k * 60_000) },
      { ...says(session, time, 'agent', { sender_id: agent }), at: iso(start + k * 60_000 + 20_000) },
    ]).flat(),
  );
}
/** An agent writes first. */
async function approach(session: string, agent: string, time: string, customer = 'anna') {
  await raw.put('sessions', [{ ...aSession(session, time), customer_id: customer, initiated_by: 'agent' }]);
  await raw.put('messages', [says(session, time, 'agent', { sender_id: agent })]);
}
const order = (more: object = {}) =>
  raw.put('orders', [
    {
      order_id: 'o',
      customer_id: 'anna',
      created_at: at('12:00:00'),
      paid_at: at('13:00:00'),
      amount_fen: 10_000,
      ...more,
    },
  ]);

interface Verdict {
  agent_id: string;
  session_id: string;
  reason: string;
}
async function verdicts(id = 'o') {
  await raw.derive();
  return verdictsOf(id);
}
async function verdictsOf(id: string) {
  const [row] = await stores.clickhouse.all.query<Record<string, Verdict>>(
    'SELECT * FROM order_facts FINAL WHERE order_id = {id:String}',
    {
      params: { id },
    },
  );
  if (!row) throw new Error(`no facts of order ${id}`);
  const told = ({ agent_id, session_id, reason }: Verdict = { agent_id: '', session_id: '', reason: 'absent' }) =>
    agent_id === '' ? reason : `${agent_id} by ${reason} in ${session_id}`;
  return {
    order: told(row.by_order_last_chat),
    payment: told(row.by_payment_last_chat),
    orderFirst: told(row.by_order_first_last_chat),
    rounds: told(row.by_order_rounds),
  };
}

describe('an order is credited', () => {
  it('to who chatted last before it was placed, before it was paid, and to the first of the two', async () => {
    await chat('morning', 'A', '10:00:00', 3);
    await chat('noon', 'B', '11:30:00');
    await chat('afternoon', 'C', '12:30:00');
    await order();
    expect(await verdicts()).toEqual({
      order: 'B by lastChat in noon',
      payment: 'C by lastChat in afternoon',
      orderFirst: 'B by lastChat in noon',
      rounds: 'A by mostRounds in morning',
    });
  });

  it('by the rule of payment only, when the customer first asked after ordering', async () => {
    await chat('afternoon', 'C', '12:30:00');
    await order();
    expect(await verdicts()).toMatchObject({
      order: 'afterOrder',
      payment: 'C by lastChat in afternoon',
      orderFirst: 'C by lastChat in afternoon',
    });
  });

  it('to nobody when the inquiry lies before the window, and within it at its very edge', async () => {
    await chat('early', 'A', '11:59:40', 1, '2026-10-10');
    await order();
    expect((await verdicts()).order).toBe('A by lastChat in early');
    await order({ created_at: at('12:00:00.001'), updated_at: at('20:00:00') });
    expect((await verdicts()).order).toBe('outsideWindow');
  });

  it('to nobody when an agent approached a silent buyer between order and payment, though the same agent followed up', async () => {
    await approach('push', 'H', '12:20:00');
    await approach('after', 'H', '13:10:00');
    await order();
    expect(await verdicts()).toMatchObject({ order: 'hijack', payment: 'hijack', orderFirst: 'hijack' });
  });

  it('a silent one, from a minute to an hour after payment, to a follow-up; a sooner one is a reminder, a later one is none', async () => {
    const told = {
      '13:00:59': 'reminder',
      '13:01:00': 'F by followUp in after 13:01:00',
      '14:00:00': 'F by followUp in after 14:00:00',
      '14:00:01': 'silent',
    };
    for (const time of Object.keys(told)) {
      await approach(`after ${time}`, 'F', time, time);
      await order({ order_id: time, customer_id: time });
    }
    await raw.derive();
    for (const [time, each] of Object.entries(told))
      expect(await verdictsOf(time)).toEqual({ order: each, payment: each, orderFirst: each, rounds: each });
  });

  it('a reminder in the first five minutes after a silent order does not count, and spoils nothing', async () => {
    await approach('reminder', 'R', '12:05:00');
    await order();
    expect((await verdicts()).payment).toBe('reminder');
    await approach('after', 'F', '13:30:00');
    expect((await verdicts()).payment).toBe('F by followUp in after');
  });

  it('to nobody while it is unpaid, brushed, or cancelled within fifteen days of payment to the millisecond', async () => {
    const cases: [more: object, told: string][] = [
      [{ paid_at: null }, 'unpaid'],
      [{ brushed: true }, 'brushed'],
      [{ cancelled_at: at('13:00:00', '2026-10-27') }, 'clawedBack'],
      [{ cancelled_at: at('13:00:00.001', '2026-10-27') }, 'A by lastChat in morning 3'],
    ];
    for (const [n, [more]] of cases.entries()) {
      await chat(`morning ${n}`, 'A', '10:00:00', 1, '2026-10-12', `customer ${n}`);
      await order({ ...more, order_id: `order ${n}`, customer_id: `customer ${n}` });
    }
    await raw.derive();
    for (const [n, [more, told]] of cases.entries())
      expect([more, (await verdictsOf(`order ${n}`)).order]).toEqual([more, told]);
  });
});

describe('an order’s shop', () => {
  const shopOf = async () => {
    await raw.derive();
    return await stores.clickhouse.all.query('SELECT shop FROM order_facts FINAL');
  };

  it('is the source’s own, else that of the session it links, else that of the last inquiry', async () => {
    await raw.put('sessions', [
      { ...aSession('linked', '08:00:00'), customer_id: 'anna', shop: '甲店' },
      { ...aSession('last', '09:00:00'), customer_id: 'anna', shop: '乙店' },
    ]);
    await raw.put('messages', [says('last', '09:00:00', 'customer'), says('last', '09:00:10', 'agent')]);
    await order({ updated_at: at('20:00:00') });
    expect(await shopOf()).toEqual([{ shop: '乙店' }]);
    await order({ session_id: 'linked', updated_at: at('21:00:00') });
    expect(await shopOf()).toEqual([{ shop: '甲店' }]);
    await order({ session_id: 'linked', attributes: { shop: '丙店' }, updated_at: at('22:00:00') });
    expect(await shopOf()).toEqual([{ shop: '丙店' }]);
  });
});

describe('however orders and sessions arrive', () => {
  const everything = async (): Promise<unknown> => {
    await raw.derive();
    const facts = await stores.clickhouse.all.query('SELECT * EXCEPT version FROM order_facts FINAL ORDER BY order_id');
    const contacts = await stores.clickhouse.all.query(
      'SELECT * EXCEPT version FROM sales_contacts FINAL ORDER BY contact_id',
    );
    return { facts, contacts };
  };

  it('the same facts come out', async () => {
    await chat('morning', 'A', '10:00:00', 2);
    await chat('afternoon', 'C', '12:30:00');
    await order();
    await order({ order_id: 'p', created_at: at('14:00:00'), paid_at: at('14:30:00') });
    const atOnce = await everything();
    for (const table of ['messages', 'sessions', 'orders', 'session_facts', 'order_facts', 'sales_contacts'])
      await stores.clickhouse.all.command(`TRUNCATE TABLE ${table}`);
    await order({ order_id: 'p', created_at: at('14:00:00'), paid_at: at('14:30:00') });
    await raw.derive();
    await chat('afternoon', 'C', '12:30:00');
    await raw.derive();
    await order();
    await raw.derive();
    await chat('morning', 'A', '10:00:00', 2);
    expect(await everything()).toEqual(atOnce);
  });

  it('an order that turns out to be somebody else’s leaves its first customer', async () => {
    await chat('morning', 'A', '10:00:00');
    for (const other of ['x', 'y', 'z', 'w'])
      await raw.put('sessions', [{ ...aSession(other, '09:00:00'), customer_id: 'others' }]);
    await order({ updated_at: at('15:00:00') });
    expect((await verdicts()).order).toBe('A by lastChat in morning');
    await order({ updated_at: at('16:00:00'), customer_id: 'bob' });
    expect((await verdicts()).order).toBe('silent');
    const paid = await stores.clickhouse.all.query("SELECT order_id FROM sales_contacts FINAL WHERE order_id != ''");
    expect(paid).toEqual([]);
  });

  it('only touched customers are derived again', async () => {
    await chat('morning', 'A', '10:00:00');
    for (const k of [1, 2, 3, 4, 5, 6])
      await raw.put('sessions', [{ ...aSession(`other ${k}`, '09:00:00'), customer_id: 'others' }]);
    await order();
    await order({ order_id: 'of others', customer_id: 'others' });
    await raw.derive();
    const versions = async () =>
      Object.fromEntries(
        (
          await stores.clickhouse.all.query<{ order_id: string; version: string }>(
            'SELECT order_id, version FROM order_facts FINAL',
          )
        ).map((row) => [row.order_id, row.version]),
      );
    const before = await versions();
    await order({ refunded_fen: 500, updated_at: at('20:00:00') });
    await raw.derive();
    const after = await versions();
    expect(after['of others']).toBe(before['of others']);
    expect(after.o).not.toBe(before.o);
  });
});
