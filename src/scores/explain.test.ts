import { expect, test } from 'vitest';
import { explainItem } from './explain.ts';
import { explainStep } from './explainStep.ts';
import { itemsById } from './itemsById.ts';
import type { Plan } from './planSchema.ts';
import { score } from './score.ts';
import type { ScoreInput, TargetDay } from './scorecard.ts';
import { exampleFour, figure, noData, rate, resolved, shippedPlan, withValues } from './testing.ts';
import { printable, textTable } from './textTable.ts';

const desk = shippedPlan('appliance-aftersales');

test('a load target names its days, as a reader would say it', () => {
  const name = { zh: '平均响应', en: 'Average response' };
  const { promotion: _, ...rest } = desk;
  const target = { byLoad: { metric: 'load_per_8h', threshold: '100', below: '30', reached: '60', unknown: '60' } };
  const item = {
    id: 'response',
    name,
    metric: 'avg_response_seconds',
    target,
    attainment: { curve: 'ratio' as const },
  };
  const plan: Plan = { ...rest, blocks: [{ id: 'all', name, weight: '100', values: 'period', items: [item] }] };
  const days = Array.from({ length: 22 }, (_, i): TargetDay => {
    const low = i < 8;
    return {
      day: `2026-10-${String(i + 1).padStart(2, '0')}`,
      volume: low ? '42' : '48',
      load: low ? '80' : '120',
      relax: null,
    };
  });
  const input: ScoreInput = {
    values: { avg_response_seconds: { figure: figure('36870', '1000', '1') } },
    days: { avg_response_seconds: days },
    ...{ tier: null, promotion: false, vetoes: [] },
  };
  const card = score(resolved(plan), input);
  const [scored] = card.items;
  const resolvedItem = itemsById(resolved(plan)).get('response');
  if (!scored || !resolvedItem) throw new Error('no item');
  // Σ volume × target: (8 · 42 · 30 + 14 · 48 · 60) / (8 · 42 + 14 · 48) = 50.
  expect(explainItem(scored, resolvedItem)).toEqual({
    zh: '平均响应 36.87 秒，目标 50.00 秒（8 天低负荷按 30 秒，14 天高负荷按 60 秒），得满分 100.00 分',
    en: 'Average response 36.87 s, target 50.00 s (8 days of low load at 30 s, 14 days of high load at 60 s): full 100.00 points',
  });
});

test('a target by priority that promotion days relaxed says on how many of them', () => {
  const plan = resolved(desk);
  const byPriority = plan.blocks
    .flatMap(({ items }) => items)
    .find(({ target }) => Object.hasOwn(Object(target), 'byPriority'));
  if (!byPriority) throw new Error('no item by priority');
  const day = (date: string, relax: string | null): TargetDay => ({ day: date, volume: '10', load: null, relax });
  const card = score(plan, {
    ...exampleFour,
    days: { [byPriority.metric.id]: [day('2026-10-01', null), day('2026-10-02', '1.5')] },
  });
  const scored = card.items.find(({ id }) => id === byPriority.id);
  if (!scored) throw new Error('no item');
  expect(scored.parts.length).toBeGreaterThan(0);
  const { zh, en } = explainItem(scored, byPriority);
  expect(zh).toContain('（其中 1 天大促放宽到 1.5 倍）；');
  expect(en).toContain(' (1 promotion day relaxed to 1.5 times); ');
});

test('no data and a small sample say so and where their weight went', () => {
  const plan = resolved(desk);
  const card = score(plan, withValues(exampleFour, { csat_rate: noData, first_time_fix_rate: rate('9', '12') }));
  const reason = (id: string) => {
    const [scored, item] = [card.items.find((each) => each.id === id), itemsById(plan).get(id)];
    return scored && item ? explainItem(scored, item).zh : null;
  };
  expect(reason('csat')).toBe('客户满意度没有数据，不计分，权重分给其他项');
  expect(reason('first_time_fix')).toBe('一次修复率 75.00%，只有 12 个样本，不足 30 个，不计分，权重分给其他项');
  const [first] = card.steps;
  expect(first && explainStep(first, plan)).toEqual({
    zh: '客户满意度、一次修复率没有足够数据，其 25 分按权重分给本组其他项',
    en: 'Customer satisfaction, First-time fix: too little data; the weight of 25 goes pro rata to the rest of the block',
  });
});

test('a table lines up Chinese and Latin, and names cannot move the cursor', () => {
  expect(
    textTable(
      ['姓名', '分'],
      [
        ['赵一', '92.63'],
        ['Li', '7'],
      ],
      [1],
    ),
  ).toBe('姓名     分\n───────────\n赵一  92.63\nLi        7');
  expect(printable('a\u001b[2Jb\u202ec\n')).toBe('a[2Jbc');
});
