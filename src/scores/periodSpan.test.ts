import { expect, test } from 'vitest';
import { parsePeriod } from '../metrics/period.ts';
import { candidates } from './latestAssessments.ts';
import { monthsIn, partsOf, periodBefore } from './periodSpan.ts';

const zone = 'Asia/Shanghai';
const period = (text: string) => parsePeriod(text, zone);

test.each([
  ['2026-01', '2025-12'],
  ['2026-Q1', '2025-Q4'],
  ['2026', '2025'],
  ['2026-10-01..2026-10-07', '2026-09-24..2026-09-30'],
  ['2026-03-01..2026-03-01', '2026-02-28..2026-02-28'],
])('before %s comes %s', (text, before) => {
  expect(periodBefore(period(text), zone).text).toBe(before);
});

test('a quarter is made of its months, a year of its quarters, a month of nothing else', () => {
  const parts = (text: string) => partsOf(period(text), zone).map((part) => part.text);
  expect(parts('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12']);
  expect(parts('2026')).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
  expect(parts('2026-10')).toEqual([]);
  expect(['2026', '2026-Q4', '2026-10', '2026-10-30..2026-11-02'].map((text) => monthsIn(period(text)))).toEqual([
    12, 3, 1, 2,
  ]);
});

test('the latest assessment is the one that ended last and not after the period; one around it only where there is none', () => {
  const assessed = ['2026-09', '2026-Q3', '2026-Q4', '2026', '2026-11', '2026-08', '2026-10-01..2026-10-15'];
  expect(candidates(assessed, period('2026-10'), zone).map(({ text }) => text)).toEqual([
    '2026-10',
    '2026-10-01..2026-10-15',
    '2026-09',
    '2026-Q3',
    '2026-08',
    '2026-Q4',
    '2026',
  ]);
});
