import { expect, it } from 'vitest';
import { appealWindow, decideBy, spanFrom, specialDays } from './window.ts';

const declared = (date: string, type: 'holiday' | 'workday') => ({
  ...{ date, type, shop: '', metric: '', from: '', to: '', factor: null, name: '' },
});
const china = specialDays(spanFrom('2026-09-28'), []);
const plan = (days: string, decideDays?: string) => ({
  appeal: { days, text: { zh: '', en: '' }, ...(decideDays === undefined ? {} : { decideDays }) },
});

it('ends with the day in the organisation’s time zone, by the plan’s days or three', () => {
  const ordinary = appealWindow({}, '2026-11-02', new Map(), 'Asia/Shanghai');
  expect(ordinary).toEqual({
    ...{ lastDay: '2026-11-05', endsMs: Date.parse('2026-11-06T00:00:00+08:00'), assumed: false },
  });
  expect(appealWindow(plan('5'), '2026-11-02', new Map(), 'America/New_York')).toEqual({
    lastDay: '2026-11-07',
    endsMs: Date.parse('2026-11-08T00:00:00-05:00'),
    assumed: false,
  });
});

it('rolls over a public holiday of the official calendar, and of the organisation’s own', () => {
  expect(appealWindow({}, '2026-09-28', china, 'Asia/Shanghai').lastDay).toBe('2026-10-08');
  const own = specialDays(spanFrom('2026-11-02'), [declared('2026-11-05', 'holiday')]);
  expect(appealWindow({}, '2026-11-02', own, 'Asia/Shanghai').lastDay).toBe('2026-11-06');
});

it('rolls over New Year’s Day of a year whose holidays are not announced yet, unless somebody declared it worked', () => {
  const newYear = (rows: Parameters<typeof specialDays>[1]) => specialDays(spanFrom('2026-12-29'), rows);
  const lastDay = (rows: Parameters<typeof specialDays>[1]) =>
    appealWindow({}, '2026-12-29', newYear(rows), 'Asia/Shanghai').lastDay;
  expect(lastDay([])).toBe('2027-01-04');
  expect(lastDay([declared('2027-01-01', 'workday')])).toBe('2027-01-01');
  expect(decideBy({}, '2026-12-30', newYear([]))).toBe('2027-01-05');
});

it('says where it rests on days that nobody has announced, as after the years whose festivals are tabled', () => {
  const on = (published: string, rows: Parameters<typeof specialDays>[1] = []) => {
    const { lastDay, assumed } = appealWindow({}, published, specialDays(spanFrom(published), rows), 'Asia/Shanghai');
    return [lastDay, assumed];
  };
  expect(on('2026-11-02')).toEqual(['2026-11-05', false]);
  // By law no holiday can be moved away from New Year's Day; which day after it is the first to be worked is still open.
  expect(on('2026-12-29')).toEqual(['2027-01-04', true]);
  expect(on('2027-03-02')).toEqual(['2027-03-05', true]);
  expect(on('2027-03-02', [declared('2027-03-05', 'workday')])).toEqual(['2027-03-05', false]);
  // The Spring Festival of 2036 is on 28 January: nothing here knows, and that is what is said.
  expect(on('2036-01-25')).toEqual(['2036-01-28', true]);
});

it('a step is due so many working days later, by the plan or three: weekends and holidays do not count, worked Saturdays do', () => {
  expect(decideBy({}, '2026-11-05', new Map())).toBe('2026-11-10');
  expect(decideBy(plan('3', '1'), '2026-11-06', new Map())).toBe('2026-11-09');
  expect(decideBy({}, '2026-09-30', china)).toBe('2026-10-10');
});
