import { Temporal } from 'temporal-polyfill';

/** Daily service hours as milliseconds since local midnight, half-open: open ≤ t < close. Default of G6: 09:00 to 23:00. */
export interface DayHours {
  readonly openMs: number;
  readonly closeMs: number;
}
export const defaultDayHours: DayHours = { openMs: 9 * 3_600_000, closeMs: 23 * 3_600_000 };

/** One calendar row of type `hours`: on that date that shop (every shop where '') is open from–to; equal times mean closed. */
export interface HoursException {
  readonly shop: string;
  readonly date: string;
  readonly hours: DayHours;
}

export interface ServiceDay {
  readonly shop: string;
  /** Days since 1970-01-01, local. */
  readonly day: number;
  readonly open_ms: number;
  readonly close_ms: number;
  /** All service time of the shop before this day, counted from the first day. */
  readonly before_ms: number;
}

const firstDay = epochDay('2015-01-01');
const lastDay = epochDay('2040-12-31');

/**
 * Service days of every shop with exceptions of its own, and of shop '' which stands for all others.
 * Empty when there is no exception: then the default hours hold everywhere. Days outside 2015–2040 have the default hours.
 */
export function serviceDays(exceptions: readonly HoursException[]): ServiceDay[] {
  if (exceptions.length === 0) return [];
  const byShop = groupByShop(exceptions);
  const everywhere = byDay(byShop.get('') ?? []);
  const days: ServiceDay[] = [];
  for (const shop of new Set(['', ...byShop.keys()])) {
    const own = shop === '' ? everywhere : new Map([...everywhere, ...byDay(byShop.get(shop) ?? [])]);
    let before = 0;
    for (let day = firstDay; day <= lastDay; day++) {
      const { openMs, closeMs } = own.get(day) ?? defaultDayHours;
      days.push({ shop, day, open_ms: openMs, close_ms: closeMs, before_ms: before });
      before += closeMs - openMs;
    }
  }
  return days;
}

/** Reads 'HH:MM' or 'HH:MM:SS' up to 24:00 as milliseconds since midnight; null when it is no time of day. */
export function timeOfDayMs(text: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!parts) return null;
  const ms = (Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? '0')) * 1000;
  return ms <= 24 * 3_600_000 && Number(parts[2]) < 60 ? ms : null;
}

function groupByShop(exceptions: readonly HoursException[]): Map<string, HoursException[]> {
  const groups = new Map<string, HoursException[]>();
  for (const exception of exceptions) groups.set(exception.shop, [...(groups.get(exception.shop) ?? []), exception]);
  return groups;
}

function byDay(exceptions: readonly HoursException[]): Map<number, DayHours> {
  return new Map(exceptions.map((exception) => [epochDay(exception.date), exception.hours]));
}

function epochDay(date: string): number {
  return Temporal.PlainDate.from('1970-01-01').until(date, { largestUnit: 'days' }).days;
}

/**
 * How SQL asks about service hours: `exceptions` says whether the table service_days has rows, `database` where it lies, for a query that
 * runs elsewhere (a Distributed table answers no joinGet).
 */
export interface ServiceClock {
  readonly exceptions: boolean;
  readonly database?: string;
}

const serviceDay = ({ database }: ServiceClock, column: string, shopKey: string, day: string): string =>
  `joinGet('${database === undefined ? '' : `${database}.`}service_days', '${column}', ${shopKey}, ${day})`;

const localDay = (ms: string) => `toInt32(toDate32(fromUnixTimestamp64Milli(${ms}), {tz:String}))`;
const sinceMidnight = (ms: string) =>
  `(${ms} - toUnixTimestamp(toStartOfDay(fromUnixTimestamp64Milli(${ms}), {tz:String})) * 1000)`;
const openMs = String(defaultDayHours.openMs);
const closeMs = String(defaultDayHours.closeMs);
const lengthMs = String(defaultDayHours.closeMs - defaultDayHours.openMs);

/** SQL: service time up to the instant `ms` (Int64 milliseconds) at the shop; differences of two are business time. */
export function serviceTimeSql(clock: ServiceClock, shopKey: string, ms: string): string {
  if (!clock.exceptions)
    return `(${localDay(ms)} * ${lengthMs} + least(${lengthMs}, greatest(0, ${sinceMidnight(ms)} - ${openMs})))`;
  const of = (column: string) => serviceDay(clock, column, shopKey, localDay(ms));
  return `(${of('before_ms')} + least(${of('close_ms')} - ${of('open_ms')}, greatest(0, ${sinceMidnight(ms)} - ${of('open_ms')})))`;
}

/** SQL: whether the instant `ms` lies outside the shop's service hours of its day. */
export function outsideHoursSql(clock: ServiceClock, shopKey: string, ms: string): string {
  if (!clock.exceptions) return `(${sinceMidnight(ms)} < ${openMs} OR ${sinceMidnight(ms)} >= ${closeMs})`;
  const of = (column: string) => serviceDay(clock, column, shopKey, localDay(ms));
  return `(${sinceMidnight(ms)} < ${of('open_ms')} OR ${sinceMidnight(ms)} >= ${of('close_ms')})`;
}

/** SQL: whether two instants lie within the shop's service hours of one local day, both ends included: service time between them is time. */
export function withinServiceDaySql(clock: ServiceClock, shopKey: string, fromMs: string, toMs: string): string {
  const of = (column: 'open_ms' | 'close_ms', standard: string) =>
    clock.exceptions ? `joinGet('service_days', '${column}', ${shopKey}, ${localDay(fromMs)})` : standard;
  return `(${localDay(fromMs)} = ${localDay(toMs)} AND ${sinceMidnight(fromMs)} >= ${of('open_ms', openMs)} AND ${sinceMidnight(toMs)} <= ${of('close_ms', closeMs)})`;
}

/** SQL: the end, in Int64 milliseconds, of the first service day that begins after the instant `ms`; closed days are passed over. */
export function nextServiceDayEndSql(clock: ServiceClock, shopKey: string, ms: string): string {
  const midnight = (later: string) =>
    `toUnixTimestamp(toDateTime(addDays(toDate(fromUnixTimestamp64Milli(${ms}), {tz:String}), ${later}), {tz:String})) * 1000`;
  if (!clock.exceptions) return `(${midnight(`if(${sinceMidnight(ms)} < ${openMs}, 0, 1)`)} + ${closeMs})`;
  const of = (column: string, later: string) =>
    serviceDay(clock, column, shopKey, `toInt32(${localDay(ms)} + ${later})`);
  const next = `arrayFirst(later -> ${of('open_ms', 'later')} < ${of('close_ms', 'later')}
    AND (later > 0 OR ${sinceMidnight(ms)} < ${of('open_ms', 'later')}), range(32))`;
  return `(${midnight(next)} + ${of('close_ms', next)})`;
}

/** SQL: the shop under which service_days knows this shop; shops without exceptions of their own share ''. */
export const shopKeySql = (clock: ServiceClock, shop: string): string =>
  clock.exceptions ? `if(has({shopsWithHours:Array(String)}, toString(${shop})), toString(${shop}), '')` : `''`;
