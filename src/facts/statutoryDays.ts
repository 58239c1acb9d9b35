import { Temporal } from 'temporal-polyfill';
import type { OfficialDay } from './officialDays.ts';

/**
 * The days that are public holidays by law whatever the State Council still announces for a year (its Order 795, in force since 2025):
 * 1 January, the eve of the Spring Festival and three days, Qingming, 1 and 2 May, Dragon Boat, Mid-Autumn, 1 to 3 October. Null for any
 * other day: days off beside them, and those worked instead, nobody can tell before they are announced.
 */
export function statutoryDay(date: string): OfficialDay | null {
  const [year = '', month = '', day = ''] = date.split('-');
  if (Number(year) < 2025) return null;
  const fixed = fixedDays[`${month}-${day}`];
  if (fixed) return { works: false, name: fixed };
  const [spring, qingming, dragonBoat, midAutumn] = movableDays[year] ?? [];
  if (spring !== undefined && isOfSpringFestival(date, `${year}-${spring}`))
    return { works: false, name: springFestival };
  const named = {
    [`${qingming}`]: tombSweeping,
    [`${dragonBoat}`]: dragonBoatFestival,
    [`${midAutumn}`]: midAutumnFestival,
  };
  const name = named[`${month}-${day}`];
  return name ? { works: false, name } : null;
}

/** Whether the days of the festivals by moon and sun are written down for a year: of any other `statutoryDay` knows the fixed days alone. */
export const hasFestivals = (year: string): boolean => movableDays[year] !== undefined;

/** From the eve to the third day of the year. */
function isOfSpringFestival(date: string, first: string): boolean {
  const { days } = Temporal.PlainDate.from(first).until(date);
  return days >= -1 && days <= 2;
}

const springFestival = { zh: '春节', en: 'Spring Festival' };
const tombSweeping = { zh: '清明', en: 'Tomb-sweeping Day' };
const dragonBoatFestival = { zh: '端午', en: 'Dragon Boat Festival' };
const midAutumnFestival = { zh: '中秋', en: 'Mid-autumn Festival' };
const labourDay = { zh: '劳动节', en: 'Labour Day' };
const nationalDay = { zh: '国庆节', en: 'National Day' };

const fixedDays: Readonly<Record<string, OfficialDay['name']>> = {
  ...{ '01-01': { zh: '元旦', en: 'New Year’s Day' }, '05-01': labourDay, '05-02': labourDay },
  ...{ '10-01': nationalDay, '10-02': nationalDay, '10-03': nationalDay },
};

/**
 * First day of the lunar year, Qingming, Dragon Boat and Mid-Autumn. TRICKY: Intl's Chinese calendar is a day off where the new moon falls
 * within minutes of midnight (the Spring Festivals of 2027 and 2030), so they are written down, as far as calendars are printed.
 */
const movableDays: Readonly<Record<string, readonly [string, string, string, string]>> = {
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
};
