import { absentOf, type CheckContext, type CheckedColumn, checkColumn, type Fault } from './checks.ts';
import { type ColumnTexts, cell, cellText, columnTexts, type FileColumns, marks, moreColumn } from './columnText.ts';
import { erasedBeside, erasedFaults, orErased } from './erasedRows.ts';
import { foldColumns, foldedColumns } from './fold.ts';
import { type Kind, storedName } from './kinds.ts';
import { literal } from './literal.ts';
import type { Mapping } from './mapping.ts';
import type { RawTable } from './rawTable.ts';
import type { Reason } from './reasons.ts';

/**
 * How the rows of one file land: the SQL between the framed text and the typed row. `select` reads input() once and
 * gives every checked row; `accepted` and `rejects` split what it gives.
 */
export interface Landing {
  /** Structure of the framed text, for input(). */
  readonly structure: string;
  /** Columns of the table through which checked rows pass. */
  readonly passing: string;
  readonly select: string;
  /** SELECT over the passing table: the sound rows as the raw table has them. */
  readonly accepted: string;
  /** SELECT over the passing table: line, column, value, reason, fields. */
  readonly rejects: string;
  /** The same without fields. */
  readonly reasons: string;
  /** Names of what `fields` of a reject holds. */
  readonly rejectColumns: readonly string[];
  /** Rows of an event log: what is accepted goes to the log. */
  readonly folds: boolean;
}

export interface LandingOptions {
  readonly kind: Kind;
  /** Where accepted rows go: of an event log the log. */
  readonly raw: RawTable;
  readonly file: FileColumns;
  readonly mapping: Mapping | null;
  readonly context: Omit<CheckContext, 'scale'>;
  readonly partId: number;
}

const tick = (name: string): string => `\`${name}\``;

export function compileLanding(options: LandingOptions): Landing {
  const { kind, raw, file, mapping, context } = options;
  const texts = columnTexts(kind, file, mapping);
  const cells = file.names.map((_, index) => cell(index));
  if (file.more) cells.push('more');
  const checked = kind.columns.flatMap((column) => {
    const source = texts.of.get(column.name);
    const scale = /Decimal\(\d+, (\d+)\)/.exec(raw.types.get(storedName(column)) ?? '')?.[1] ?? '4';
    return source ? [checkColumn(column, source, { ...context, scale: Number(scale) })] : [];
  });
  const faults: Fault[] = texts.strays
    ? [{ when: texts.strays, reason: 'unknownKind', column: '_kind', value: cell(file.names.indexOf('_kind')) }]
    : [];
  const fold = mapping && foldColumns(file, mapping, context);
  const handler = fold?.handler ?? null;
  faults.push(...erasedFaults({ kind, checked, handler }, context.erased), ...(fold?.erased ?? []));
  faults.push(...faultsOf(kind, checked, context), ...(fold?.faults ?? []));
  const others = erasedBeside({ kind, checked, texts, handler }, context.erased);
  const become = others?.become ?? ((_name: string, value: string) => value);
  const stored = checked.map((each) => ({ ...each, value: become(each.column.name, each.value) }));
  const steps = [...(fold?.columns ?? [])].map(([name, sql]): [string, string] => [name, become(name, sql)]);
  const values = storedValues(kind, raw, stored, attributesOf(others?.texts ?? texts), steps);
  const own = [...values].map(([name, sql]) => `${sql} AS ${tick(name)}`);
  const ownTypes = [...values.keys()].map((name) => `${tick(name)} ${raw.types.get(name)}`);
  const given = ['line', 'fault', 'shown', ...cells];
  const bad = ["fault != ''", ...faults.map((fault) => fault.when)];
  const rejected = rejectColumnsOf(file, texts, checked, mapping);
  return {
    structure: ['line UInt32', 'fault String', 'shown String', ...cells.map((c) => `${c} String`)].join(', '),
    passing: [
      'line UInt32, fault String, shown String',
      ...cells.map((c) => `${c} String`),
      'sound UInt8',
      ...ownTypes,
    ].join(', '),
    select: `SELECT ${[...given, `NOT (${bad.map((when) => `(${when})`).join(' OR ')}) AS sound`, ...own].join(',\n  ')}`,
    accepted: `SELECT ${raw.columns.map((name) => (name === 'import_id' ? `toUInt32(${options.partId}) AS import_id` : tick(name))).join(', ')}`,
    // Of whoever was erased nothing is kept, also not what was sent again.
    rejects: `${reasonsOf(faults)},\n  if(reason = 'erased'${others ? ` OR ${others.names}` : ''}, [], [${rejected.map((column) => column.sql).join(', ')}]) AS fields`,
    reasons: reasonsOf(faults),
    rejectColumns: rejected.map((column) => column.name),
    folds: fold !== null,
  };
}

/** Condition under which a row of the file is looked at at all. */
export function keepOf(options: Pick<LandingOptions, 'kind' | 'file' | 'mapping'>): string {
  return columnTexts(options.kind, options.file, options.mapping).keep;
}

export function missingColumns(
  options: Pick<LandingOptions, 'kind' | 'file' | 'mapping' | 'context'>,
): readonly string[] {
  const { missing } = columnTexts(options.kind, options.file, options.mapping);
  const fold = options.mapping && foldColumns(options.file, options.mapping, options.context);
  return fold ? [...missing.filter((name) => !foldedColumns.has(name)), ...fold.missing] : missing;
}

function faultsOf(
  kind: Kind,
  checked: readonly CheckedColumn[],
  { knownAgents, erased }: Pick<CheckContext, 'knownAgents' | 'erased'>,
): Fault[] {
  const by = new Map(checked.map((one) => [one.column.name, one]));
  const textOf = (name: string): string => by.get(name)?.text ?? "''";
  const faults: Fault[] = [];
  for (const { column, text, faults: own } of checked) {
    for (const fault of own) faults.push({ ...fault, column: column.name, value: text });
    if (column.agent && knownAgents) {
      // A customer's messages carry the customer's id as sender.
      const spoken = kind.name === 'messages' ? ` AND lower(${textOf('sender')}) = 'agent'` : '';
      const when = `${text} != ''${spoken} AND ${text} NOT IN (${knownAgents})${orErased(text, erased)}`;
      faults.push({ when, reason: 'unknownAgent', column: column.name, value: text });
    }
  }
  // Systems number customers and agents apart, so that a bare number says nothing; an id such as A017 is one person's.
  if (by.has('customer_id') && knownAgents) {
    const customer = textOf('customer_id');
    const when = `${customer} != '' AND NOT match(${customer}, '^[0-9]+$') AND ${customer} IN (${knownAgents})`;
    faults.push({ when, reason: 'customerIsAgent', column: 'customer_id', value: customer });
  }
  const needOne = (a: string, b: string, reason: Reason): void => {
    faults.push({ when: `${textOf(a)} = '' AND ${textOf(b)} = ''`, reason, column: a, value: "''" });
  };
  if (kind.name === 'messages') needOne('session_id', 'customer_id', 'sessionOrCustomerMissing');
  if (kind.name === 'ratings') needOne('session_id', 'ticket_id', 'sessionOrTicketMissing');
  const inOrder = (from: string, to: string, reason: Reason = 'endsBeforeStart'): void => {
    const [start, end] = [by.get(from), by.get(to)];
    if (!start || !end) return;
    faults.push({
      when: `ifNull(${end.value} < ${start.value}, 0)`,
      reason,
      column: to,
      value: end.text,
    });
  };
  if (kind.name === 'sessions') inOrder('started_at', 'ended_at');
  if (kind.name === 'attendance') {
    inOrder('scheduled_start', 'scheduled_end');
    inOrder('actual_start', 'actual_end');
  }
  if (kind.name === 'tickets') {
    inOrder('created_at', 'closed_at');
    inOrder('created_at', 'first_closed_at');
  }
  if (kind.name === 'orders') {
    inOrder('created_at', 'paid_at', 'paidBeforeCreated');
    const [amount, refunded] = [by.get('amount'), by.get('refunded_amount')];
    if (amount && refunded) {
      const when = `ifNull(${refunded.value} > ${amount.value}, 0)`;
      faults.push({ when, reason: 'outOfRange', column: 'refunded_amount', value: refunded.text });
    }
  }
  if (kind.name === 'calendar') {
    // Times of day are written alike, so that their texts compare; equal hours mean closed, an outage of no length is none.
    const [from, to] = [`if(${textOf('from')} = '', '00:00', ${textOf('from')})`, textOf('to')];
    const [type, ends] = [`lower(${textOf('type')})`, `${to} != '' AND`];
    const when = `${ends} ((${type} IN ('hours', 'outage') AND ${to} < ${from}) OR (${type} = 'outage' AND ${to} = ${from}))`;
    faults.push({ when, reason: 'endsBeforeStart', column: 'to', value: to });
  }
  return faults;
}

/** Every column of the raw table but line and import_id, as SQL over the file's cells. `steps`: what a row of an event log says besides. */
function storedValues(
  kind: Kind,
  raw: RawTable,
  checked: readonly CheckedColumn[],
  attributes: string,
  steps: readonly (readonly [string, string])[],
): Map<string, string> {
  const by = new Map(checked.map((one) => [one.column.name, one]));
  const values = new Map<string, string>();
  for (const column of kind.columns) {
    const type = raw.types.get(storedName(column)) as string;
    const known = by.get(column.name);
    const absent = column.absent ? literal(column.absent) : null;
    if (!known)
      values.set(
        storedName(column),
        absent
          ? `CAST(${absent}, ${literal(type)})`
          : `CAST(${type.startsWith('Nullable') ? 'NULL' : absentOf(type)}, ${literal(type)})`,
      );
    else values.set(storedName(column), total(known.value, column.type.is, type));
  }
  values.set('attributes', attributes);
  for (const [name, sql] of steps) values.set(name, sql);
  const hashed = [...values].map(([name, sql]) =>
    raw.types.get(name)?.startsWith('Nullable')
      ? `isNull(${sql}), ifNull(${sql}, ${absentOf(innerOf(raw, name))})`
      : sql,
  );
  values.set('content_hash', `cityHash64(${hashed.join(', ')})`);
  if (raw.types.has('key')) {
    const v = (name: string): string => values.get(name) as string;
    const place = `if(${v('session_id')} != '', ${v('session_id')}, concat('\\t', ${v('customer_id')}))`;
    const anonymous = `cityHash64(${place}, ${v('at')}, ${v('sender')}, ${v('sender_id')}, ${v('text')}, toUInt32(1))`;
    values.set(
      'key',
      by.has('message_id')
        ? `if(${v('message_id')} != '', cityHash64(${place}, ${v('message_id')}), ${anonymous})`
        : anonymous,
    );
  }
  return values;
}

function innerOf(raw: RawTable, name: string): string {
  return (raw.types.get(name) as string).replace(/^Nullable\((.*)\)$/, '$1');
}

/** A value of exactly the stored type for every text, also for one that the checks refuse. */
function total(value: string, is: string, type: string): string {
  if (type.startsWith('Nullable')) return `CAST(${value}, ${literal(type)})`;
  if (type.startsWith('Enum8')) {
    const names = [...type.matchAll(/'([^']+)' = /g)].map((match) => `'${match[1]}'`);
    return `CAST(if(${value} IN (${names.join(', ')}), ${value}, ${absentOf(type)}), ${literal(type)})`;
  }
  if (is === 'id' || is === 'text' || is === 'oneOf' || is === 'period' || is === 'timeOfDay')
    return `CAST(${value}, ${literal(type)})`;
  return `CAST(ifNull(${value}, ${absentOf(type)}), ${literal(type)})`;
}

function attributesOf(texts: ColumnTexts): string {
  const type = "'Map(LowCardinality(String), String)'";
  // Sorted, so that the order of a file's columns does not change the row's hash.
  const sorted = [...texts.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const named = `mapFilter((k, v) -> v != '', map(${sorted.map(({ name, text }) => `${literal(name)}, ${text}`).join(', ')}))`;
  const more = texts.more ? `JSONExtract(${texts.more}, 'Map(String, String)')` : null;
  if (more) return `CAST(${sorted.length > 0 ? `mapSort(mapConcat(${named}, ${more}))` : more}, ${type})`;
  return sorted.length > 0 ? `CAST(${named}, ${type})` : `CAST(map(), ${type})`;
}

/** What a rejects file repeats of the row: its own columns, or for a mapped file those of the open format. */
function rejectColumnsOf(
  file: FileColumns,
  texts: ColumnTexts,
  checked: readonly CheckedColumn[],
  mapping: Mapping | null,
): { name: string; sql: string }[] {
  const more = file.more ? [{ name: moreColumn, sql: 'more' }] : [];
  if (!mapping || mapping.fold) {
    const own = file.names.map((name, index) => ({ name, sql: cellText(file, index) }));
    return [...own.filter(({ name }) => !marks.has(name)), ...more];
  }
  const targets = checked.map(({ column, text, value }) => {
    const source = texts.of.get(column.name);
    const zone = literal(source?.timeZone ?? 'UTC');
    const seconds = `formatDateTime(${value}, '%Y-%m-%dT%H:%i:%S', ${zone})`;
    const iso = `concat(${seconds}, '.', leftPad(toString(toMillisecond(${value})), 3, '0'), formatDateTime(${value}, '%z', ${zone}))`;
    const readable = column.type.is === 'instant' ? iso : column.type.is === 'date' ? `toString(${value})` : null;
    return { name: column.name, sql: readable ? `ifNull(${readable}, ${text})` : text };
  });
  return [...targets, ...texts.attributes.map(({ name, text }) => ({ name, sql: text })), ...more];
}

/** The first thing that is wrong with a row. */
function reasonsOf(faults: readonly Fault[]): string {
  const at = (values: readonly string[]): string => `[${values.join(', ')}]`;
  const which = `multiIf(fault != '', 1, ${faults.map((fault, index) => `${fault.when}, ${index + 2}`).join(', ')}, 1)`;
  return `SELECT line,
  ${at(["''", ...faults.map((fault) => literal(fault.column))])}[${which}] AS column,
  substringUTF8(${at(['shown', ...faults.map((fault) => fault.value)])}[${which}], 1, 200) AS value,
  ${at(['fault', ...faults.map((fault) => literal(fault.reason))])}[${which}] AS reason`;
}
