import { describe, expect, test } from 'vitest';
import type { Transcript } from '../../metrics/schemas.ts';
import { countTurns, sideOf } from './transcriptView.ts';

const turn = (agentId: string | null, answered: boolean) => ({
  startedAt: '2026-10-05T02:10:15Z',
  clockAt: null,
  answeredAt: answered ? '2026-10-05T02:18:10Z' : null,
  agentId,
  replySeconds: answered ? '475' : null,
  customerSeconds: answered ? '475' : null,
});

const transcript = (turns: Transcript['turns']): Transcript => ({
  session: {
    sessionId: 's1',
    customer: 'c1',
    startedAt: '2026-10-05T02:10:15Z',
    endedAt: null,
    channel: '',
    shop: '',
    queue: '',
    issue: '',
    ownerAgentId: 'a1',
    ownerName: '张三',
    firstReplySeconds: null,
    exclusions: [],
    rating: null,
    tickets: [],
  },
  messages: [],
  turns,
  masked: true,
  truncated: false,
});

const counted = (metric: string | undefined, agentId: string | undefined, ...turns: Transcript['turns']) =>
  countTurns(transcript(turns), metric, agentId).map((mark) => mark.counted);

describe('the turns that count', () => {
  const mine = turn('a1', true);
  const other = turn('a2', true);
  const open = turn('a1', false);

  test('for a first reply: the first one answered, where this person answered it', () => {
    expect(counted('first_response_seconds', 'a1', mine, mine)).toEqual([true, false]);
    expect(counted('first_reply_30s_rate', 'a1', other, mine)).toEqual([false, false]);
  });

  test('for the average: every answered turn of this person, no unanswered one', () => {
    expect(counted('avg_response_seconds', 'a1', mine, other, mine, open)).toEqual([true, false, true, false]);
  });

  test('for the share within three minutes: unanswered ones too', () => {
    expect(counted('reply_3min_rate', 'a1', mine, open)).toEqual([true, true]);
  });

  test('nowhere in a session that the metrics leave out', () => {
    const outside = transcript([mine]);
    const left = { ...outside, session: { ...outside.session, exclusions: ['outsideServiceHours' as const] } };
    expect(countTurns(left, 'avg_response_seconds', 'a1').map((mark) => mark.counted)).toEqual([false]);
  });

  test('a metric of whole sessions marks no turn, neither way', () => {
    expect(counted('one_time_resolution_rate', 'a1', mine)).toEqual([null]);
    expect(counted(undefined, undefined, mine)).toEqual([null]);
  });
});

test('notes, withdrawn and system messages stand in the middle, never as somebody speaking', () => {
  const message = {
    key: '1',
    at: '2026-10-05T02:10:15Z',
    senderId: null,
    senderName: null,
    text: '',
    auto: false,
    humanReply: false,
    opensTurn: null,
    answersTurn: null,
  };
  expect(sideOf({ ...message, sender: 'agent', kind: 'note' })).toBe('middle');
  expect(sideOf({ ...message, sender: 'customer', kind: 'withdrawn' })).toBe('middle');
  expect(sideOf({ ...message, sender: 'system', kind: 'text' })).toBe('middle');
  expect(sideOf({ ...message, sender: 'bot', kind: 'text' })).toBe('bot');
});
