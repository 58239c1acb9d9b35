import { z } from 'zod';

/** Shapes of the calendar API, shared with the pages. Dates and times of day are local to the organisation. */
export const calendarTypes = ['holiday', 'workday', 'promotion', 'outage', 'hours'] as const;
export type CalendarType = (typeof calendarTypes)[number];

/** What makes a calendar row the same row: a later one of the same key takes the place of an earlier. */
const calendarKeySchema = z.object({
  date: z.string(),
  type: z.enum(calendarTypes),
  shop: z.string().describe('Empty: every shop'),
  metric: z.string().describe('Of a promotion: whose target is relaxed; empty: every metric that the plan relaxes'),
  from: z.string().describe('HH:MM; empty: from midnight'),
});
export type CalendarKey = z.infer<typeof calendarKeySchema>;

export const calendarRowSchema = calendarKeySchema.extend({
  to: z.string().describe('HH:MM; empty: to midnight. Hours with from = to mean closed'),
  factor: z.string().nullable().describe('Of a promotion, decimal; null leaves it to the plan'),
  name: z.string().describe('What people call it'),
});
export type CalendarRow = z.infer<typeof calendarRowSchema>;

export const dayKinds = ['holiday', 'workday', 'weekend', 'ordinary', 'unknown'] as const;
export const calendarDaySchema = z.object({
  date: z.string(),
  kind: z.enum(dayKinds).describe('workday: worked instead of a day off; unknown: not announced yet'),
  name: z.object({ zh: z.string(), en: z.string() }).nullable().describe('Of the holiday'),
  source: z
    .enum(['official', 'law', 'declared'])
    .nullable()
    .describe('law: a holiday by law in a year whose arrangement is not announced yet; null where nobody has said'),
  rows: z.array(calendarRowSchema),
});
export type CalendarDay = z.infer<typeof calendarDaySchema>;

/** GET /api/calendar?month=2026-10 */
export const calendarMonthSchema = z.object({
  month: z.string(),
  today: z.string(),
  serviceHours: z.object({ from: z.string(), to: z.string() }).describe('Where no row of hours says otherwise'),
  festivalsKnown: z
    .boolean()
    .describe('Whether it is known when the Spring Festival and other festivals of the year are'),
  days: z.array(calendarDaySchema),
});
export type CalendarMonth = z.infer<typeof calendarMonthSchema>;

const timeOfDay = z.union([z.literal(''), z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)]).default('');
// A control character is no part of a name, and the stores would not take it.
const plain = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^\P{Cc}*$/u)
    .default('');
const askedKeySchema = z.strictObject({
  date: z.iso.date(),
  type: z.enum(calendarTypes),
  shop: plain(200),
  metric: plain(200),
  from: timeOfDay,
});

/** PUT /api/calendar: all of it or nothing. Sending it again changes nothing. */
export const calendarChangeSchema = z.strictObject({
  set: z
    .array(
      askedKeySchema.extend({
        to: timeOfDay,
        factor: z
          .string()
          .regex(/^\d{1,4}(\.\d{1,4})?$/)
          .nullable()
          .default(null),
        name: plain(60),
      }),
    )
    .max(400)
    .default([]),
  remove: z.array(askedKeySchema).max(400).default([]).describe('Rows to take back; absent ones are passed over'),
});
export type CalendarChange = z.output<typeof calendarChangeSchema>;

export const calendarChangedSchema = z.object({ set: z.number().int(), removed: z.number().int() });
