import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../facts/testing.ts';
import type { Actor } from '../people/actor.ts';
import { silentLog } from '../platform/log.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { readEvidence } from './verbs/readEvidence.ts';
import { readMetrics } from './verbs/readMetrics.ts';
import { readTranscript } from './verbs/readTranscript.ts';

let stores: TestStores;
const deps = () => ({ stores, now: () => Date.parse('2026-12-01T00:00:00Z'), timeZone, log: silentLog });
const director: Actor = { userId: 'u', name: 'u', role: 'supervisor', scope: { kind: 'all' }, agentId: null };
const agentB: Actor = { userId: 'b', name: 'b', role: 'agent', scope: { kind: 'self', agentId: 'B' }, agentId: 'B' };

const count = 230;
beforeAll(async () => {
  stores = await startTestStores();
  const raw = new RawRows(stores);
  const ids = Array.from({ length: count }, (_, i) => `s${String(i).padStart(3, '0')}`);
  const time = (i: number) => `1${Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')}`;
  await raw.put(
    'sessions',
    ids.map((id, i) => aSession(id, `${time(i)}:00`, { customer_id: i === 0 ? '13800138000' : `c${i}` })),
  );
  await raw.put(
    'messages',
    ids.flatMap((id, i) => [
      says(id, `${time(i)}:00`, 'customer', { text: '我的电话 13912345678' }),
      says(id, `${time(i)}:${i % 3 === 0 ? '31' : '20'}`, 'agent'),
    ]),
  );
  await raw.put('sessions', [{ ...aSession('other', '10:00:00'), started_at: at('10:00:00', '2026-10-13') }]);
  await raw.put('messages', [
    { ...says('other', '', 'customer'), at: at('10:00:00', '2026-10-13') },
    { ...says('other', '', 'agent', { sender_id: 'B' }), at: at('10:00:05', '2026-10-13') },
  ]);
  await raw.derive();
});
afterAll(() => stores.close());

const pages = async (metric: string, filter: object) => {
  const answers = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer = await readEvidence(deps(), director, { metric, period: '2026-10', filter, cursor });
    answers.push(answer);
    cursor = answer.next;
  }
  return answers;
};

describe('the evidence of a figure', () => {
  it('adds up to the figure, page after page, each row once', async () => {
    const [figure] = (
      await readMetrics(deps(), director, {
        period: '2026-10',
        by: ['agent'],
        metrics: ['first_reply_30s_rate'],
        filter: { agent: ['A'] },
      })
    ).rows;
    const answers = await pages('first_reply_30s_rate', { agent: ['A'] });
    const rows = answers.flatMap((answer) => answer.rows);
    expect(answers.map((answer) => answer.rows.length)).toEqual([100, 100, 30]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(count);
    for (const answer of answers)
      expect([answer.numerator, answer.denominator, answer.total]).toEqual([
        figure?.numerator,
        figure?.denominator,
        count,
      ]);
    const sum = (values: string[]) => values.reduce((total, value) => total + Number(value), 0);
    expect(String(sum(rows.map((row) => row.numerator)))).toBe(figure?.numerator);
    expect(String(sum(rows.map((row) => row.denominator)))).toBe(figure?.denominator);
  });

  it('a platform’s preset asks for what that platform counts, its way', async () => {
    const { rows } = await readMetrics(deps(), director, { period: '2026-10', by: [], preset: 'jd', filter: {} });
    expect(rows.map(({ metric, n }) => [metric, n])).toEqual([
      ['first_reply_30s_rate:within=30:hours=9to23:returns=rejoin', count + 1],
      ['reply_rate:hours=9to23:returns=rejoin', count + 1],
    ]);
  });

  it('shows no customer’s phone number, not even as a customer id', async () => {
    const [answer] = await pages('reply_rate', { agent: ['A'] });
    expect(JSON.stringify(answer)).not.toContain('13800138000');
    expect(answer?.rows[0]?.customer).toMatch(/\*/);
  });

  it('an agent who asks for somebody else’s evidence gets nothing', async () => {
    const answer = await readEvidence(deps(), agentB, {
      metric: 'reply_rate',
      period: '2026-10',
      filter: { agent: ['A'] },
      cursor: '',
    });
    expect(answer).toMatchObject({ rows: [], total: 0, next: null });
  });

  it('a cursor that no answer gave is refused', async () => {
    await expect(
      readEvidence(deps(), director, { metric: 'reply_rate', period: '2026-10', filter: {}, cursor: 'x' }),
    ).rejects.toThrowError(/cursorUnreadable/);
  });
});

describe('a transcript', () => {
  it('marks the messages at which the counted turns open and close, and masks what customers wrote', async () => {
    const transcript = await readTranscript(deps(), director, { sessionId: 's000', reveal: false });
    expect(transcript.messages.map(({ opensTurn, answersTurn }) => [opensTurn, answersTurn])).toEqual([
      [0, null],
      [null, 0],
    ]);
    expect(transcript.turns).toMatchObject([{ replySeconds: '31.000', customerSeconds: '31.000' }]);
    expect(JSON.stringify(transcript)).not.toMatch(/13912345678|13800138000/);
  });

  it('is readable to the agent who took part although no list of agents names them, and absent for every other agent', async () => {
    await expect(readTranscript(deps(), agentB, { sessionId: 'other', reveal: false })).resolves.toMatchObject({
      masked: true,
    });
    await expect(readTranscript(deps(), agentB, { sessionId: 's000', reveal: false })).rejects.toThrowError(
      /session.unknown/,
    );
    await expect(readTranscript(deps(), agentB, { sessionId: 'no such', reveal: false })).rejects.toThrowError(
      /session.unknown/,
    );
  });
});
