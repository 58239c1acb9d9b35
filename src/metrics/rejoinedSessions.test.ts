import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { readMetricRequest } from './catalogue.ts';
import type { Dimension } from './metricValue.ts';
import { parsePeriod } from './period.ts';
import { queryMetrics } from './queryMetrics.ts';
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
  for (const table of ['messages', 'sessions', 'events', 'session_facts', 'session_outcomes'])
    await stores.clickhouse.all.command(`TRUNCATE TABLE ${table}`);
});

const now = Date.parse('2026-12-01T00:00:00Z');
const within30 = 'first_reply_30s_rate:hours=all:returns=rejoin';
const replied = 'reply_rate:hours=all:returns=rejoin';
const replySeconds = (clock: string) =>
  Array.from(
    { length: 3 },
    (_, k) => `first_reply_30s_rate:within=${[10, 30, 600][k]}:clock=${clock}:hours=all:returns=rejoin`,
  );
const figures = async (metrics: string[], by: Dimension[] = [], period = '2026-10') => {
  const question = { period: parsePeriod(period, timeZone), by, metrics, timeZone, now };
  const rows = await queryMetrics(stores.clickhouse, question);
  return rows.map(({ key, numerator, denominator }) =>
    [...Object.values(key), `${numerator}/${denominator}`].join(' '),
  );
};
const sessions = async (metric = replied, period = '2026-10') => {
  const input = { metric, period, filter: {}, cursor: '' };
  const answer = await readEvidence({ stores, now: () => now, timeZone, log: silentLog }, ownerOfTheMachine, input);
  expect([answer.numerator, answer.denominator].join('/')).toBe((await figures([metric], [], period))[0]);
  return answer.rows.map(({ id, agentId, rejoined, numerator, denominator }) =>
    [[id, ...rejoined].join('+'), agentId, `${numerator}/${denominator}`].join(' '),
  );
};

/** A session of anna's in one shop, answered after ten seconds unless `agent` is nobody. */
async function talk(
  id: string,
  start: string,
  end: string | null,
  more: { agent?: string; [column: string]: unknown } = {},
) {
  const { agent = 'A', ...row } = more;
  const ended = end === null ? {} : { ended_at: at(end) };
  await raw.put('sessions', [
    aSession(id, start, { customer_id: 'anna', shop: 'shop', channel: 'jd', ...ended, ...row }),
  ]);
  await raw.put('messages', [
    says(id, start, 'customer', { customer_id: 'anna' }),
    ...(agent === ''
      ? []
      : [
          {
            ...says(id, '', 'agent', { sender_id: agent }),
            at: new Date(Date.parse(at(start)) + 10_000).toISOString(),
          },
        ]),
  ]);
}

it('a customer back 9:59.999 after the close rejoins, after 10:00.000 begins another session; apart, each is its own', async () => {
  await talk('first', '10:00:00', '10:05:00');
  await talk('just in time', '10:14:59.999', '10:20:00', { agent: 'B' });
  await talk('too late', '10:30:00', '10:31:00');
  await raw.derive();
  expect(await sessions()).toEqual(['first+just in time A 1/1', 'too late A 1/1']);
  expect(await figures([within30], ['agent'])).toEqual(['A 2/2']);
  expect(await figures(['reply_rate:hours=all'], ['agent'])).toEqual(['A 2/2', 'B 1/1']);
  expect(await figures(['reply_rate:hours=all:returns=apart'])).toEqual(['3/3']);
});

it('three in a row are one, counted where it began, though the third is long after the first; an earlier close within a longer one breaks nothing', async () => {
  await talk('1', '10:00:00', '10:05:00');
  await talk('2', '10:10:00', '10:15:00');
  await talk('3', '10:20:00', '10:25:00');
  await talk('long', '12:00:00', '13:00:00');
  await talk('within', '12:10:00', '12:20:00');
  await talk('after', '13:05:00', '13:10:00');
  await raw.derive();
  expect(await sessions()).toEqual(['1+2+3 A 1/1', 'long+within+after A 1/1']);
  expect(await figures([replied], ['hour'])).toEqual(['10 1/1', '12 1/1']);
});

it('only sessions of one customer, shop and channel join; whose customer is unknown joins nothing, and what does not count is no bridge', async () => {
  await talk('1', '10:00:00', '10:05:00');
  await talk('other shop', '10:06:00', '10:12:00', { shop: 'other' });
  await talk('other channel', '10:06:00', '10:12:00', { channel: 'taobao' });
  await talk('other customer', '10:06:00', '10:12:00', { customer_id: 'bob' });
  await talk('nobody 1', '10:06:00', '10:07:00', { customer_id: '' });
  await talk('nobody 2', '10:08:00', '10:09:00', { customer_id: '' });
  await talk('test', '10:12:00', '10:14:00', { test: true });
  await talk('2', '10:20:00', '10:25:00');
  await raw.derive();
  expect((await sessions()).map((row) => row.replace(/ A 1\/1$/, ''))).toEqual([
    '1',
    'nobody 1',
    'other channel',
    'other customer',
    'other shop',
    'nobody 2',
    '2',
  ]);
});

it('a message that comes late and a close that is corrected join, and part again', async () => {
  await talk('open', '10:00:00', null);
  await talk('back', '10:15:00', '10:20:00');
  await raw.derive();
  expect(await sessions()).toEqual(['open A 1/1', 'back A 1/1']);
  await raw.put('messages', [says('open', '10:05:00.001', 'customer')]);
  await raw.derive();
  expect(await sessions()).toEqual(['open+back A 1/1']);
  const closed = {
    customer_id: 'anna',
    shop: 'shop',
    channel: 'jd',
    ended_at: at('10:05:00'),
    updated_at: at('11:00:00'),
  };
  await raw.put('sessions', [aSession('open', '10:00:00', closed)]);
  await raw.derive();
  expect(await sessions()).toEqual(['open A 1/1', 'back A 1/1']);
});

it('a question left unanswered waits on for the customer, and for the agent who had it all the while; for whom it was passed on to it does not', async () => {
  await talk('asked', '10:00:00', '10:01:00', { agent: '', assigned_agent_id: 'A' });
  await talk('again', '10:08:00', '10:10:00');
  await raw.derive();
  expect(await sessions(replySeconds('calendar')[1])).toEqual(['asked+again A 0/1']);
  expect(await figures(replySeconds('calendar'))).toEqual(['0/1', '0/1', '1/1']);
  expect(await figures(replySeconds('customer'))).toEqual(['0/1', '0/1', '1/1']);
  expect(await figures(replySeconds('business'))).toEqual(['1/1', '1/1', '1/1']);
  const passedOn = {
    subject_kind: 'session',
    subject_id: 'asked',
    type: 'transferred',
    agent_id: 'A',
    to_agent_id: 'B',
  };
  await raw.put('events', [{ event_id: 'e', at: at('10:00:30'), ...passedOn }]);
  await raw.derive();
  expect(await figures(replySeconds('calendar'))).toEqual(['1/1', '1/1', '1/1']);
  expect(await figures(replySeconds('customer'))).toEqual(['0/1', '0/1', '1/1']);
  expect(await figures(['reply_rate:hours=all'])).toEqual(['1/2']);
  expect(await figures([replied], ['agent'])).toEqual(['A 1/1']);
});

it('a transfer between two sessions credits who replied first; where nobody did, who had it first', async () => {
  await talk('1', '10:00:00', '10:05:00', { agent: '', assigned_agent_id: 'A' });
  await talk('2', '10:06:00', '10:07:00', { agent: 'B', assigned_agent_id: 'B' });
  await talk('3', '10:08:00', '10:09:00', { agent: 'C' });
  await talk('never 1', '15:00:00', '15:05:00', { agent: '' });
  await talk('never 2', '15:06:00', '15:07:00', { agent: '', assigned_agent_id: 'C' });
  await raw.derive();
  expect(await sessions()).toEqual(['1+2+3 B 1/1', 'never 1+never 2 C 0/1']);
  expect(await figures(['first_reply_30s_rate:hours=all:unreplied=miss:returns=rejoin'], ['agent'])).toEqual([
    'B 1/1',
    'C 0/1',
  ]);
});

it('over the end of a period, it belongs where it began, with the reply that came after', async () => {
  const day = (id: string, start: string, end: string, more: object = {}) =>
    aSession(id, '00:00:00', { customer_id: 'anna', started_at: start, ended_at: end, ...more });
  const last = (time: string) => at(time, '2026-10-31');
  const next = (time: string) => at(time, '2026-11-01');
  await raw.put('sessions', [
    day('1', last('23:40:00'), last('23:45:00')),
    day('2', last('23:54:00'), last('23:56:00')),
    day('3', next('00:05:59.999'), next('00:06:00')),
    day('4', next('00:15:00'), next('00:16:00')),
    day('of november', next('00:26:00'), next('00:27:00')),
  ]);
  await raw.put('messages', [
    ...[...['1', '2'].map((id) => ({ ...says(id, '', 'customer'), at: last(id === '1' ? '23:41:00' : '23:54:30') }))],
    ...['3', '4', 'of november'].map((id, k) => ({
      ...says(id, '', 'customer'),
      at: next(`00:${['05:59.999', '15:00', '26:00'][k]}`),
    })),
    { ...says('4', '', 'agent'), at: next('00:15:20') },
  ]);
  await raw.derive();
  expect(await sessions(replied)).toEqual(['1+2+3+4 A 1/1']);
  expect(await sessions(replied, '2026-11')).toEqual(['of november  0/1']);
  expect(await figures([replied], ['day'], '2026-10-31..2026-11-01')).toEqual(['2026-10-31 1/1', '2026-11-01 0/1']);
  // Of the four, one that is struck out takes the whole along: it was counted once.
  const struck = recordShares(stores.clickhouse, readMetricRequest(replied), [{ kind: 'session', id: '1' }], {
    ...{ period: parsePeriod('2026-10', timeZone), timeZone, now, agentId: 'A' },
  });
  expect(await struck).toMatchObject([{ day: '2026-10-31', numerator: '1', denominator: '1', n: 1 }]);
});

it('the whole starts where its first part does, also for the hours that count', async () => {
  await talk('1', '08:55:00', '08:58:00');
  await talk('2', '09:02:00', '09:05:00');
  await talk('3', '22:59:00', '22:59:30');
  await talk('4', '23:05:00', '23:06:00');
  await raw.derive();
  for (const hours of ['shop', '9to23'])
    expect(await sessions(`reply_rate:hours=${hours}:returns=rejoin`)).toEqual(['3+4 A 1/1']);
  expect(await figures(['reply_rate:hours=8to23:returns=rejoin'])).toEqual(['2/2']);
});
