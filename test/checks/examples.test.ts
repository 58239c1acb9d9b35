import { afterAll, beforeAll, expect, it } from 'vitest';
import { kindNames } from '../../src/ingest/kinds.ts';
import { startTestStores, type TestStores } from '../../src/platform/testing.ts';
import type { Dataset } from './adversarial.ts';
import { importDatasets } from './importForCheck.ts';
import { buildCheckViews, check } from './runChecks.ts';

const on = (time: string) => `2026-10-12T${time}+08:00`;
const october = {
  fromMs: Date.parse('2026-10-01T00:00:00+08:00'),
  toMs: Date.parse('2026-11-01T00:00:00+08:00'),
  nowMs: Date.parse('2026-11-06T12:00:00+08:00'),
};

let stores: TestStores;
const data = Object.fromEntries(kindNames.map((kind) => [kind, []])) as unknown as Dataset;

/** A session whose lines are `who time`: c customer, b bot, or an agent's id. */
function talk(session_id: string, agent: string, lines: readonly string[], more: Record<string, string> = {}): void {
  const started_at = on(lines[0]?.split(' ')[1] ?? '');
  data.sessions.push({ session_id, customer_id: `of ${session_id}`, started_at, assigned_agent_id: agent, ...more });
  for (const line of lines) {
    const [who = '', time = ''] = line.split(' ');
    const sender = who === 'c' ? 'customer' : who === 'b' ? 'bot' : 'agent';
    data.messages.push({
      session_id,
      at: on(time),
      sender,
      sender_id: sender === 'agent' ? who : undefined,
      text: line,
    });
  }
}

beforeAll(async () => {
  for (const agent_id of ['A', 'B', 'E3']) data.agents.push({ agent_id, name: agent_id });
  talk('exactly 30 s', 'A', ['c 10:00:00.000', 'A 10:00:30.000']);
  talk('a millisecond late', 'A', ['c 10:10:00.000', 'A 10:10:30.001']);
  talk('bot first', 'A', ['c 11:00:00', 'b 11:00:01', 'A 11:05:20'], { handoff_at: on('11:05:00') });
  talk('last second', 'A', ['c 22:59:59', 'A 23:00:20']);
  talk('unreplied', 'A', ['c 12:00:00']);
  talk('before hours', 'A', ['c 08:56:00', 'A 09:01:00']);
  talk('agent first', 'A', ['A 13:00:00'], { initiated_by: 'agent' });
  talk('bot only', '', ['c 14:00:00', 'b 14:00:01']);
  talk('transferred', 'B', ['c 15:00:00', 'B 15:00:05', 'c 15:01:00', 'A 15:01:30']);
  data.events.push({
    subject_kind: 'session',
    subject_id: 'transferred',
    at: on('15:00:30'),
    type: 'transferred',
    agent_id: 'B',
    to_agent_id: 'A',
  });
  talk('example 3', 'E3', ['c 10:10:15', 'c 10:15:20', 'E3 10:18:10', 'c 10:18:30', 'E3 10:19:00']);
  stores = await startTestStores();
  await importDatasets(stores, [data], october.nowMs);
  await buildCheckViews(stores.clickhouse.all);
});
afterAll(() => stores.close());

const found = async (name: string, agent: string) => {
  const row = (await check(stores.clickhouse.all, name, october)).find(({ key }) => key === agent);
  return row && `${row.numerator}/${row.denominator}`;
};

it('worked example 1 comes out of the plain SQL', async () => {
  expect(await found('first_reply_30s_rate', 'A')).toBe('3/4');
  expect(await found('first_reply_30s_rate_unreplied_miss', 'A')).toBe('3/5');
  expect(await found('reply_rate', 'A')).toBe('4/5');
  expect(await found('first_response_seconds', 'A')).toBe('101.001/4');
});

it('worked example 3 comes out of the plain SQL', async () => {
  expect(await found('reply_3min_rate', 'E3')).toBe('1/2');
  expect(await found('avg_response_seconds', 'E3')).toBe('505/2');
});
