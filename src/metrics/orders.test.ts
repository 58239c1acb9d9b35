import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import type { Actor } from '../people/actor.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { compareVerdicts } from './verbs/compareVerdicts.ts';
import { listOrders } from './verbs/listOrders.ts';
import { readOrder } from './verbs/readOrder.ts';

let stores: TestStores;
const deps = () => ({ stores, now: () => Date.parse('2026-12-01T00:00:00Z'), timeZone, log: silentLog });
const director: Actor = { userId: 'u', name: 'u', role: 'director', scope: { kind: 'all' }, agentId: null };
const agent = (agentId: string): Actor => ({ ...director, role: 'agent', scope: { kind: 'self', agentId }, agentId });
const chief = (scope: Actor['scope']): Actor => ({ ...director, role: 'supervisor', scope });

beforeAll(async () => {
  stores = await startTestStores();
  const raw = new RawRows(stores);
  await raw.put(
    'agents',
    ['A', 'B', 'C'].map((agent_id, i) => ({
      agent_id,
      name: `客服 ${agent_id}`,
      team: i < 2 ? '一组' : '二组',
      shop: '甲店',
      valid_from: '2026-01-01',
    })),
  );
  const chat = async (id: string, who: string, time: string, customer_id: string, rounds = 1) => {
    await raw.put('sessions', [{ ...aSession(id, time), customer_id }]);
    await raw.put('messages', [
      ...Array.from({ length: rounds }, (_, k) => [
        says(id, time.replace(/00$/, `0${k}`), 'customer'),
        says(id, time.replace(/00$/, `0${k}.500`), 'agent', { sender_id: who }),
      ]).flat(),
    ]);
  };
  // Contested: A had most rounds, B came last before the order, C last before the payment.
  await chat('a', 'A', '09:00:00', '13800138000', 3);
  await chat('b', 'B', '11:00:00', '13800138000');
  await chat('c', 'C', '12:30:00', '13800138000');
  await chat('plain', 'A', '09:00:00', 'other');
  const paid = { created_at: at('12:00:00'), paid_at: at('13:00:00'), amount_fen: 299_900, refunded_fen: 900 };
  await raw.put('orders', [
    { ...paid, order_id: 'contested', customer_id: '13800138000' },
    { ...paid, order_id: 'agreed', customer_id: 'other', created_at: at('12:59:00'), paid_at: at('13:30:00') },
    { ...paid, order_id: 'silent', customer_id: 'nobody' },
  ]);
  await raw.derive();
});
afterAll(() => stores.close());

const list = async (actor: Actor, more: object = {}) => {
  const { rows, total, differing } = await listOrders(deps(), actor, { period: '2026-10', cursor: '', ...more });
  return { ids: rows.map((row) => row.orderId), total, differing };
};

describe('the list of orders', () => {
  it('shows those on which the rules differ first, then the latest', async () => {
    expect(await list(director)).toEqual({ ids: ['contested', 'agreed', 'silent'], total: 3, differing: 1 });
  });

  it('goes on after its cursor without repeating or leaving out an order', async () => {
    const raw = await listOrders(deps(), director, {
      period: '2026-10',
      cursor: `1|${Date.parse(at('13:00:00'))}|contested`,
    });
    expect(raw.rows.map((row) => row.orderId)).toEqual(['agreed', 'silent']);
  });

  it.each(['x', '1|', '2|1|a', "1|1' OR 1=1|a"])('refuses the cursor %j', async (cursor) => {
    await expect(listOrders(deps(), director, { period: '2026-10', cursor })).rejects.toMatchObject({
      code: 'order.cursorUnreadable',
    });
  });

  it.each([
    [agent('A'), ['contested', 'agreed']],
    [agent('C'), ['contested']],
    [agent(''), []],
    [chief({ kind: 'teams', teams: ['二组'] }), ['contested']],
    [chief({ kind: 'teams', teams: ['三组'] }), []],
    [chief({ kind: 'shops', shops: ['甲店'] }), ['contested', 'agreed']],
    [chief({ kind: 'shops', shops: ['乙店'] }), []],
  ])('%# shows the orders in which somebody in scope was involved', async (actor, ids) => {
    expect((await list(actor)).ids).toEqual(ids);
  });

  it('asked for somebody outside of the scope it shows what both were involved in, never more', async () => {
    expect((await list(agent('C'), { agent: 'A' })).ids).toEqual(['contested']);
    expect((await list(agent('C'), { team: '三组' })).ids).toEqual([]);
  });
});

describe('the page of an order', () => {
  it('tells each rule’s verdict, what happened in order of time, and masks the customer', async () => {
    const page = await readOrder(deps(), director, { orderId: 'contested' });
    expect(page.order).toMatchObject({ amount: '2999.00', refunded: '9.00' });
    expect(JSON.stringify(page)).not.toContain('13800138000');
    expect(page.events.map((event) => event.kind)).toEqual(['chat', 'chat', 'created', 'chat', 'paid']);
    expect(page.events[0]).toMatchObject({ rounds: 3, agent: { agentId: 'A' }, sessionId: 'a' });
    expect(page.verdicts).toMatchObject({
      order: { agent: { agentId: 'B', name: '客服 B' }, sessionId: 'b', reason: 'lastChat' },
      payment: { agent: { agentId: 'C' }, sessionId: 'c' },
      orderFirst: { agent: { agentId: 'B' } },
    });
  });

  it('has every other choice of rule, credit and window, and the stored verdicts are among them', async () => {
    const page = await readOrder(deps(), director, { orderId: 'contested' });
    expect(page.choices).toHaveLength(3 * 2 * 14);
    for (const rule of ['order', 'payment', 'orderFirst'] as const) {
      const choice = page.choices.find(
        (each) => each.rule === rule && each.credit === 'lastChat' && each.windowDays === 2,
      );
      expect(choice).toMatchObject(page.verdicts[rule]);
    }
    expect(page.choices.find((each) => each.rule === 'order' && each.credit === 'rounds')).toMatchObject({
      agent: { agentId: 'A' },
      reason: 'mostRounds',
    });
  });

  it('to an agent colleagues have no names, and their sessions stay closed', async () => {
    const page = await readOrder(deps(), agent('C'), { orderId: 'contested' });
    expect(JSON.stringify(page)).not.toMatch(/客服 [AB]|"[ab]"|"agentId":"[AB]"/);
    expect(page.verdicts).toMatchObject({
      order: { agent: { is: 'colleague', number: 2 }, sessionId: null },
      payment: { agent: { is: 'agent', agentId: 'C' }, sessionId: 'c' },
    });
  });

  it('who leads one team reads everybody’s name and gets to the sessions of that team alone', async () => {
    const page = await readOrder(deps(), chief({ kind: 'teams', teams: ['二组'] }), { orderId: 'contested' });
    expect(page.verdicts).toMatchObject({
      order: { agent: { name: '客服 B' }, sessionId: null },
      payment: { agent: { name: '客服 C' }, sessionId: 'c' },
    });
    const talks = page.events.flatMap((event) => (event.kind === 'chat' ? [event.sessionId] : []));
    expect(talks).toEqual([null, null, 'c']);
  });

  it.each([
    ['agreed', agent('C')],
    ['silent', agent('A')],
    ['silent', chief({ kind: 'teams', teams: ['一组'] })],
    ['none', director],
  ])('%s is unknown to who has no part in it', async (orderId, actor) => {
    await expect(readOrder(deps(), actor, { orderId })).rejects.toMatchObject({ code: 'order.unknown' });
  });
});

describe('switching the rule', () => {
  it('tells whose figures change and by how much, nothing about the others', async () => {
    const compared = await compareVerdicts(deps(), director, {
      period: '2026-10',
      before: 'verdict=order',
      after: 'verdict=payment',
    });
    expect(
      compared.rows.map(({ agentId, before, after, changed }) => [
        agentId,
        before.orders,
        before.revenue,
        after.orders,
        after.revenue,
        changed,
      ]),
    ).toEqual([
      ['B', '1', '2990', '0', '0', true],
      ['C', '0', '0', '1', '2990', true],
      ['A', '1', '2990', '1', '2990', false],
    ]);
  });

  it('an agent reads only their own', async () => {
    const { rows } = await compareVerdicts(deps(), agent('C'), {
      period: '2026-10',
      before: 'verdict=order',
      after: 'verdict=payment',
    });
    expect(rows.map((row) => row.agentId)).toEqual(['C']);
  });

  it('an option that there is not is refused', async () => {
    const asked = { period: '2026-10', before: 'verdict=order', after: 'verdict=mine' };
    await expect(compareVerdicts(deps(), director, asked)).rejects.toMatchObject({ code: 'metric.optionUnknown' });
  });
});
