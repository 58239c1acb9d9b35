import { Temporal } from 'temporal-polyfill';

/** A span of service hours as milliseconds of the local day, half-open: open ≤ t < close. Default of G6: 09:00 to 23:00. */
export interface DayHours {
  readonly openMs: number;
  readonly closeMs: number;
}
export const defaultDayHours: DayHours = { openMs: 9 * 3_600_000, closeMs: 23 * 3_600_000 };

/**
 * One calendar row of type `hours`: on that date that shop (every shop where '') is open from–to, besides what its other rows of the date
 * say; equal times open nothing, so that a day of which no row says more is closed.
 */
export interface HoursException {
  readonly shop: string;
  readonly date: string;
  readonly hours: DayHours;
}

/** Times are milliseconds since the local midnight: on a day whose clocks change, 09:00 is not nine hours later. */
export interface ServiceDay {
  readonly shop: string;
  /** Days since 1970-01-01, local. */
  readonly day: number;
  /** The first opening and the last closing; equal where it is closed. */
  readonly open_ms: number;
  readonly close_ms: number;
  /** When it is closed in between: the ends of all spans but the last, the beginnings of all but the first. */
  readonly breaks_from: readonly number[];
  readonly breaks_to: readonly number[];
  /** All service time of the shop before this day, counted from the first day. */
  readonly before_ms: number;
}

const firstDay = epochDay('2015-01-01');
const lastDay = epochDay('2040-12-31');

/**
 * Service days of every shop with exceptions of its own, and of shop '' which stands for all others. Empty when there is no exception
 * and the zone's clocks never change: then the default hours hold everywhere.
 */
export function serviceDays(exceptions: readonly HoursException[], timeZone: string): ServiceDay[] {
  const changes = daysOfClockChanges(timeZone);
  if (exceptions.length === 0 && changes.size === 0) return [];
  const byShop = groupBy(exceptions, ({ shop }) => shop);
  const everywhere = spansByDay(byShop.get('') ?? []);
  const days: ServiceDay[] = [];
  for (const shop of new Set(['', ...byShop.keys()])) {
    const own = shop === '' ? everywhere : new Map([...everywhere, ...spansByDay(byShop.get(shop) ?? [])]);
    let before = 0;
    for (let day = firstDay; day <= lastDay; day++) {
      const spans = own.get(day) ?? [defaultDayHours];
      const [first = closed, ...later] = changes.has(day) ? sinceMidnightOf(spans, day, timeZone) : spans;
      const all = [first, ...later];
      days.push({
        ...{ shop, day, open_ms: first.openMs, close_ms: all.at(-1)?.closeMs ?? first.closeMs },
        breaks_from: all.slice(0, -1).map(({ closeMs }) => closeMs),
        breaks_to: later.map(({ openMs }) => openMs),
        before_ms: before,
      });
      before += all.reduce((sum, { openMs, closeMs }) => sum + closeMs - openMs, 0);
    }
  }
  return days;
}

const closed: DayHours = { openMs: 0, closeMs: 0 };

/** The spans of each day in order, those that overlap or touch as one. */
function spansByDay(exceptions: readonly HoursException[]): Map<number, DayHours[]> {
  const byDay = groupBy(exceptions, ({ date }) => epochDay(date));
  return new Map([...byDay].map(([day, rows]) => [day, united(rows.map(({ hours }) => hours))]));
}

function united(spans: readonly DayHours[]): DayHours[] {
  const all: DayHours[] = [];
  for (const span of spans.filter(({ openMs, closeMs }) => openMs < closeMs).sort((a, b) => a.openMs - b.openMs)) {
    const last = all.at(-1);
    if (last && span.openMs <= last.closeMs)
      all.splice(-1, 1, { openMs: last.openMs, closeMs: Math.max(last.closeMs, span.closeMs) });
    else all.push(span);
  }
  return all;
}

/** The local days on which the zone's clocks change. */
function daysOfClockChanges(timeZone: string): Set<number> {
  const days = new Set<number>();
  let at: Temporal.ZonedDateTime | null = midnightOf(firstDay, timeZone).subtract({ nanoseconds: 1 });
  for (at = at.getTimeZoneTransition('next'); at; at = at.getTimeZoneTransition('next')) {
    const day = epochDay(at.toPlainDate());
    if (day > lastDay) break;
    // Clocks put back at midnight make the day before longer.
    days.add(day).add(epochDay(at.subtract({ nanoseconds: 1 }).toPlainDate()));
  }
  return days;
}

/** Times of day as time since midnight, clocks changed; what the change leaves nothing of is no span. */
function sinceMidnightOf(spans: readonly DayHours[], day: number, timeZone: string): DayHours[] {
  const midnight = midnightOf(day, timeZone);
  const since = (ms: number) =>
    midnight.toPlainDate().toPlainDateTime().add({ milliseconds: ms }).toZonedDateTime(timeZone).epochMilliseconds -
    midnight.epochMilliseconds;
  return united(spans.map(({ openMs, closeMs }) => ({ openMs: Math.max(0, since(openMs)), closeMs: since(closeMs) })));
}

/** Reads 'HH:MM' or 'HH:MM:SS' up to 24:00 as milliseconds since midnight; null when it is no time of day. */
export function timeOfDayMs(text: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!parts) return null;
  const ms = (Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? '0')) * 1000;
  return ms <= 24 * 3_600_000 && Number(parts[2]) < 60 ? ms : null;
}

/** What a row says of its day; without a time from midnight, or to midnight. What is no time was rejected when the row came in. */
export const hoursOf = ({ from, to }: { readonly from: string; readonly to: string }): DayHours => ({
  openMs: timeOfDayMs(from || '00:00') ?? 0,
  closeMs: timeOfDayMs(to || '24:00') ?? 0,
});

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function epochDay(date: string | Temporal.PlainDate): number {
  return Temporal.PlainDate.from('1970-01-01').until(date, { largestUnit: 'days' }).days;
}

const midnightOf = (day: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.PlainDate.from('1970-01-01').add({ days: day }).toZonedDateTime(timeZone);

/**
 * How SQL asks about service hours: `exceptions` says whether the table service_days has rows, `breaks` whether service_breaks has, `database`
 * where they lie, for a query that runs elsewhere (a Distributed table answers no joinGet). What is not there is not asked for.
 */
export interface ServiceClock {
  readonly exceptions: boolean;
  readonly breaks: boolean;
  readonly database?: string;
}

const placed = ({ database }: ServiceClock, table: string) => (database === undefined ? table : `${database}.${table}`);
const serviceDay = (clock: ServiceClock, column: string, shopKey: string, day: string): string =>
  `joinGet('${placed(clock, 'service_days')}', '${column}', ${shopKey}, ${day})`;

/** Something about each break of the day of the instant `ms`: `from` and `to` are its ends since midnight. */
const ofBreaks = (clock: ServiceClock, shopKey: string, ms: string, how: 'arrayExists' | 'arraySum', what: string) => {
  const of = (column: string) =>
    `joinGet('${placed(clock, 'service_breaks')}', '${column}', ${shopKey}, ${localDay(ms)})`;
  return `${how}((break_from, break_to) -> ${what}, ${of('from_ms')}, ${of('to_ms')})`;
};

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
  const rests = clock.breaks
    ? ` - ${ofBreaks(clock, shopKey, ms, 'arraySum', `least(break_to - break_from, greatest(0, ${sinceMidnight(ms)} - break_from))`)}`
    : '';
  return `(${of('before_ms')} + least(${of('close_ms')} - ${of('open_ms')}, greatest(0, ${sinceMidnight(ms)} - ${of('open_ms')}))${rests})`;
}

/** SQL: whether the instant `ms` lies outside the shop's service hours of its day. */
export function outsideHoursSql(clock: ServiceClock, shopKey: string, ms: string): string {
  if (!clock.exceptions) return `(${sinceMidnight(ms)} < ${openMs} OR ${sinceMidnight(ms)} >= ${closeMs})`;
  const of = (column: string) => serviceDay(clock, column, shopKey, localDay(ms));
  const rests = clock.breaks
    ? ` OR ${ofBreaks(clock, shopKey, ms, 'arrayExists', `break_from <= ${sinceMidnight(ms)} AND ${sinceMidnight(ms)} < break_to`)}`
    : '';
  return `(${sinceMidnight(ms)} < ${of('open_ms')} OR ${sinceMidnight(ms)} >= ${of('close_ms')}${rests})`;
}

/** SQL: whether two instants lie within one span of the shop's service hours, both ends included: service time between them is time. */
export function withinServiceDaySql(clock: ServiceClock, shopKey: string, fromMs: string, toMs: string): string {
  const of = (column: 'open_ms' | 'close_ms', standard: string) =>
    clock.exceptions ? serviceDay(clock, column, shopKey, localDay(fromMs)) : standard;
  const rests = clock.breaks
    ? ` AND NOT ${ofBreaks(clock, shopKey, fromMs, 'arrayExists', `${sinceMidnight(fromMs)} < break_to AND ${sinceMidnight(toMs)} > break_from`)}`
    : '';
  return `(${localDay(fromMs)} = ${localDay(toMs)} AND ${sinceMidnight(fromMs)} >= ${of('open_ms', openMs)} AND ${sinceMidnight(toMs)} <= ${of('close_ms', closeMs)}${rests})`;
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
