import { describe, expect, test } from 'vitest';
import type { CalendarDay, CalendarRow } from '../../facts/schemas.ts';
import { marksOf, monthBeside, runsOf, weeksOf } from './calendarView.ts';
import { changeOf, daysBetween, fieldsOf } from './entryFields.ts';

const aRow = (date: string, more: Partial<CalendarRow> = {}): CalendarRow => ({
  ...{ date, type: 'promotion', shop: '', metric: '', from: '', to: '', factor: null, name: '' },
  ...more,
});
const aDay = (date: string, ...rows: CalendarRow[]): CalendarDay => ({
  ...{ date, kind: 'ordinary', name: null, source: 'official', rows },
});

describe('the month', () => {
  test('is laid out in weeks from Monday', () => {
    const october = daysBetween('2026-10-01', '2026-10-31').map((date) => aDay(date));
    const weeks = weeksOf(october);
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7]);
    expect(weeks[0]?.map(({ day }) => day?.date.slice(8) ?? null)).toEqual([null, null, null, '01', '02', '03', '04']);
    expect(weeks[4]?.at(-1)).toEqual({ date: '2026-11-01', day: null });
  });

  test('has a month before and after, over the year too', () => {
    expect([monthBeside('2026-12', 1), monthBeside('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });
});

describe('what was declared', () => {
  test('for days in a row is one run, broken where a day is missing or differs', () => {
    const sale = (date: string, factor = '1.5') => aDay(date, aRow(date, { factor }));
    const runs = runsOf([sale('2026-10-30'), sale('2026-10-31'), aDay('2026-11-01'), sale('2026-11-02', '2')]);
    expect(runs.map(({ first, last, rows }) => [first, last, rows.length])).toEqual([
      ['2026-10-30', '2026-10-31', 2],
      ['2026-11-02', '2026-11-02', 1],
    ]);
  });

  test('shows in a cell once for each type, and not again what the head of the cell says', () => {
    const day: CalendarDay = {
      ...aDay(
        '2026-10-12',
        aRow('2026-10-12', { metric: 'a' }),
        aRow('2026-10-12', { metric: 'b' }),
        aRow('2026-10-12', { type: 'holiday' }),
        aRow('2026-10-12', { type: 'workday', shop: '甲店' }),
      ),
      ...{ kind: 'holiday', source: 'declared' },
    };
    expect(marksOf(day).map(({ row, more }) => [row.type, row.shop, more])).toEqual([
      ['workday', '甲店', 0],
      ['promotion', '', 1],
    ]);
  });
});

describe('the form', () => {
  test('opened on a run and sent unchanged asks for the same rows and takes nothing back', () => {
    const day = (date: string) => aDay(date, aRow(date, { type: 'hours', shop: '甲店', from: '10:00', to: '24:00' }));
    const [run] = runsOf([day('2026-10-12'), day('2026-10-13')]);
    if (!run) throw new Error('no run');
    expect(changeOf(fieldsOf(run), run)).toEqual({ set: run.rows, remove: [] });
  });

  test('shortened takes back the days left out; with another time, the rows of the old one', () => {
    const outage = (date: string) => aDay(date, aRow(date, { type: 'outage', from: '10:00', to: '11:00' }));
    const [run] = runsOf([outage('2026-10-12'), outage('2026-10-13')]);
    if (!run) throw new Error('no run');
    const shorter = changeOf({ ...fieldsOf(run), last: '2026-10-12' }, run);
    expect([shorter.set.map(({ date }) => date), shorter.remove.map(({ date }) => date)]).toEqual([
      ['2026-10-12'],
      ['2026-10-13'],
    ]);
    expect(changeOf({ ...fieldsOf(run), from: '10:30' }, run).remove.map(({ from }) => from)).toEqual([
      '10:00',
      '10:00',
    ]);
  });

  test('leaves out what its type has no use for', () => {
    const left = { from: '10:00', to: '11:00', factor: '1.5', metric: 'reply_rate', closed: true };
    const fields = { first: '2026-10-12', last: '2026-10-12', shop: '', name: ' 店庆 ', ...left };
    expect(changeOf({ ...fields, type: 'holiday' }, null).set).toEqual([
      aRow('2026-10-12', { type: 'holiday', name: '店庆' }),
    ]);
    expect(changeOf({ ...fields, type: 'hours' }, null).set[0]).toMatchObject({
      from: '00:00',
      to: '00:00',
      factor: null,
    });
    expect(changeOf({ ...fields, type: 'promotion' }, null).set[0]).toMatchObject({ from: '', factor: '1.5' });
  });
});
