import { expect, test } from 'vitest';
import { outcomeKey } from './outcomeKey.ts';
import { asksForAll, canTake, isOutside } from './outcomeView.ts';

const raise = { kind: 'raise' as const, from: '5', to: '10' };
const decided = (percent: string) => ({ at: '', by: '', reason: '', decision: { percent } });

test('a raise outside the range its rule proposes says so; without a range nothing is outside', () => {
  expect(
    ['4.99', '5', '10', '10.01'].map((percent) => isOutside({ suggestion: raise, decided: decided(percent) })),
  ).toEqual([true, false, false, true]);
  expect(isOutside({ suggestion: { ...raise, from: null, to: null }, decided: decided('99') })).toBe(false);
});

test('a key decides or selects only where no modifier is held', () => {
  const key = (name: string, held = false) => outcomeKey({ key: name, ctrlKey: held, metaKey: false, altKey: false });
  expect(['a', 'D', ' ', 'z'].map((name) => key(name))).toEqual(['approved', 'declined', 'select', null]);
  expect(key('a', true)).toBe(null);
});

test('of several, what lacks an amount is left out of approving and not of declining; what says its tier is not asked for one', () => {
  const open = { mayDecide: true, state: 'proposed' as const, supported: true };
  const lacks = (lack: 'salary' | 'base') => ({ ...open, amount: { status: 'lacking' as const, lack } });
  const fell = { ...open, supported: false, amount: null };
  const all = [lacks('salary'), lacks('base'), fell, { ...fell, supported: true, mayDecide: false }];
  expect(all.map((each) => canTake(each, 'approved'))).toEqual([false, true, false, false]);
  expect(all.map((each) => canTake(each, 'declined'))).toEqual([true, true, true, false]);
  const promotion = (to: 'mid' | null) => ({
    ...{ kind: 'promotion' as const, amount: null, suggestion: { kind: 'promotion' as const, from: null, to } },
  });
  const training = { kind: 'training' as const, amount: null, suggestion: { kind: 'transfer' as const } };
  expect(asksForAll([promotion('mid'), training])).toEqual(['endsOn']);
  expect(asksForAll([promotion('mid')])).toEqual(['toTier']);
  expect(asksForAll([promotion('mid'), promotion(null)])).toEqual(['toTier']);
});
