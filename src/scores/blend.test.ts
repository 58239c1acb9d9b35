import { describe, expect, test } from 'vitest';
import { blend } from './blend.ts';
import { explainStep } from './explainStep.ts';
import { forcedGrades, rankedOf } from './forcedGrades.ts';
import { gradePay } from './gradePay.ts';
import type { Scorecard } from './scorecard.ts';
import { resolved, shippedPlan } from './testing.ts';
import { vetoesReach } from './vetoReach.ts';

const plan = resolved(shippedPlan('appliance-aftersales'));
const months = (...totals: (string | null)[]) =>
  totals.map((total, i) => ({ period: `2026-${String(10 + i)}`, total }));

test('a quarter is the mean of the totals as rounded, rounded and graded again', () => {
  // (89.99 + 90.00 + 90.00) / 3 = 89.9966… = 90.00
  const card = blend(plan, months('89.99', '90.00', '90.00'));
  expect(card).toMatchObject({ status: 'rated', total: '90.00', grade: 'senior', coefficient: '1.2' });
  expect(card.steps.slice(0, 4)).toEqual([
    { kind: 'part', period: '2026-10', total: '89.99', running: '89.99' },
    { kind: 'part', period: '2026-11', total: '90.00', running: '179.99' },
    { kind: 'part', period: '2026-12', total: '90.00', running: '269.99' },
    { kind: 'mean', count: 3, running: '89.9966666666666666666666666666666667' },
  ]);
});

test('an unrated month is skipped, not counted as zero', () => {
  expect(blend(plan, months('80.01', null, '80.00'))).toMatchObject({ total: '80.01', grade: 'mid' });
});

test('without any rated month there is no score', () => {
  expect(blend(plan, months(null, null))).toMatchObject({
    status: 'unrated',
    total: null,
    grade: null,
    coefficient: null,
  });
});

describe('a red line of a month', () => {
  const shipped = shippedPlan('jd-service-desk');
  const desk = resolved(shipped);
  const abuse = { incident: 'abuse', incidentId: 'i1', at: '2026-10-12T02:00:00Z', period: '2026-10' };
  const parts = months('89.80', '89.80', '89.80');

  test('keeps the total of quarter and year, and makes the grade the lowest and the coefficient 0', () => {
    const card = blend(desk, parts, { vetoes: [abuse] });
    expect(card).toMatchObject({ total: '89.80', grade: 'unqualified', coefficient: '0', vetoes: [abuse] });
    expect(gradePay(card.coefficient, 600_000n)).toBe(0n);
    const [step] = card.steps.filter(({ kind }) => kind === 'veto');
    expect(step && explainStep(step, desk).zh).toBe(
      '2026-10 有 1 件已确认的红线事项，管到这一期：分数不变，等级为不合格，系数为 0',
    );
  });

  test('is unqualified among those who are ranked', () => {
    const people = Array.from({ length: 20 }, (_, i) => ({ agentId: `a${i}`, team: '', shop: '' }));
    const cards = people.map(({ agentId }, i): [string, Scorecard] => [
      agentId,
      blend(desk, months(`${80 + i}.00`), { vetoes: i === 19 ? [abuse] : [] }),
    ]);
    const { distribution } = desk.plan;
    if (!distribution) throw new Error('no distribution');
    const grades = forcedGrades(distribution, rankedOf(desk, people, new Map(cards)));
    expect(grades.get('a19')).toEqual({ grade: 'failed', level: 1 });
  });

  test('reaches as far as the plan says, and its month alone where it does not say', () => {
    const reach = (upTo?: 'month' | 'quarter' | 'year') =>
      (['month', 'quarter', 'year'] as const).filter((kind) =>
        vetoesReach({ plan: { ...shipped, vetoReach: upTo && { upTo } } }, kind),
      );
    expect([reach(), reach('month'), reach('quarter'), reach('year')]).toEqual([
      [],
      [],
      ['quarter'],
      ['quarter', 'year'],
    ]);
  });

  test('that takes a star takes it in its month only', () => {
    const starred = resolved({ ...shippedPlan('taobao-service-manager'), vetoReach: { upTo: 'year' } });
    expect(blend(starred, parts, { vetoes: [abuse] })).toEqual(blend(starred, parts));
  });
});
