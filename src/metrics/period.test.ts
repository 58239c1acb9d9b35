import { describe, expect, it } from 'vitest';
import { begunPeriod, parsePeriod } from './period.ts';

describe('a period', () => {
  it.each([
    ['2026-10', '2026-10-01', '2026-10-31', '2026-09-30T16:00:00.000Z', '2026-10-31T16:00:00.000Z'],
    ['2026-02', '2026-02-01', '2026-02-28', '2026-01-31T16:00:00.000Z', '2026-02-28T16:00:00.000Z'],
    ['2026-Q4', '2026-10-01', '2026-12-31', '2026-09-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['2026', '2026-01-01', '2026-12-31', '2025-12-31T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['2026-10-01..2026-10-07', '2026-10-01', '2026-10-07', '2026-09-30T16:00:00.000Z', '2026-10-07T16:00:00.000Z'],
  ])('%s is whole days of China, the last one included', (text, firstDay, lastDay, from, to) => {
    const period = parsePeriod(text, 'Asia/Shanghai');
    expect([period.firstDay, period.lastDay]).toEqual([firstDay, lastDay]);
    expect([new Date(period.fromMs).toISOString(), new Date(period.toMs).toISOString()]).toEqual([from, to]);
  });

  it('follows daylight saving where the zone has it', () => {
    const { fromMs, toMs } = parsePeriod('2026-03-29..2026-03-29', 'Europe/Berlin');
    expect((toMs - fromMs) / 3_600_000).toBe(23);
  });

  it.each([
    '',
    '2026-13',
    '2026-Q5',
    '26',
    '2026-10-1',
    '2026-02-30..2026-03-01',
    '2026-10-07..2026-10-01',
    "2026-10' OR 1=1",
  ])('%j is refused', (text) => {
    expect(() => parsePeriod(text, 'Asia/Shanghai')).toThrowError(/period.unreadable/);
  });

  it('that has not begun has nothing to measure; one that runs has', () => {
    const clock = (now: string) => ({ timeZone: 'Asia/Shanghai', now: () => Date.parse(now) });
    expect(() => begunPeriod('2026-11', clock('2026-10-31T23:59:59+08:00'))).toThrowError(/period.future/);
    expect(begunPeriod('2026-11', clock('2026-11-01T00:00:00+08:00')).firstDay).toBe('2026-11-01');
  });
});
