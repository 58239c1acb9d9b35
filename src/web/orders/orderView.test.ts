import { describe, expect, it } from 'vitest';
import type { AgentRef, OrderEvent, OrderPage } from '../../metrics/orderSchemas.ts';
import { choiceOf, difference, type OrderChoice, whyOf, windowRuns } from './orderView.ts';

const agent = (agentId: string): AgentRef => ({ is: 'agent', agentId, name: agentId });
const choice = (
  rule: OrderChoice['rule'],
  windowDays: number,
  who: string | null,
  reason: OrderChoice['reason'],
): OrderChoice => ({
  ...{ rule, credit: 'lastChat', windowDays, reason, sessionId: null },
  agent: who === null ? null : agent(who),
});
const at = (time: string) => `2026-10-12T${time}.000Z`;
const chat = (who: string, from: string, until: string): OrderEvent => ({
  ...{ kind: 'chat', at: at(from), until: at(until), rounds: 2, sessionId: null },
  agent: agent(who),
});
const approach = (who: string, time: string): OrderEvent => ({
  kind: 'approach',
  at: at(time),
  agent: agent(who),
  sessionId: null,
});
const page = (
  events: readonly OrderEvent[],
  choices: readonly OrderChoice[],
  order: Partial<OrderPage['order']> = {},
) =>
  ({
    events,
    choices,
    order: { createdAt: at('12:00:00'), paidAt: at('13:00:00'), cancelledAt: null, ...order },
  }) as OrderPage;

describe('the page of an order', () => {
  it('joins the windows that credit the same person for the same reason', () => {
    const shown = page(
      [],
      [
        choice('order', 4, 'B', 'lastChat'),
        choice('order', 2, null, 'outsideWindow'),
        choice('order', 3, null, 'outsideWindow'),
      ],
    );
    expect(windowRuns(shown, 'order', 'lastChat').map((run) => [run.from, run.to, run.choice.agent?.is])).toEqual([
      [2, 3, undefined],
      [4, 4, 'agent'],
    ]);
    expect(windowRuns(shown, 'payment', 'lastChat')).toEqual([]);
  });

  it('says that order first rests on the order where that credits somebody, else on the payment', () => {
    const events = [chat('A', '10:00:00', '10:05:00'), chat('A', '12:10:00', '12:20:00')];
    const both = page(events, [choice('order', 2, 'A', 'lastChat'), choice('orderFirst', 2, 'A', 'lastChat')]);
    const settings = { credit: 'lastChat', windowDays: 2 } as const;
    expect(whyOf(both, choiceOf(both, 'orderFirst', settings) as OrderChoice)).toMatchObject({
      key: 'lastChat.order',
      at: at('10:05:00'),
    });
    const late = page(events, [choice('order', 2, null, 'afterOrder'), choice('orderFirst', 2, 'A', 'lastChat')]);
    expect(whyOf(late, choiceOf(late, 'orderFirst', settings) as OrderChoice)).toMatchObject({
      key: 'lastChat.payment',
      at: at('12:20:00'),
    });
  });

  it('names who cut in, not who reminded in the first five minutes', () => {
    const shown = page([approach('R', '12:05:00'), approach('H', '12:05:01'), approach('F', '13:10:00')], []);
    expect(whyOf(shown, choice('order', 2, null, 'hijack'))).toEqual({
      key: 'hijack',
      agent: agent('H'),
      at: at('12:05:01'),
    });
  });

  it('tells the follow-up by its instant after the first minute, and the cancellation that took the credit back', () => {
    const shown = page([approach('F', '13:00:59'), approach('F', '13:01:00')], [], { cancelledAt: at('20:00:00') });
    expect(whyOf(shown, choice('order', 2, 'F', 'followUp')).at).toBe(at('13:01:00'));
    expect(whyOf(shown, choice('order', 2, null, 'clawedBack')).at).toBe(at('20:00:00'));
  });

  it('takes a difference to the hundredth, and none where a figure is missing', () => {
    expect(difference('0.1', '0.3')).toBe('0.20');
    expect(difference('2990', '0')).toBe('-2990.00');
    expect(difference(null, '1')).toBeNull();
  });
});
