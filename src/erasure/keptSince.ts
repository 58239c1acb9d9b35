import { Temporal } from 'temporal-polyfill';

/** The first instant whose texts are still kept: the start of the local day so many months ago. */
export function keptSince(nowMs: number, timeZone: string, months: number): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  return new Date(day.subtract({ months }).toZonedDateTime(timeZone).epochMilliseconds);
}
