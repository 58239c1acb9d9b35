import { type Period, parsePeriod } from '../metrics/period.ts';
import { BadInput } from '../platform/errors.ts';

/** A period that has a cycle. Throws BadInput `cycle.periodUnsuited` for anything but a month, a quarter or a year. */
export function cyclePeriod(text: string, timeZone: string): Period {
  const period = parsePeriod(text, timeZone);
  if (period.kind === 'days') throw new BadInput('cycle.periodUnsuited', { period: period.text });
  return period;
}
