import { expect, test } from 'vitest';
import { isRuleId, placeFeelings, precisionParts, ruleTemplate } from './rulesView.ts';

test('precision has nothing to say before anybody decided', () => {
  const none = { labelled: 0, confirmed: 0, percent: null, low: null, high: null };
  expect(precisionParts({ precision: none })).toBeNull();
  expect(precisionParts({ precision: { labelled: 4, confirmed: 3, percent: 75, low: 30.06, high: 95.44 } })).toEqual({
    ...{ percent: '75.0', low: '30.1', high: '95.4', confirmed: 3, labelled: 4 },
  });
});

test('a new rule begins under its own id', () => {
  expect(ruleTemplate('my_rule')).toContain('id: my_rule\n');
  expect(['my_rule', 'A', '1a', 'a b'].map(isRuleId)).toEqual([true, false, false, false]);
});

test('feelings run from the first message to the last, the best on top', () => {
  expect(placeFeelings([0, 50, 100])).toEqual([
    { x: 0, y: 100 },
    { x: 50, y: 50 },
    { x: 100, y: 0 },
  ]);
  expect(placeFeelings([80])).toEqual([{ x: 50, y: 20 }]);
});
