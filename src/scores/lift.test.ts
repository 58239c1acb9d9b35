import { describe, expect, test } from 'vitest';
import { lifts } from './lift.ts';
import { score } from './score.ts';
import { assessed, exampleFour, figure, noData, rate, resolved, shippedPlan, withValues } from './testing.ts';

const plan = resolved(shippedPlan('appliance-aftersales'));
const liftsOf = (input = exampleFour) => lifts(plan, input, score(plan, input));

describe('what would lift a score most', () => {
  test('is what scoring the changed month again brings, by hand for worked example 4', () => {
    expect(liftsOf().map(({ item, points }) => [item, points])).toEqual([
      // One of two became two of two: 5 − 2.5. Eleven repeated complaints of 200: 10 × 5 ÷ 5.5 − 8.3333. 87 of 100: 20 − 19.2941.
      ['knowledge', '2.50'],
      ['repeat_complaints', '0.76'],
      ['first_contact_resolution', '0.71'],
    ]);
  });

  test('says the step and both values in one sentence, in both languages', () => {
    const [, complaints, contact] = liftsOf();
    expect(complaints?.text.zh).toBe('重复投诉率在 200 个里少 1 个（6.00% → 5.50%），可多得 0.76 分');
    expect(contact?.text.en).toBe(
      'First contact resolution: 5 more good ones of 100 (82.00% → 87.00%), 0.71 more points',
    );
  });

  test('moves all parts of an item that is judged by parts', () => {
    const slow = {
      ...exampleFour,
      byPriority: { ticket_cycle_hours: { normal: figure('5400', '180', '1'), urgent: figure('160', '20', '1') } },
    };
    const input = withValues(slow, {
      ticket_cycle_hours: figure('5560', '200', '1'),
      kb_adopted: assessed('2'),
      repeat_complaint_rate: rate('2', '200'),
      first_contact_resolution_rate: rate('99', '100'),
    });
    const [cycle] = liftsOf(input);
    // 30 h against 24 and 8 h against 4, each 5% shorter: 15 × (0.9 × 24 ÷ 30 + 0.1 × 4 ÷ 8) × (1 ÷ 0.95 − 1).
    expect(cycle).toMatchObject({ item: 'ticket_cycle', points: (15 * 0.77 * (1 / 0.95 - 1)).toFixed(2) });
  });

  test('leaves out what is at its full marks, has no data or nothing left to gain', () => {
    const full = withValues(exampleFour, {
      ...{ first_contact_resolution_rate: rate('100', '100'), repeat_complaint_rate: rate('0', '200') },
      ...{ kb_adopted: assessed('2'), qa_score: noData, field_completeness: assessed('100'), collab_rating: noData },
    });
    expect(liftsOf(full).map(({ item }) => item)).toEqual(['ticket_cycle']);
  });

  test('an unrated card has nothing to be lifted', () => {
    const empty = { ...exampleFour, values: {} };
    expect(liftsOf(empty)).toEqual([]);
  });

  test('a rate that never ends moves by whole records', () => {
    const thirds = withValues(exampleFour, { first_contact_resolution_rate: rate('200', '300') });
    const texts = liftsOf(thirds).map(({ text }) => text.zh);
    expect(texts[1]).toContain('在 300 个里再多 15 个达标（66.67% → 71.67%）');
  });

  test('a share of money moves by a point, as it has no records to win', () => {
    const money = withValues(exampleFour, { first_contact_resolution_rate: figure('600', '1000', '100', 40) });
    expect(liftsOf(money).map(({ text }) => text.zh)).toContainEqual(
      expect.stringContaining('提高 1 个百分点（60.00% → 61.00%）'),
    );
  });
});
