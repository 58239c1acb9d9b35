import { expect, test } from 'vitest';
import { blend } from '../scores/blend.ts';
import { compare, fraction, toDecimal } from '../scores/fraction.ts';
import { resolved, shippedPlan } from '../scores/testing.ts';
import { heldPart, isDisputed, partShares } from './disputes.ts';
import { item } from './testing.ts';

const desk = resolved(shippedPlan('jd-service-desk'));
const made = (...parts: [string, string | null][]) =>
  blend(
    desk,
    parts.map(([period, total]) => ({ period, total })),
  );
const whole = { n: 1n, d: 1n };

test('a month’s share of its year is one over the months in its quarter’s mean, over the quarters in the year’s; the unrated have none', () => {
  const cards = new Map([
    ['2026', made(['2026-Q1', null], ['2026-Q3', '90.00'], ['2026-Q4', '88.00'])],
    ['2026-Q4', made(['2026-10', '88.00'], ['2026-11', null], ['2026-12', '88.00'])],
  ]);
  const shares = [...partShares('2026', cards)].map(([period, share]) => [period, toDecimal(share)]);
  expect(shares).toEqual([
    ...[
      ['2026', '1'],
      ['2026-Q3', '0.5'],
      ['2026-Q4', '0.5'],
    ],
    ...[
      ['2026-10', '0.25'],
      ['2026-12', '0.25'],
    ],
  ]);
});

test('pay by grade waits for what the disputed items weigh of their part, for the whole part where the card is disputed, never for more than all', () => {
  const share = { n: 1n, d: 12n };
  const csat = [item('csat', '15', '9'), item('nps', '15', null)];
  expect(toDecimal(heldPart([{ share, items: csat }]))).toBe('0.0125');
  const both = [
    { share, items: 'all' as const },
    { share: whole, items: csat },
  ];
  expect(compare(heldPart(both), fraction('7/30'))).toBe(0);
  expect(heldPart([{ share: whole, items: 'all' }, ...both])).toEqual(whole);
  expect(heldPart([])).toEqual({ n: 0n, d: 1n });
});

test('an incentive is disputed with what it is of, with what its coupling looks at, through items and other couplings, and with the whole card', () => {
  const taobao = shippedPlan('taobao-service-manager');
  const selling = taobao.couplings?.[0];
  if (!selling) throw new Error('no coupling');
  const plan = {
    ...taobao,
    couplings: [
      { ...selling, by: [...selling.by, { coupling: 'manner' }] },
      { ...selling, id: 'manner', of: { item: 'tone' }, by: [{ item: 'words' }] },
    ],
  };
  const disputed = (items: 'all' | ReturnType<typeof item>[]) =>
    isDisputed(plan, 'commission', [{ share: whole, items }]);
  const of = (metric: string) => disputed([item('any', '10', '5', { metric })]);
  expect(['avg_order_value:verdict=payment', 'csat_rate', 'inquiry_conversion_rate'].map(of)).toEqual([
    true,
    true,
    true,
  ]);
  expect([of('nps'), of('order_value_uplift')]).toEqual([false, false]);
  expect([disputed([item('words', '5', '5')]), disputed([item('tone', '5', '5')]), disputed('all')]).toEqual([
    ...[true, true, true],
  ]);
  expect(isDisputed(plan, 'commission', [])).toBe(false);
});
