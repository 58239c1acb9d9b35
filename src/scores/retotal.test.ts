import { describe, expect, test } from 'vitest';
import { changeItems } from './changeItems.ts';
import { exactTotal } from './exactTotal.ts';
import { fraction } from './fraction.ts';
import { retotalled } from './retotal.ts';
import { score } from './score.ts';
import type { ScoreInput } from './scorecard.ts';
import { exampleFour, noData, rate, redLined, resolved, shippedPlan, withValues } from './testing.ts';

const plan = resolved(shippedPlan('appliance-aftersales'));
const coupled = resolved({
  ...shippedPlan('appliance-aftersales'),
  couplings: [
    {
      ...{ id: 'c', name: { zh: '联动', en: 'Coupling' }, of: { item: 'csat' }, cap: '1' },
      ...{ by: [{ metric: 'repeat_complaint_rate', target: '5' }], floor: '0.5', ceiling: '1' },
    },
  ],
});
const inputs: Readonly<Record<string, ScoreInput>> = {
  'worked example 4': exampleFour,
  'an item without data': withValues(exampleFour, { csat_rate: noData }),
  'a block without data': withValues(exampleFour, {
    ...{ qa_score: noData, field_completeness: noData, collab_rating: noData, kb_adopted: noData },
  }),
  'too small a sample': withValues(exampleFour, { first_time_fix_rate: rate('20', '29') }),
  'a red line': { ...exampleFour, vetoes: [{ incident: 'abuse', incidentId: 'i', at: '2026-10-01' }] },
};

describe.each(Object.entries(inputs))('%s totalled again', (_, input) => {
  test.each([
    ['plain', plan],
    ['coupled', coupled],
    ['vetoing', redLined('lowestGrade')],
    ['starred', redLined('starDown')],
  ] as const)('is what scoring it whole gives, for every weight and target of a %s plan', (_name, tried) => {
    const { again } = retotalled({ plan: tried, input, card: score(tried, input) });
    for (const { id } of tried.blocks.flatMap(({ items }) => items)) {
      const heavy = changeItems(tried, (item) => ({ ...item, weight: fraction(item.id === id ? '23' : '7.7') }));
      const strict = changeItems(tried, (item) =>
        item.id === id && typeof item.target === 'string' ? { ...item, target: '97.3' } : item,
      );
      for (const [changed, what] of [
        [heavy, 'weight'],
        [strict, 'target'],
      ] as const) {
        const whole = score(changed, input);
        const rank = changed.bands.findIndex((band) => band.id === whole.grade);
        const expected = whole.total === null ? null : { total: expect.closeTo(exactTotal(whole), 8), rank };
        expect([id, what, again(changed, id, what)]).toEqual([id, what, expected]);
      }
    }
  });
});
