import { expect, it } from 'vitest';
import { calendarIssues } from './calendarIssues.ts';
import { calendarChangeSchema } from './schemas.ts';

const change = (set: object[], remove: object[] = []) => calendarChangeSchema.parse({ set, remove });
const issuesOf = (set: object[], held: object[] = [], remove: object[] = []) =>
  calendarIssues(change(set, remove), change(held).set, '2026-10-12').map(({ path, code }) => `${path} ${code}`);

const hours = { date: '2026-10-12', type: 'hours', shop: '甲店', from: '10:00', to: '20:00' };

it('names everything that is wrong, each in its place', () => {
  expect(
    issuesOf([
      { ...hours, to: '09:00' },
      { date: '2026-10-13', type: 'hours' },
      { date: '2026-10-14', type: 'holiday', from: '10:00', factor: '1.5' },
      { date: '2026-10-15', type: 'promotion', factor: '0' },
      { date: '2026-10-16', type: 'outage', from: '10:00', to: '10:00', metric: 'reply_rate' },
      { date: '2026-10-17', type: 'promotion', factor: '0.99' },
      { date: '2026-10-18', type: 'promotion', factor: '1' },
    ]),
  ).toEqual([
    'set.0.to calendar.endsBefore',
    'set.2.from calendar.noTimes',
    'set.2.factor calendar.promotionOnly',
    'set.3.factor calendar.belowOne',
    'set.4.metric calendar.promotionOnly',
    'set.4.to calendar.endsBefore',
    'set.5.factor calendar.belowOne',
  ]);
});

it('takes a closed day, an outage to midnight and one of the whole day', () => {
  expect(
    issuesOf([
      { ...hours, from: '00:00', to: '00:00' },
      { date: '2026-10-13', type: 'outage', from: '22:00' },
      { date: '2026-10-14', type: 'outage' },
    ]),
  ).toEqual([]);
});

it('lets a shop have several spans of hours a day, but none that overlaps another or a closed day', () => {
  const other = { ...hours, from: '12:00' };
  const { to, ...key } = hours;
  expect(issuesOf([{ ...hours, from: '20:00', to: '' }], [hours])).toEqual([]);
  expect(issuesOf([{ ...hours, from: '', to: '10:00' }], [hours])).toEqual([]);
  expect(issuesOf([{ ...hours, from: '08:00', to: '10:01' }], [hours])).toEqual(['set.0.date calendar.hoursOverlap']);
  expect(issuesOf([{ ...hours, from: '00:00', to: '00:00' }], [hours])).toEqual(['set.0.date calendar.hoursOverlap']);
  expect(issuesOf([other], [hours])).toEqual(['set.0.date calendar.hoursOverlap']);
  expect(issuesOf([other], [hours], [key])).toEqual([]);
  expect(issuesOf([{ ...hours, to: '21:00' }], [hours])).toEqual([]);
  expect(issuesOf([{ ...other, shop: '' }], [hours])).toEqual([]);
});

it('refuses a day that is both a holiday and a working day, and the same row twice', () => {
  const holiday = { date: '2026-10-12', type: 'holiday' };
  expect(issuesOf([{ ...holiday, type: 'workday' }], [holiday])).toEqual(['set.0.date calendar.holidayAndWorkday']);
  expect(issuesOf([{ ...holiday, type: 'workday' }], [holiday], [holiday])).toEqual([]);
  expect(issuesOf([holiday, holiday])).toEqual(['set.0.date calendar.twice', 'set.1.date calendar.twice']);
});

it('takes no date before the century or more than two years ahead', () => {
  const on = (date: string) => issuesOf([{ date, type: 'holiday' }]);
  expect([on('1999-12-31'), on('2028-10-13')]).toEqual([
    ['set.0.date calendar.outOfRange'],
    ['set.0.date calendar.outOfRange'],
  ]);
  expect([on('2000-01-01'), on('2028-10-12')]).toEqual([[], []]);
});
