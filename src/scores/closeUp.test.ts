import { expect, test } from 'vitest';
import { closeUp } from './closeUp.ts';

test('between Chinese and Chinese no space is left, to Latin letters and digits it stays', () => {
  expect(closeUp('自 11 月 22 日 起待复审', ['11 月 22 日'])).toBe('自 11 月 22 日起待复审');
  expect(closeUp('吕若 的记分卡', ['吕若'])).toBe('吕若的记分卡');
  expect(closeUp('Ann 的记分卡', ['Ann'])).toBe('Ann 的记分卡');
  expect(closeUp('目标 普通工单 ≤ 24 小时', ['普通工单 ≤ 24 小时'])).toBe('目标普通工单 ≤ 24 小时');
  expect(closeUp('目标 ≥ 85%', ['≥ 85%'])).toBe('目标 ≥ 85%');
  expect(closeUp('乘以 满意度（目标 90） 中最低的', ['满意度（目标 90）'])).toBe('乘以满意度（目标 90）中最低的');
});

test('a space that was written into a part, or beside other words, stays', () => {
  expect(closeUp('张 三 的申诉', ['张 三'])).toBe('张 三的申诉');
  expect(closeUp('旧 版 与 新 版', ['版本'])).toBe('旧 版 与 新 版');
  expect(closeUp('还有 3 份', [3, undefined, ''])).toBe('还有 3 份');
});
