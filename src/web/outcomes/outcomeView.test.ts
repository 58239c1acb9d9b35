import { expect, test } from 'vitest';
import { outcomeKey } from './outcomeKey.ts';
import { isOutside } from './outcomeView.ts';

const raise = { kind: 'raise' as const, from: '5', to: '10' };
const decided = (percent: string) => ({ at: '', by: '', reason: '', decision: { percent } });

test('a raise outside the range its rule proposes says so; without a range nothing is outside', () => {
  expect(
    ['4.99', '5', '10', '10.01'].map((percent) => isOutside({ suggestion: raise, decided: decided(percent) })),
  ).toEqual([true, false, false, true]);
  expect(isOutside({ suggestion: { ...raise, from: null, to: null }, decided: decided('99') })).toBe(false);
});

test('keys decide only where no modifier is held', () => {
  const key = (name: string, held = false) => outcomeKey({ key: name, ctrlKey: held, metaKey: false, altKey: false });
  expect(['a', 'D', 'j', 'ArrowUp', 'o', 'z'].map((name) => key(name))).toEqual([
    ...['approved', 'declined', 'next', 'previous', 'open', null],
  ]);
  expect(key('a', true)).toBe(null);
});
