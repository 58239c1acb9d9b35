import { describe, expect, it } from 'vitest';
import { serviceDays, timeOfDayMs } from './serviceHours.ts';

const hour = 3_600_000;
const china = 'Asia/Shanghai';
const dayOf = (date: string) => Date.parse(date) / 86_400_000;

describe('service hours', () => {
  it('without exceptions nothing is written down: the default holds everywhere', () => {
    expect(serviceDays([], china)).toEqual([]);
  });

  it('an exception of a shop shifts all service time after it, for that shop only', () => {
    const hours = { openMs: 10 * hour, closeMs: 12 * hour };
    const days = serviceDays([{ shop: 'north', date: '2026-10-01', hours }], china);
    const on = (shop: string, day: number) => days.find((row) => row.shop === shop && row.day === day);
    const october1 = Date.UTC(2026, 9, 1) / 86_400_000;
    expect(on('north', october1)).toMatchObject({ open_ms: 10 * hour, close_ms: 12 * hour });
    expect(on('', october1)).toMatchObject({ open_ms: 9 * hour, close_ms: 23 * hour });
    const gained = (shop: string) => Number(on(shop, october1 + 1)?.before_ms) - Number(on(shop, october1)?.before_ms);
    expect([gained('north'), gained('')]).toEqual([2 * hour, 14 * hour]);
  });

  it('an exception of all shops holds for a shop with others of its own', () => {
    const closed = { openMs: 0, closeMs: 0 };
    const exceptions = ['2026-10-01', '2026-10-02'].map((date, index) => ({
      shop: ['', 'north'][index] ?? '',
      date,
      hours: closed,
    }));
    const days = serviceDays(exceptions, china);
    const october1 = Date.UTC(2026, 9, 1) / 86_400_000;
    expect(days.find((row) => row.shop === 'north' && row.day === october1)).toMatchObject({ open_ms: 0, close_ms: 0 });
  });

  it('spans of one day stand in order with breaks between; those that overlap or touch are one, one of no length is none', () => {
    const span = (from: number, to: number) => ({
      ...{ shop: '', date: '2026-10-01', hours: { openMs: from * hour, closeMs: to * hour } },
    });
    const october1 = dayOf('2026-10-01');
    const on = (...spans: [number, number][]) => {
      const days = serviceDays(
        spans.map(([from, to]) => span(from, to)),
        china,
      );
      const {
        open_ms,
        close_ms,
        breaks_from,
        breaks_to,
        before_ms = 0,
      } = days.find(({ day }) => day === october1) ?? {};
      const next = days.find(({ day }) => day === october1 + 1)?.before_ms ?? 0;
      return [open_ms, close_ms, breaks_from, breaks_to, next - before_ms].map((ms) =>
        typeof ms === 'object' ? ms.map((each) => each / hour) : Number(ms) / hour,
      );
    };
    expect(on([13, 18], [9, 12], [20, 22])).toEqual([9, 22, [12, 18], [13, 20], 10]);
    expect(on([9, 12], [11, 14], [14, 15])).toEqual([9, 15, [], [], 6]);
    expect(on([9, 12], [0, 0])).toEqual([9, 12, [], [], 3]);
    expect(on([0, 0])).toEqual([0, 0, [], [], 0]);
  });

  it('a day whose clocks change has its hours by the clock, told as time since midnight, with no row in the calendar', () => {
    const days = serviceDays([], 'Europe/Berlin');
    const hours = (date: string) => {
      const { open_ms, close_ms } = days.find(({ day }) => day === dayOf(date)) ?? {};
      return [Number(open_ms) / hour, Number(close_ms) / hour];
    };
    expect(['2026-03-28', '2026-03-29', '2026-10-25', '2026-10-26'].map(hours)).toEqual([
      ...[
        [9, 23],
        [8, 22],
        [10, 24],
        [9, 23],
      ],
    ]);
    const night = { shop: '', date: '2026-03-29', hours: { openMs: 0, closeMs: 24 * hour } };
    const [before, after] = ['2026-03-29', '2026-03-30'].map(
      (date) => serviceDays([night], 'Europe/Berlin').find(({ day }) => day === dayOf(date))?.before_ms,
    );
    expect((Number(after) - Number(before)) / hour).toBe(23);
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
