/** The demo company lives in China: no summer time, always eight hours ahead of UTC. */
const offsetMs = 8 * 3_600_000;
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;

/** UTC milliseconds of the start of a local day `2026-10-01`; throws for a day that does not exist. */
export function startOfDay(date: string): number {
  const ms = Date.parse(`${date}T00:00:00.000Z`) - offsetMs;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(ms) || dateOf(ms) !== date) {
    throw new RangeError(`not a date: ${date.slice(0, 40)}`);
  }
  return ms;
}

export function dateOf(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 10);
}

let lastDay = Number.NaN;
let lastDate = '';

/** ISO 8601 with zone and milliseconds, as the open format asks. Most calls are about the day of the call before. */
export function instant(ms: number): string {
  const local = ms + offsetMs;
  const dayNumber = Math.floor(local / day);
  if (dayNumber !== lastDay) {
    lastDay = dayNumber;
    lastDate = dateOf(ms);
  }
  const within = Math.floor(local - dayNumber * day);
  const digits = (count: number, unit: number, most: number) =>
    String(Math.floor(within / unit) % most).padStart(count, '0');
  return `${lastDate}T${digits(2, hour, 24)}:${digits(2, minute, 60)}:${digits(2, second, 60)}.${digits(3, 1, 1000)}+08:00`;
}

/** Monday is 1, Sunday 7. */
export function weekday(ms: number): number {
  return new Date(ms + offsetMs).getUTCDay() || 7;
}

export function hourOf(ms: number): number {
  return (ms + offsetMs - Math.floor((ms + offsetMs) / day) * day) / hour;
}

/** The same day of an earlier month, or that month's last day where it is shorter. */
export function monthsBefore(date: string, months: number): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const target = new Date(Date.UTC(year, month - 1 - months, Math.min(dayOfMonth, lastDay)));
  return target.toISOString().slice(0, 10);
}
