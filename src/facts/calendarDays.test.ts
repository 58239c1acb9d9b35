import { describe, expect, it, vi } from 'vitest';
import { areFestivalsKnown, calendarDays, isWorkingDay } from './calendarDays.ts';
import type { CalendarRow, CalendarType } from './schemas.ts';

const aRow = (date: string, type: CalendarType, more: Partial<CalendarRow> = {}): CalendarRow => ({
  ...{ date, type, shop: '', metric: '', from: '', to: '', factor: null, name: '' },
  ...more,
});
const theDay = (date: string, rows: readonly CalendarRow[] = []) => calendarDays({ first: date, last: date }, rows)[0];

describe('what a day is', () => {
  it('National Day of 2026 is a holiday from 1 to 7 October, paid for by two working days off the week', () => {
    const days = calendarDays({ first: '2026-09-20', last: '2026-10-10' }, []);
    const of = (kind: string) => days.filter((day) => day.kind === kind && day.name?.zh === '国庆节');
    expect(of('holiday').map(({ date }) => date)).toEqual(
      ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`),
    );
    expect(of('workday').map(({ date }) => date)).toEqual(['2026-09-20', '2026-10-10']);
    expect(of('workday').every(({ date }) => isWorkingDay(date, []))).toBe(true);
  });

  it('is a weekend or an ordinary day where nothing else is announced', () => {
    expect(theDay('2026-10-11')).toMatchObject({ kind: 'weekend', source: 'official' });
    expect(theDay('2026-10-12')).toMatchObject({ kind: 'ordinary', source: 'official' });
    expect([isWorkingDay('2026-10-11', []), isWorkingDay('2026-10-12', [])]).toEqual([false, true]);
  });

  it('is unknown in a year that nobody has announced, weekday or not', () => {
    for (const date of ['2027-01-04', '2027-02-09', '2027-03-01', '2003-10-01']) {
      expect(theDay(date)).toMatchObject({ kind: 'unknown', name: null, source: null });
      expect(isWorkingDay(date, [])).toBeNull();
    }
    expect(theDay('2027-03-01', [aRow('2027-03-01', 'holiday', { name: '店庆' })])).toMatchObject({ kind: 'holiday' });
  });

  it('is a holiday by law in such a year where the law names it, until somebody says otherwise', () => {
    const days = calendarDays({ first: '2027-01-01', last: '2027-12-31' }, []).filter(({ kind }) => kind !== 'unknown');
    expect(days.every(({ kind, source }) => kind === 'holiday' && source === 'law')).toBe(true);
    expect(days.map(({ date }) => date.slice(5))).toEqual([
      ...['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '05-02'],
      ...['06-09', '09-15', '10-01', '10-02', '10-03'],
    ]);
    expect(isWorkingDay('2027-02-05', [])).toBe(false);
    const worked = aRow('2027-01-01', 'workday');
    expect(theDay('2027-01-01', [worked])).toMatchObject({ kind: 'workday', source: 'declared' });
    // Nobody prints the moon of 2050 yet; what has a date of its own is known.
    expect(['2050-10-01', '2050-01-23'].map((date) => theDay(date)?.kind)).toEqual(['holiday', 'unknown']);
    expect(['2026', '2027', '2035', '2036', '2003'].map(areFestivalsKnown)).toEqual([true, true, true, false, false]);
    // The Spring Festival of 2036, of which nothing is said rather than that one works.
    expect(isWorkingDay('2036-01-28', [])).toBeNull();
  });

  it('is what was declared, whatever is official', () => {
    expect(theDay('2026-10-01', [aRow('2026-10-01', 'workday')])).toMatchObject({
      ...{ kind: 'workday', source: 'declared', name: null },
    });
    const rest = [aRow('2026-10-10', 'holiday', { name: '店庆' })];
    expect(theDay('2026-10-10', rest)).toMatchObject({ kind: 'holiday', source: 'declared', name: { zh: '店庆' } });
    expect(isWorkingDay('2026-10-10', rest)).toBe(false);
  });

  it('follows the later of two contradicting rows', () => {
    const rows = [aRow('2026-10-12', 'holiday'), aRow('2026-10-12', 'workday')];
    expect(theDay('2026-10-12', rows)?.kind).toBe('workday');
    expect(theDay('2026-10-12', rows.toReversed())?.kind).toBe('holiday');
  });

  it('differs for the shop that declared it alone', () => {
    const rows = [aRow('2026-10-12', 'holiday', { shop: '甲店' }), aRow('2026-10-12', 'workday')];
    expect(theDay('2026-10-12', rows)?.kind).toBe('workday');
    expect(isWorkingDay('2026-10-12', rows, { shop: '甲店' })).toBe(false);
    expect(isWorkingDay('2026-10-12', rows, { shop: '乙店' })).toBe(true);
  });

  it('shows everything declared for it', () => {
    const rows = [aRow('2026-10-12', 'promotion'), aRow('2026-10-13', 'outage', { from: '10:00', to: '11:00' })];
    const days = calendarDays({ first: '2026-10-12', last: '2026-10-13' }, rows);
    expect(days.map(({ kind, rows }) => [kind, rows.map(({ type }) => type)])).toEqual([
      ['ordinary', ['promotion']],
      ['ordinary', ['outage']],
    ]);
  });
});

it.each([
  ['America/Los_Angeles', 420],
  ['Pacific/Auckland', -720],
])('a server whose own clock is in %s knows the same days', async (zone, offset) => {
  vi.stubEnv('TZ', zone);
  vi.resetModules();
  const afresh = await import('./calendarDays.ts');
  expect(new Date('2026-07-01T00:00:00Z').getTimezoneOffset()).toBe(offset);
  const kinds = afresh.calendarDays({ first: '2026-09-30', last: '2026-10-10' }, []).map(({ kind }) => kind);
  expect(kinds.join()).toBe(`ordinary,${'holiday,'.repeat(7)}ordinary,ordinary,workday`);
  vi.unstubAllEnvs();
});
