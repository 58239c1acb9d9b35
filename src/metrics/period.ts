import { Temporal } from 'temporal-polyfill';
import { BadInput } from '../platform/errors.ts';

/** A span of whole days in the organisation's time zone, half-open as UTC milliseconds: from ≤ t < to. */
export interface Period {
  readonly text: string;
  readonly kind: 'month' | 'quarter' | 'year' | 'days';
  readonly firstDay: string;
  readonly lastDay: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Reads `2026-10`, `2026-Q4`, `2026` or `2026-10-01..2026-10-07` (last day included).
 * Throws BadInput `period.unreadable` for anything else, also for days that do not exist and for a reversed range.
 */
export function parsePeriod(text: string, timeZone: string): Period {
  const span = readSpan(text);
  if (!span) throw new BadInput('period.unreadable', { period: text.slice(0, 40) });
  const { kind, first, last } = span;
  return {
    text,
    kind,
    firstDay: first.toString(),
    lastDay: last.toString(),
    fromMs: startOfDayMs(first, timeZone),
    toMs: startOfDayMs(last.add({ days: 1 }), timeZone),
  };
}

/** The same for a question about what was measured. Throws BadInput `period.future` where the period has not begun. */
export function begunPeriod(text: string, clock: { readonly timeZone: string; readonly now: () => number }): Period {
  const period = parsePeriod(text, clock.timeZone);
  if (period.fromMs > clock.now()) throw new BadInput('period.future', { period: period.text });
  return period;
}

function readSpan(text: string): { kind: Period['kind']; first: Temporal.PlainDate; last: Temporal.PlainDate } | null {
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (month) return months('month', Number(month[1]), Number(month[2]), 1);
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return months('quarter', Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3);
  if (/^\d{4}$/.test(text)) return months('year', Number(text), 1, 12);
  const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(text);
  const first = days?.[1] ? plainDate(days[1]) : null;
  const last = days?.[2] ? plainDate(days[2]) : null;
  if (!first || !last || Temporal.PlainDate.compare(first, last) > 0) return null;
  return { kind: 'days', first, last };
}

function months(kind: Period['kind'], year: number, month: number, count: number) {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return { kind, first, last: first.add({ months: count }).subtract({ days: 1 }) };
}

function plainDate(text: string): Temporal.PlainDate | null {
  const [year, month, day] = text.split('-').map(Number);
  if (!year || !month || !day || month > 12) return null;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day <= first.daysInMonth ? first.with({ day }) : null;
}

function startOfDayMs(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime(timeZone).epochMilliseconds;
}
