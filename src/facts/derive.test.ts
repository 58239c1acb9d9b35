import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { aSession, at, RawRows, says } from './testing.ts';

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
    'tickets',
    'ratings',
    'session_facts',
    'session_outcomes',
    'ticket_facts',
  ])
    await stores.clickhouse.all.command(`TRUNCATE TABLE ${table}`);
});

async function fact(id: string): Promise<Record<string, unknown>> {
  const rows = await stores.clickhouse.all.query<Record<string, unknown>>(
    'SELECT * FROM session_facts FINAL WHERE session_id = {id:String}',
    { params: { id } },
  );
  if (!rows[0]) throw new Error(`no facts of session ${id}`);
  return rows[0];
}

describe('a session becomes one row of facts', () => {
  it('starts the agent clock at the hand-off from the bot, the customer clock at the question', async () => {
    await raw.put('sessions', [aSession('s1', '11:00:00', { handoff_at: at('11:05:00') })]);
    await raw.put('messages', [
      says('s1', '11:00:00', 'customer'),
      says('s1', '11:00:01', 'bot'),
      says('s1', '11:05:20', 'agent'),
    ]);
    await raw.derive();
    expect(await fact('s1')).toMatchObject({
      replied: true,
      first_reply_ms: '20000',
      first_reply_customer_ms: '320000',
      first_agent_id: 'A',
    });
  });

  it('two agents who reply at the same instant count in the order of their message ids, derived at once or alone', async () => {
    await raw.put('sessions', [aSession('s9', '10:00:00'), aSession('s10', '10:00:00')]);
    await raw.put('messages', [
      says('s9', '10:00:00', 'customer'),
      says('s9', '10:00:07', 'agent', { sender_id: 'A', message_id: 'm2' }),
      says('s9', '10:00:07', 'agent', { sender_id: 'B', message_id: 'm1' }),
      says('s10', '10:00:00', 'customer'),
    ]);
    await raw.derive();
    const expected = { first_agent_id: 'B', owner_agent_id: 'A', tied: true, slice_agent_id: ['B', 'A'] };
    expect(await fact('s9')).toMatchObject(expected);
    expect(await fact('s10')).toMatchObject({ tied: false, replied: false });
    await raw.put(
      'sessions',
      Array.from({ length: 20 }, (_, i) => aSession(`other-${i}`, '10:00:00')),
    );
    await raw.derive();
    await raw.put('ratings', [{ session_id: 's9', score: 5, at: at('10:30:00'), valid: true }]);
    await raw.derive();
    expect(await fact('s9')).toMatchObject({ ...expected, rating_score: 5 });
  });

  it('closes a turn with the first human reply and counts repeated questions as one turn', async () => {
    await raw.put('sessions', [aSession('s2', '10:10:15')]);
    await raw.put('messages', [
      says('s2', '10:10:15', 'customer'),
      says('s2', '10:15:20', 'customer'),
      says('s2', '10:18:10', 'agent'),
      says('s2', '10:18:30', 'customer'),
      says('s2', '10:19:00', 'agent'),
    ]);
    await raw.derive();
    expect(await fact('s2')).toMatchObject({
      turn_reply_ms: ['475000', '30000'],
      slice_turns: [2],
      slice_turns_within_3min: [1],
      slice_reply_ms: ['505000'],
    });
  });

  it('a greeting, an automatic reply, a note and a withdrawn message answer nobody', async () => {
    await raw.put('sessions', [aSession('s3', '10:00:00', { assigned_agent_id: 'B' })]);
    await raw.put('messages', [
      says('s3', '09:59:00', 'agent'),
      says('s3', '10:00:00', 'customer'),
      says('s3', '10:00:01', 'agent', { auto: true }),
      says('s3', '10:00:02', 'agent', { kind: 'note' }),
      says('s3', '10:00:03', 'agent', { kind: 'withdrawn' }),
    ]);
    await raw.derive();
    expect(await fact('s3')).toMatchObject({
      replied: false,
      turn_reply_ms: [],
      first_agent_id: 'B',
      open_turn_started_at: '2026-10-12 02:00:00.000',
    });
  });

  it('arriving late, twice and out of order, messages lead to the same facts', async () => {
    const talk = [
      says('s4', '10:00:00', 'customer'),
      says('s4', '10:00:30', 'agent'),
      says('s4', '10:01:00', 'customer'),
      says('s4', '10:02:00', 'agent'),
    ];
    await raw.put('sessions', [aSession('s4', '10:00:00')]);
    await raw.put('messages', talk);
    await raw.derive();
    const { version: _, ...atOnce } = await fact('s4');
    await stores.clickhouse.all.command('TRUNCATE TABLE messages');
    await stores.clickhouse.all.command('TRUNCATE TABLE sessions');
    await stores.clickhouse.all.command('TRUNCATE TABLE session_facts');
    for (const message of [talk[3], talk[0], talk[2], talk[1]]) {
      if (message) await raw.put('messages', [message]);
      await raw.derive();
    }
    await raw.put('sessions', [aSession('s4', '10:00:00')]);
    await raw.derive();
    const { version: __, ...piecemeal } = await fact('s4');
    expect(piecemeal).toEqual(atOnce);
  });

  it('counts business time only within service hours', async () => {
    await raw.put('sessions', [aSession('s5', '22:59:00')]);
    await raw.put('messages', [
      says('s5', '22:59:00', 'customer'),
      { ...says('s5', '09:01:00', 'agent'), at: at('09:01:00', '2026-10-13') },
    ]);
    await raw.derive();
    expect(await fact('s5')).toMatchObject({
      first_reply_ms: String((10 * 3600 + 120) * 1000),
      first_reply_business_ms: '120000',
    });
  });

  it('service hours of a day may have breaks: whoever comes within one is outside, and its time is no business time', async () => {
    const span = (from: string, to: string) => ({
      ...{ date: '2026-10-12', type: 'hours', shop: 'lunch', metric: '', from, to },
    });
    await raw.put('calendar', [span('09:00', '12:00'), span('13:00', '18:00')]);
    const starts = ['08:59:59', '09:00:00', '11:59:59', '12:00:00', '12:59:59', '13:00:00', '17:59:59', '18:00:00'];
    await raw.put('sessions', [
      ...starts.map((start) => aSession(`b ${start}`, start, { shop: 'lunch' })),
      aSession('over lunch', '11:59:00', { shop: 'lunch' }),
      aSession('after work', '18:30:00', { shop: 'lunch', offline: true }),
      aSession('elsewhere', '12:30:00', { shop: 'other' }),
    ]);
    await raw.put('messages', [
      ...starts.map((start) => says(`b ${start}`, start, 'customer')),
      says('over lunch', '11:59:00', 'customer'),
      says('over lunch', '13:00:30', 'agent'),
      says('after work', '18:30:00', 'customer'),
      says('after work', '09:00:00', 'agent', { at: at('22:59:59', '2026-10-13') }),
      says('elsewhere', '12:30:00', 'customer'),
    ]);
    await raw.derive();
    const outside = await Promise.all(starts.map(async (start) => (await fact(`b ${start}`)).outside_hours));
    expect(outside).toEqual([true, false, false, true, true, false, false, true]);
    expect((await fact('elsewhere')).outside_hours).toBe(false);
    expect(await fact('over lunch')).toMatchObject({ first_reply_ms: '3690000', first_reply_business_ms: '90000' });
    expect((await fact('after work')).offline_handled).toBe(true);
  });

  it('splits a session between those who took part: gaps up to a minute, the tail to the last, wrap-up too', async () => {
    await raw.put('sessions', [
      aSession('s9', '10:00:00', { ended_at: at('10:10:00'), hold_ms: '7000', wrap_ms: '3000' }),
    ]);
    await raw.put('messages', [
      says('s9', '10:00:00', 'customer'),
      says('s9', '10:02:00', 'agent'),
      says('s9', '10:02:30', 'customer'),
      says('s9', '10:02:40', 'agent', { sender_id: 'B' }),
      says('s9', '10:03:00', 'customer'),
    ]);
    await raw.derive();
    expect(await fact('s9')).toMatchObject({
      slice_agent_id: ['A', 'B'],
      slice_active_ms: ['60000', '60000'],
      slice_span_ms: ['120000', '480000'],
      slice_handle_ms: ['60000', '70000'],
    });
  });

  it('a call is its owner’s: speech, hold and wrap-up, without a message', async () => {
    const call = {
      ended_at: at('10:10:00'),
      assigned_agent_id: 'B',
      talk_ms: '200000',
      hold_ms: '20000',
      wrap_ms: '30000',
    };
    await raw.put('sessions', [aSession('s10', '10:00:00', call)]);
    await raw.derive();
    expect(await fact('s10')).toMatchObject({
      slice_agent_id: ['B'],
      slice_replies: [0],
      slice_active_ms: ['200000'],
      slice_span_ms: ['600000'],
      slice_handle_ms: ['250000'],
    });
  });

  it('whoever waits in a queue is answered by the first assignment, or gives up before it', async () => {
    const event = (subject_id: string, time: string, type: string, more: object = {}) => ({
      ...{ subject_kind: 'session', subject_id, at: at(time), type },
      ...more,
    });
    await raw.put('sessions', [
      aSession('q1', '10:00:00', { queued_at: at('10:00:05') }),
      aSession('q2', '10:00:00'),
      aSession('q3', '10:00:00', { queued_at: at('10:00:05') }),
      aSession('q4', '10:00:00'),
    ]);
    await raw.put('events', [
      event('q1', '10:00:25', 'assigned', { agent_id: 'A' }),
      event('q1', '10:00:26', 'abandoned'),
      event('q2', '10:00:10', 'queued'),
      event('q2', '10:00:14', 'abandoned'),
    ]);
    await raw.derive();
    const outcome = async (id: string) => {
      const { queue_outcome, queue_wait_ms } = await fact(id);
      return `${queue_outcome} ${queue_wait_ms}`;
    };
    expect(await Promise.all(['q1', 'q2', 'q3', 'q4'].map(outcome))).toEqual([
      'answered 20000',
      'abandoned 4000',
      'waiting 0',
      ' 0',
    ]);
  });

  it('an offline message is handled until the next service day ends', async () => {
    const left = (id: string, start: string) => aSession(id, start, { offline: true });
    await raw.put('sessions', [left('o1', '23:30:00'), left('o2', '23:30:00'), left('o3', '08:00:00')]);
    const reply = (id: string, time: string, day: string) => ({ ...says(id, time, 'agent'), at: at(time, day) });
    await raw.put('messages', [
      says('o1', '23:30:00', 'customer'),
      reply('o1', '22:59:59.999', '2026-10-13'),
      says('o2', '23:30:00', 'customer'),
      reply('o2', '23:00:00', '2026-10-13'),
      says('o3', '08:00:00', 'customer'),
      reply('o3', '09:00:00', '2026-10-13'),
    ]);
    await raw.derive();
    const handled = await Promise.all(['o1', 'o2', 'o3'].map(async (id) => (await fact(id)).offline_handled));
    expect(handled).toEqual([true, false, false]);
  });

  it('a customer who comes back is found from the session that was closed before', async () => {
    await raw.put('sessions', [
      { ...aSession('s6', '10:00:00', { ended_at: at('10:10:00'), issue: 'repair' }), customer_id: 'c' },
      { ...aSession('s7', '12:00:00', { ended_at: at('12:10:00'), issue: 'invoice' }), customer_id: 'c' },
      { ...aSession('s8', '13:00:00', { ended_at: at('13:10:00'), issue: 'repair' }), customer_id: 'c' },
    ]);
    await raw.put(
      'messages',
      ['s6', 's7', 's8'].map((id, i) => says(id, `1${i === 0 ? 0 : i + 1}:00:00`, 'customer')),
    );
    await raw.derive();
    const rows = await stores.clickhouse.all.query<{ session_id: string; next_contact_at: string | null }>(
      'SELECT session_id, next_contact_at FROM session_outcomes FINAL ORDER BY session_id',
    );
    expect(rows).toEqual([
      { session_id: 's6', next_contact_at: '2026-10-12 05:00:00.000' },
      { session_id: 's7', next_contact_at: null },
      { session_id: 's8', next_contact_at: null },
    ]);
  });
});

describe('who comes back', () => {
  const returns = async () =>
    Object.fromEntries(
      (
        await stores.clickhouse.all.query<{ session_id: string; back: string | null }>(
          `SELECT session_id, toString(next_contact_at, 'UTC') AS back FROM session_outcomes FINAL ORDER BY session_id`,
        )
      ).map(({ session_id, back }) => [session_id, back?.slice(11, 16) ?? null]),
    );
  const begun = (session_id: string, time: string, customer_id: string, more: object = {}) =>
    aSession(session_id, time, { customer_id, ended_at: at(time), issue: 'leak', talk_ms: 1000, ...more });

  it('a session that is given to another customer counts for that one’s sessions before, and no longer for the first’s', async () => {
    await raw.put('sessions', [
      begun('anna 1', '09:00:00', 'anna'),
      begun('bob 1', '09:10:00', 'bob'),
      begun('moves', '10:00:00', 'anna'),
      begun('anna 2', '11:00:00', 'anna'),
    ]);
    await raw.derive();
    expect(await returns()).toEqual({ 'anna 1': '02:00', 'anna 2': null, 'bob 1': null, moves: '03:00' });
    await raw.put('sessions', [begun('moves', '10:00:00', 'bob', { updated_at: at('12:00:00') })]);
    await raw.derive();
    expect(await returns()).toEqual({ 'anna 1': '03:00', 'anna 2': null, 'bob 1': '02:00', moves: null });
  });

  it('a new session counts for what its customer had before, also where only a message says whose it is', async () => {
    // So many that the others are not derived with it.
    const others = Array.from({ length: 6 }, (_, n) => begun(`other ${n}`, '09:00:00', `other ${n}`));
    const known = [begun('anna 1', '09:00:00', 'anna', { issue: '' }), begun('bob 1', '09:10:00', 'bob')];
    await raw.put('sessions', [...known, ...others]);
    await raw.derive();
    expect(await returns()).toMatchObject({ 'anna 1': null, 'bob 1': null });
    await raw.put('messages', [says('no row', '10:00:00', 'customer', { customer_id: 'anna' })]);
    await raw.put('sessions', [begun('bob 2', '11:00:00', 'bob')]);
    await raw.derive();
    expect(await returns()).toMatchObject({ 'anna 1': '02:00', 'bob 1': '03:00', 'bob 2': null, 'no row': null });
  });
});

describe('where the source has no sessions', () => {
  const chats = (time: string, sender: string, more: object = {}) => ({
    ...says('', time, sender),
    customer_id: 'anna',
    ...more,
  });
  const cutSessions = async () =>
    await stores.clickhouse.all.query<{ session_id: string; message_count: number; replied: boolean }>(
      'SELECT session_id, message_count, replied FROM session_facts FINAL ORDER BY started_at',
    );

  beforeEach(async () => stores.clickhouse.all.command('TRUNCATE TABLE uncut_messages'));

  it('a customer back after 9:59.999 rejoins, after 10:00.000 begins anew; an answer to one who waits never begins anew', async () => {
    await raw.put('uncut_messages', [
      chats('10:00:00', 'customer'),
      chats('10:30:00', 'agent'),
      chats('10:39:59.999', 'customer'),
      chats('10:40:00', 'agent'),
      chats('10:50:00', 'customer'),
    ]);
    await raw.derive();
    expect((await cutSessions()).map((row) => [row.message_count, row.replied])).toEqual([
      [4, true],
      [1, false],
    ]);
  });

  it('a late message that joins two sessions leaves one, as if it had come in time', async () => {
    const [first, late, last] = [
      chats('10:00:00', 'customer'),
      chats('10:08:00', 'customer'),
      chats('10:16:00', 'customer'),
    ];
    await raw.put('uncut_messages', [first, last]);
    await raw.derive();
    expect(await cutSessions()).toHaveLength(2);
    await raw.put('uncut_messages', [late]);
    await raw.derive();
    expect((await cutSessions()).map((row) => row.message_count)).toEqual([3]);
  });
});

// Last in this file: the people and the calendar that they bring stay.
describe('a shift over midnight', () => {
  it('that arrives late is presence on its second day too', async () => {
    await raw.put('calendar', [
      { date: '2026-10-11', type: 'hours', shop: 'night', metric: '', from: '00:00', to: '24:00' },
    ]);
    await raw.put('agents', [{ agent_id: 'owl', name: 'owl', team: '', shop: 'night' }]);
    const shift = (scheduled_start: string, scheduled_end: string) => ({
      ...{ agent_id: 'owl', scheduled_start, scheduled_end, actual_start: scheduled_start, actual_end: scheduled_end },
    });
    await raw.put('attendance', [shift(at('09:00:00', '2026-10-11'), at('18:00:00', '2026-10-11'))]);
    const others = Array.from({ length: 6 }, (_, n) => aSession(`other ${n}`, '09:00:00'));
    await raw.put('sessions', [
      ...others,
      aSession('at three', '03:00:00', { started_at: at('03:00:00', '2026-10-11'), shop: 'night' }),
    ]);
    await raw.derive();
    expect((await fact('at three')).outside_hours).toBe(true);
    await raw.put('attendance', [shift(at('22:00:00', '2026-10-10'), at('06:00:00', '2026-10-11'))]);
    await raw.derive();
    expect((await fact('at three')).outside_hours).toBe(false);
  });
});

describe('where clocks change', () => {
  it('service hours are by the clock on that day too, with an empty calendar', async () => {
    const berlin = new RawRows(stores, 'Europe/Berlin');
    const utc = (time: string) => `2026-03-29T${time}Z`;
    const asked = (id: string, from: string, to: string) => ({
      session: { session_id: id, customer_id: id, started_at: utc(from) },
      messages: [
        { session_id: id, at: utc(from), sender: 'customer' },
        { session_id: id, at: utc(to), sender: 'agent', sender_id: 'A' },
      ],
    });
    // 09:00 in summer time is 07:00 UTC, and 23:00 is 21:00.
    const all = [
      asked('early', '06:59:59', '07:00:30'),
      asked('open', '07:00:00', '07:00:30'),
      asked('late', '20:59:59', '21:00:30'),
      asked('closed', '21:00:00', '21:00:30'),
    ];
    await stores.clickhouse.all.command('TRUNCATE TABLE calendar');
    await berlin.put(
      'sessions',
      all.map(({ session }) => session),
    );
    await berlin.put(
      'messages',
      all.flatMap(({ messages }) => messages),
    );
    await berlin.derive();
    const facts = await Promise.all(all.map(({ session }) => fact(session.session_id)));
    expect(facts.map(({ outside_hours, first_reply_business_ms: ms }) => [outside_hours, Number(ms)])).toEqual([
      [true, 30_000],
      [false, 30_000],
      [false, 1_000],
      [true, 0],
    ]);
  });
});

describe('a ticket’s business time', () => {
  const day = (time: string, date: string) => at(time, date);
  it('is what lies within service hours, and follows the hours of a day that are declared later', async () => {
    await raw.put('tickets', [
      {
        ticket_id: 't1',
        customer_id: 'c1',
        kind: 'consult',
        created_at: day('22:00:00', '2026-10-12'),
        closed_at: day('10:00:00', '2026-10-14'),
      },
      { ticket_id: 't2', customer_id: 'c2', kind: 'consult', created_at: day('22:00:00', '2026-10-12') },
    ]);
    await raw.derive();
    const hours = async () => {
      const rows = await stores.clickhouse.all.query<{ ticket_id: string; ms: string }>(
        'SELECT ticket_id, cycle_business_ms AS ms FROM ticket_facts FINAL ORDER BY ticket_id',
      );
      return rows.map(({ ms }) => Number(ms) / 3_600_000);
    };
    expect(await hours()).toEqual([1 + 14 + 1, 0]);
    await raw.put('calendar', [{ date: '2026-10-13', type: 'hours', shop: '', from: '10:00', to: '12:00' }]);
    await raw.derive();
    expect(await hours()).toEqual([1 + 2 + 1, 0]);
  });
});

describe('a ticket that is reopened again and again', () => {
  it('keeps every instant at which it was closed or open again, whatever its row and its events say twice', async () => {
    const day = (date: number, time = '10:00:00') => at(time, `2026-10-${date}`);
    const ticket = (ticket_id: string, more: object) => ({
      ...{ ticket_id, customer_id: ticket_id, kind: 'consult', created_at: day(10), ...more },
    });
    const event = (subject_id: string, type: string, date: string) => ({
      ...{ subject_kind: 'ticket', subject_id, type, at: date },
    });
    await raw.put('tickets', [
      ticket('row', { first_closed_at: day(11), reopened_at: day(12), closed_at: day(13) }),
      ticket('twice', { first_closed_at: day(11), reopened_at: day(12), closed_at: day(15) }),
      ticket('events', {}),
      ticket('at once', { first_closed_at: day(11), reopened_at: day(12), closed_at: day(12) }),
      ticket('open', {}),
    ]);
    await raw.put('events', [
      event('twice', 'closed', day(11)),
      event('twice', 'reopened', day(12)),
      event('twice', 'closed', day(13)),
      event('twice', 'closed', day(13, '11:00:00')),
      event('twice', 'reopened', day(14)),
      event('events', 'closed', day(11)),
      event('events', 'reopened', day(12)),
      event('events', 'closed', day(12, '12:00:00')),
      event('events', 'reopened', day(12, '12:00:00')),
    ]);
    await raw.derive();
    const rows = await stores.clickhouse.all.query<{ ticket_id: string; days: number[] }>(
      `SELECT ticket_id, arrayMap(t -> toDayOfMonth(t, 'Asia/Shanghai'), switched_at) AS days FROM ticket_facts FINAL ORDER BY ticket_id`,
    );
    expect(Object.fromEntries(rows.map(({ ticket_id, days }) => [ticket_id, days]))).toEqual({
      row: [11, 12, 13],
      twice: [11, 12, 13, 14, 15],
      events: [11, 12, 12, 12],
      'at once': [11, 12, 12],
      open: [],
    });
  });

  it('as facts of an earlier definition tell it, with one reopening, was closed when they said so', async () => {
    await stores.clickhouse.all.command(
      `INSERT INTO ticket_facts (ticket_id, created_at, first_closed_at, reopened_at, closed_at)
       SELECT c1, toDateTime64('2026-10-01 00:00:00', 3), if(c2 = 0, NULL, fromUnixTimestamp64Milli(toInt64(c2))),
         if(c3 = 0, NULL, fromUnixTimestamp64Milli(toInt64(c3))), if(c4 = 0, NULL, fromUnixTimestamp64Milli(toInt64(c4)))
       FROM values(('open', 0, 0, 0), ('closed', 1, 0, 1), ('open again', 1, 2, 1), ('again', 1, 2, 3), ('early', 2, 1, 3), ('early open', 2, 1, 0))`,
    );
    const rows = await stores.clickhouse.all.query<{ ticket_id: string; ms: string[] }>(
      'SELECT ticket_id, arrayMap(t -> toUnixTimestamp64Milli(t), switched_at) AS ms FROM ticket_facts FINAL',
    );
    expect(Object.fromEntries(rows.map(({ ticket_id, ms }) => [ticket_id, ms.map(Number)]))).toEqual({
      ...{ open: [], closed: [1], 'open again': [1, 2], again: [1, 2, 3], early: [3], 'early open': [] },
    });
  });
});
