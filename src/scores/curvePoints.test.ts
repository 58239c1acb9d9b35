import { expect, test } from 'vitest';
import { curvePoints } from './curvePoints.ts';
import { resolved, shippedPlan } from './testing.ts';

const item = resolved(shippedPlan('appliance-aftersales')).blocks[0]?.items[0];
const points = (target: string, curve: NonNullable<typeof item>['curve']) =>
  item ? curvePoints({ ...item, target, curve }) : null;

test('a range is drawn through its two marks, and not past 100 percent', () => {
  const drawn = points('95', { curve: 'range', pass: '90' });
  expect(drawn?.find(([value]) => value === 90)?.[1]).toBe(0.8);
  expect(drawn?.find(([value]) => value === 95)?.[1]).toBe(1);
  expect(drawn?.at(-1)).toEqual([100, 1]);
});

test('a step jumps where it stands', () => {
  const drawn = points('90', { curve: 'step', steps: [{ at: '80', gives: '0.5' }] }) ?? [];
  const place = drawn.findIndex(([value]) => value === 80);
  expect([drawn[place - 1]?.[1], drawn[place]?.[1]]).toEqual([0, 0.5]);
});

test('a target of several numbers has no one line', () => {
  expect(item && curvePoints({ ...item, target: { byPriority: { normal: '24', urgent: '4' } } })).toBe(null);
});
