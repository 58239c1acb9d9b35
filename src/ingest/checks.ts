import type { Column } from './kinds.ts';
import { literal, literals } from './literal.ts';
import type { Reason } from './reasons.ts';

/**
 * What the engine does to one column: from the text of a field to a typed value, and what can be wrong with it.
 * All SQL here is generated from kinds.ts; `text` is an expression over the columns of the file, never user text.
 */
export interface CheckedColumn {
  readonly column: Column;
  /** The field as text, trimmed; what a reject shows. */
  readonly text: string;
  /** Typed value, null when absent or wrong. */
  readonly value: string;
  /** Conditions that must all be false, in the order in which they are reported. */
  readonly faults: readonly { readonly when: string; readonly reason: Reason }[];
}

/** Something that is wrong with a row: `value` is what of it is shown. */
export interface Fault {
  readonly when: string;
  readonly reason: Reason;
  readonly column: string;
  readonly value: string;
}

export interface CheckContext {
  /** Zone of instants that carry none. */
  readonly timeZone: string;
  /** The import's own clock, in ms: later instants are implausible. */
  readonly now: number;
  /** SQL of the set of known agents, or null while none is known. */
  readonly knownAgents: string | null;
  /** The table of the hashes of erased ids, and what they are salted with; null while nobody was erased. */
  readonly erased: { readonly table: string; readonly salt: string } | null;
  /** Digits after the point that the raw table keeps for a decimal. */
  readonly scale: number;
}

/** Where a column's text comes from. `format` is set when a mapping names one (Joda letters). */
export interface TextSource {
  readonly text: string;
  readonly format?: string;
  readonly timeZone?: string;
}

const day = 86_400_000;
/** Plans and deadlines lie ahead; what happened does not. */
const ahead = new Set(['scheduled_start', 'scheduled_end', 'sla_due_at']);
const idBytesMax = 256;
const textBytesMax = 65_536;
const plain = "''";

const zones = ['', 'Z', '+00:00', '-00:00', '+0000', '-0000', '+00', '-00'];
const clocks = ['00:00', '00:00:00', ...Array.from({ length: 9 }, (_, k) => `00:00:00.${'0'.repeat(k + 1)}`)];
/** Every way ISO 8601 is written, each digit as 0: one hashed look-up is far cheaper than a regular expression. */
const instantShapes = ['T', ' '].flatMap((t) => clocks.flatMap((c) => zones.map((z) => `0000-00-00${t}${c}${z}`)));

export function checkColumn(column: Column, source: TextSource, context: CheckContext): CheckedColumn {
  const text = column.name === 'text' ? source.text : `trimBoth(${source.text})`;
  const present = `${text} != ''`;
  const typed = typedValue(column, { ...source, text }, context);
  const faults: { when: string; reason: Reason }[] = [];
  if (column.required) faults.push({ when: `${text} = ''`, reason: 'missing' });
  for (const fault of typed.faults) faults.push({ when: `${present} AND ${fault.when}`, reason: fault.reason });
  return { column, text, value: typed.value, faults };
}

interface Typed {
  readonly value: string;
  readonly faults: readonly { when: string; reason: Reason }[];
}

function typedValue(column: Column, source: TextSource, context: CheckContext): Typed {
  const { text } = source;
  const { type } = column;
  const digits = (pattern: string) => `NOT match(${text}, ${literal(pattern)})`;
  switch (type.is) {
    case 'id':
      return { value: text, faults: [{ when: `length(${text}) > ${idBytesMax}`, reason: 'tooLong' }] };
    case 'text': {
      const faults: { when: string; reason: Reason }[] = [];
      const bytesMax = column.name === 'text' ? 1 << 20 : textBytesMax;
      faults.push({ when: `length(${text}) > ${bytesMax}`, reason: 'tooLong' });
      return { value: text, faults };
    }
    case 'instant':
      return instant(column, source, context);
    case 'date': {
      // A workbook knows no days, only times: a day is its midnight.
      const written = `if(endsWith(${text}, 'T00:00:00'), substring(${text}, 1, 10), ${text})`;
      const iso = `if(ifNull(toString(toDate32OrNull(${written})), '') = ${written}, toDate32OrNull(${written}), NULL)`;
      // As with instants: a format of one's own does not shut out ISO 8601.
      const value = source.format
        ? `coalesce(toDate32(parseDateTime64InJodaSyntaxOrNull(${text}, ${literal(source.format)}, 'UTC')), ${iso})`
        : iso;
      const wrong = `${value} IS NULL`;
      const latest = new Date(context.now + 3 * 366 * day).toISOString().slice(0, 10);
      const range = `ifNull(${value} < toDate32('1940-01-01') OR ${value} > toDate32('${latest}'), 0)`;
      return {
        value,
        faults: [
          { when: wrong, reason: 'notADate' },
          { when: range, reason: 'dateImplausible' },
        ],
      };
    }
    case 'timeOfDay':
      return {
        value: text,
        faults: [{ when: digits('^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$'), reason: 'notATimeOfDay' }],
      };
    case 'integer': {
      const value = `toInt64OrNull(${text})`;
      const faults: { when: string; reason: Reason }[] = [{ when: digits('^-?\\d{1,18}$'), reason: 'notAnInteger' }];
      const max = type.max ?? 4_294_967_295;
      faults.push({ when: `(${value} < ${type.min ?? 0} OR ${value} > ${max})`, reason: 'outOfRange' });
      return { value, faults };
    }
    case 'decimal': {
      const value = `toDecimal64OrNull(${text}, ${context.scale})`;
      const faults: { when: string; reason: Reason }[] = [
        { when: digits(`^-?\\d{1,12}(\\.\\d{1,${context.scale}}0*)?$`), reason: 'notADecimal' },
      ];
      if (context.scale === 4) faults.push({ when: digits('^-?\\d{1,5}(\\.\\d*)?$'), reason: 'outOfRange' });
      if (type.min !== undefined) faults.push({ when: `ifNull(${value} < ${type.min}, 0)`, reason: 'outOfRange' });
      return { value, faults };
    }
    case 'money':
      return {
        value: `toInt64(toDecimal64OrNull(${text}, 2) * 100)`,
        faults: [
          { when: digits('^-?\\d{1,13}(\\.\\d{1,2}0*)?$'), reason: 'notMoney' },
          { when: `startsWith(${text}, '-')`, reason: 'outOfRange' },
        ],
      };
    case 'seconds':
      return {
        value: `toInt64(toDecimal64OrNull(${text}, 3) * 1000)`,
        faults: [{ when: digits('^\\d{1,9}(\\.\\d{1,3}0*)?$'), reason: 'notSeconds' }],
      };
    case 'boolean': {
      const yes = literals(['true', '1', 'yes', 'y', 't', '是', '真']);
      const no = literals(['false', '0', 'no', 'n', 'f', '否', '假']);
      const value = `multiIf(lower(${text}) IN (${yes}), true, lower(${text}) IN (${no}), false, ${column.absent ?? 'NULL'})`;
      return { value, faults: [{ when: `lower(${text}) NOT IN (${yes}, ${no})`, reason: 'notABoolean' }] };
    }
    case 'period': {
      const one = '\\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?';
      // Both ends are days of the calendar, and the last is not before the first.
      const ends = [`toDate32OrNull(substring(${text}, 1, 10))`, `toDate32OrNull(substring(${text}, 13))`];
      const [first, last] = ends;
      const isRange = `ifNull(concat(toString(${first}), '..', toString(${last})), '') = ${text} AND ifNull(${first} <= ${last}, 0)`;
      return {
        value: text,
        faults: [{ when: `${digits(`^${one}$`)} AND NOT (${isRange})`, reason: 'notAPeriod' }],
      };
    }
    case 'oneOf': {
      const value = column.absent ? `if(${text} = '', ${literal(column.absent)}, lower(${text}))` : `lower(${text})`;
      return { value, faults: [{ when: `lower(${text}) NOT IN (${literals(type.values)})`, reason: 'notOneOf' }] };
    }
  }
}

function instant(column: Column, source: TextSource, context: CheckContext): Typed {
  const { text } = source;
  const zone = literal(source.timeZone ?? context.timeZone);
  const iso = `parseDateTime64BestEffortOrNull(${text}, 3, ${zone})`;
  // The engine's reader carries 25:00 over into the next day; here that is no time.
  const carried = `substring(${text}, 12, 2) > '23' OR substring(${text}, 15, 2) > '59' OR substring(${text}, 17, 1) = ':' AND substring(${text}, 18, 2) > '59'`;
  const shape = `translate(${text}, '123456789', '000000000') NOT IN (${literals(instantShapes)})`;
  // A format of one's own does not shut out ISO 8601: a corrected reject, a real date cell of a workbook.
  const value = source.format
    ? `coalesce(parseDateTime64InJodaSyntaxOrNull(${text}, ${literal(source.format)}, ${zone}), if(${shape} OR ${carried}, NULL, ${iso}))`
    : iso;
  const wrong = source.format ? `${value} IS NULL` : `(${value} IS NULL OR ${shape} OR ${carried})`;
  const latest = new Date(context.now + (ahead.has(column.name) ? 732 : 2) * day).toISOString().slice(0, 19);
  const range = `ifNull(${value} < toDateTime64('2000-01-01 00:00:00', 3, 'UTC') OR ${value} > toDateTime64('${latest.replace('T', ' ')}', 3, 'UTC'), 0)`;
  return {
    value,
    faults: [
      { when: wrong, reason: 'notAnInstant' },
      { when: range, reason: 'timeImplausible' },
    ],
  };
}

/** The absent value of a stored type that knows no null. */
export function absentOf(type: string): string {
  if (type.startsWith('Enum8')) return /'([^']+)'/.exec(type)?.[0] ?? plain;
  if (type === 'Bool') return 'false';
  if (type.startsWith('DateTime64')) return "toDateTime64(0, 3, 'UTC')";
  if (type.startsWith('Date32')) return "toDate32('1970-01-01')";
  if (/^(U?Int|Decimal)/.test(type)) return '0';
  return plain;
}
