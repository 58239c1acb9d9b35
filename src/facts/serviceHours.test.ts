import { describe, expect, it } from 'vitest';
import { serviceDays, timeOfDayMs } from './serviceHours.ts';

const hour = 3_600_000;

describe('service hours', () => {
  it('without exceptions nothing is written down: the default holds everywhere', () => {
    expect(serviceDays([])).toEqual([]);
  });

  it('an exception of a shop shifts all service time after it, for that shop only', () => {
    const days = serviceDays([{ shop: 'north', date: '2026-10-01', hours: { openMs: 10 * hour, closeMs: 12 * hour } }]);
    const on = (shop: string, day: number) => days.find((row) => row.shop === shop && row.day === day);
    const october1 = Date.UTC(2026, 9, 1) / 86_400_000;
    expect(on('north', october1)).toMatchObject({ open_ms: 10 * hour, close_ms: 12 * hour });
    expect(on('', october1)).toMatchObject({ open_ms: 9 * hour, close_ms: 23 * hour });
    const gained = (shop: string) => Number(on(shop, october1 + 1)?.before_ms) - Number(on(shop, october1)?.before_ms);
    expect([gained('north'), gained('')]).toEqual([2 * hour, 14 * hour]);
  });

  it('an exception of all shops holds for a shop with others of its own', () => {
    const closed = { openMs: 0, closeMs: 0 };
    const days = serviceDays([
      { shop: '', date: '2026-10-01', hours: closed },
      { shop: 'north', date: '2026-10-02', hours: closed },
    ]);
    const october1 = Date.UTC(2026, 9, 1) / 86_400_000;
    expect(days.find((row) => row.shop === 'north' && row.day === october1)).toMatchObject({ open_ms: 0, close_ms: 0 });
  });

  it.each([
    ['09:00', 9 * hour],
    ['9:30', 9.5 * hour],
    ['24:00', 24 * hour],
    ['24:01', null],
    ['9:60', null],
    ['', null],
    ['nine', null],
  ])('%j is read as %j', (text, ms) => {
    expect(timeOfDayMs(text)).toBe(ms);
  });
});
