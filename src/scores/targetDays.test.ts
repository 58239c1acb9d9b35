import { expect, test } from 'vitest';
import type { PromotionDay } from './organisation.ts';
import { promotionOn, relaxOn } from './targetDays.ts';
import { resolved, shippedPlan } from './testing.ts';

const day = '2026-11-11';
const row = (shop: string, metric: string, factor: string | null): PromotionDay => ({ day, shop, metric, factor });
const factorOf = (rows: readonly PromotionDay[]) => promotionOn(rows, day, 'avg_response_seconds')?.factor;

test('a shop’s own promotion goes before that of all shops, then the one that names the metric, in whatever order they stand', () => {
  const [all, named] = [row('', '', '1.5'), row('', 'avg_response_seconds', '1.6')];
  const [own, ownNamed] = [row('甲店', '', '2'), row('甲店', 'avg_response_seconds', '3')];
  const other = row('甲店', 'reply_rate', '9');
  for (const [rows, factor] of [
    [[all, own], '2'],
    [[all, named], '1.6'],
    [[named, own], '2'],
    [[all, named, own, ownNamed], '3'],
    [[all, other], '1.5'],
  ] as const)
    expect([factorOf(rows), factorOf(rows.toReversed())]).toEqual([factor, factor]);
  expect(factorOf([other])).toBe(undefined);
});

test('a factor below 1 that was taken in before it was refused relaxes nothing, and hardens nothing', () => {
  const plan = resolved(shippedPlan('jd-service-desk'));
  const on = (factor: string | null) =>
    relaxOn(plan, { relaxable: ['avg_response_seconds'] }, [row('', '', factor)], 'avg_response_seconds', day);
  expect([on('0'), on('0.5'), on('-1'), on('1'), on('2'), on(null)]).toEqual([null, null, null, '1', '2', '1.5']);
});
