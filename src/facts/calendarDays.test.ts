import { describe, expect, it, vi } from 'vitest';
import { calendarDays, isWorkingDay } from './calendarDays.ts';
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
    for (const date of ['2027-01-01', '2027-02-06', '2027-03-01', '2003-10-01']) {
      expect(theDay(date)).toMatchObject({ kind: 'unknown', name: null, source: null });
      expect(isWorkingDay(date, [])).toBeNull();
    }
    expect(theDay('2027-01-01', [aRow('2027-01-01', 'holiday', { name: '元旦' })])).toMatchObject({ kind: 'holiday' });
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
