import { Temporal } from 'temporal-polyfill';

/** A week from Monday to Sunday by the organisation's clock, half-open: from ≤ t < to. */
export interface Week {
  /** Its Monday. */
  readonly monday: string;
  /** Its days, as periods are written. */
  readonly days: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whether a matter came back is known only so long after the conversation. */
export const settledHours = 72;

/** The week that begins on this day; null where the day is none, or no Monday. */
export function weekOf(monday: string, timeZone: string): Week | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(monday)) return null;
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(monday, { overflow: 'reject' });
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
  if (day.dayOfWeek !== 1) return null;
  const startMs = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  return {
    monday,
    days: `${monday}..${day.add({ days: 6 }).toString()}`,
    fromMs: startMs(day),
    toMs: startMs(day.add({ days: 7 })),
  };
}

/** The last weeks that are over and settled at this instant, the latest first. */
export function settledWeeks(atMs: number, timeZone: string, count: number): Week[] {
  const day = Temporal.Instant.fromEpochMilliseconds(atMs - settledHours * 3_600_000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const running = day.subtract({ days: day.dayOfWeek - 1 });
  return Array.from({ length: count }, (_, n) =>
    weekOf(running.subtract({ days: 7 * (n + 1) }).toString(), timeZone),
  ).filter((week) => week !== null);
}
