import { absentOf, type CheckContext, type CheckedColumn, checkColumn } from './checks.ts';
import { type ColumnTexts, cell, cellText, columnTexts, type FileColumns, marks, moreColumn } from './columnText.ts';
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
  /** Of an event log: the table its checked rows wait in until they are folded, and the SELECT that fills it. */
  readonly log: { readonly columns: string; readonly select: string } | null;
}

export interface LandingOptions {
  readonly kind: Kind;
  readonly raw: RawTable;
  readonly file: FileColumns;
  readonly mapping: Mapping | null;
  readonly context: Omit<CheckContext, 'scale'>;
  readonly partId: number;
}

interface Fault {
  readonly when: string;
  readonly reason: Reason;
  readonly column: string;
  readonly value: string;
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
  const fold = mapping?.fold ? foldColumns(file, mapping, context) : null;
  faults.push(...erasedFaults(checked, context.erased));
  faults.push(...faultsOf(kind, checked, context.knownAgents), ...(fold?.faults ?? []));
  const erasing = standInsIn(kind, checked, texts, context.erased);
  const values = storedValues(kind, raw, erasing.checked, attributesOf(erasing.texts));
  const own = [...values].map(([name, sql]) => `${sql} AS ${tick(name)}`);
  own.push(...(fold?.columns ?? []).map(({ name, sql }) => `${sql} AS ${name}`));
  const ownTypes = [...values.keys()].map((name) => `${tick(name)} ${raw.types.get(name)}`);
  ownTypes.push(...(fold?.columns ?? []).map(({ name, type }) => `${name} ${type}`));
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
    rejects: `${reasonsOf(faults)},\n  if(reason = 'erased', [], [${rejected.map((column) => column.sql).join(', ')}]) AS fields`,
    reasons: reasonsOf(faults),
    rejectColumns: rejected.map((column) => column.name),
    log: fold
      ? {
          columns: ['line UInt32', ...ownTypes].join(', '),
          select: `SELECT line, ${[...values.keys()].map(tick).join(', ')}, ${fold.columns.map(({ name }) => name).join(', ')}`,
        }
      : null,
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
  if (!options.mapping?.fold) return missing;
  const { missing: ofFold } = foldColumns(options.file, options.mapping, options.context);
  return [...missing.filter((name) => !foldedColumns.has(name)), ...ofFold];
}

/** Rows of a customer who was erased, or of a session, ticket or order of theirs, and rows of an erased employee. What they say is shown to nobody. */
function erasedFaults(checked: readonly CheckedColumn[], erased: CheckContext['erased']): Fault[] {
  if (!erased) return [];
  const kinds = {
    ...{ customer_id: ['customer'], session_id: ['session'], ticket_id: ['ticket'], order_id: ['order'] },
    subject_id: ['session', 'ticket', 'agent'],
  };
  const textOf = (name: string) => checked.find(({ column }) => column.name === name)?.text;
  const [subject, sender] = [textOf('subject_kind'), textOf('sender')];
  return checked.flatMap(({ column, text }): Fault[] => {
    const own = Object.entries(kinds).find(([name]) => name === column.name)?.[1] ?? [];
    const agent = column.agent || column.name === 'agent_id' ? ['agent'] : [];
    return [...own, ...agent].map((kind) => {
      // A session and a ticket may have the same number, and so may a customer who speaks and an employee.
      const bySubject = column.name === 'subject_id' && subject ? `lower(${subject}) = '${kind}' AND ` : '';
      const ofKind = column.name === 'sender_id' && sender ? `lower(${sender}) != 'customer' AND ` : bySubject;
      const when = `${ofKind}${isErased(kind, text, erased)}`;
      return { when, reason: 'erased', column: column.name, value: "''" };
    });
  });
}

type Erased = NonNullable<CheckContext['erased']>;

/** Hashed as the erasure does it (`idHash.ts`). */
const hashOf = (kind: string, text: string, { salt }: Erased): string =>
  `SHA256(concat(${literal(`${salt}${kind}:`)}, ${text}))`;
const isErased = (kind: string, text: string, erased: Erased): string =>
  `${text} != '' AND ${hashOf(kind, text, erased)} IN (SELECT hash FROM ${erased.table})`;
const orStandIn = (text: string, erased: Erased): string =>
  `if(${isErased('agent', text, erased)}, concat('erased-', substring(lower(hex(${hashOf('agent', text, erased)})), 1, 16)), ${text})`;

/** Whom an erased employee led, taught or assessed is here still: their rows come in, with the stand-in that the tables have. */
function standInsIn(
  kind: Kind,
  checked: readonly CheckedColumn[],
  texts: ColumnTexts,
  erased: CheckContext['erased'],
): { readonly checked: readonly CheckedColumn[]; readonly texts: ColumnTexts } {
  if (!erased) return { checked, texts };
  const mentor = 'mentor_id';
  const become = ({ column, value }: CheckedColumn): string => {
    if (kind.name === 'agents' && column.name === 'manager_id') return orStandIn(value, erased);
    if (kind.name !== 'assessments' || column.name !== 'by') return value;
    // A number, or the form and behind a colon the number; a number may hold a colon itself.
    const parted = `concat(substring(${value}, 1, position(${value}, ':')), ${orStandIn(`substring(${value}, position(${value}, ':') + 1)`, erased)})`;
    return `if(${isErased('agent', value, erased)}, ${orStandIn(value, erased)}, ${parted})`;
  };
  const { attributes, more } = texts;
  const ofMentor = `JSONExtractString(${more}, '${mentor}')`;
  const isTaught = kind.name === 'agents';
  return {
    checked: checked.map((each) => ({ ...each, value: become(each) })),
    texts: {
      ...texts,
      attributes: attributes.map(({ name, text }) => ({
        name,
        text: isTaught && name === mentor ? orStandIn(text, erased) : text,
      })),
      more:
        isTaught && more !== null
          ? `if(${isErased('agent', ofMentor, erased)}, toJSONString(mapUpdate(JSONExtract(${more}, 'Map(String, String)'), map('${mentor}', ${orStandIn(ofMentor, erased)}))), ${more})`
          : more,
    },
  };
}

function faultsOf(kind: Kind, checked: readonly CheckedColumn[], knownAgents: string | null): Fault[] {
  const by = new Map(checked.map((one) => [one.column.name, one]));
  const textOf = (name: string): string => by.get(name)?.text ?? "''";
  const faults: Fault[] = [];
  for (const { column, text, faults: own } of checked) {
    for (const fault of own) faults.push({ ...fault, column: column.name, value: text });
    if (column.agent && knownAgents) {
      // A customer's messages carry the customer's id as sender.
      const spoken = kind.name === 'messages' ? ` AND lower(${textOf('sender')}) = 'agent'` : '';
      const when = `${text} != ''${spoken} AND ${text} NOT IN (${knownAgents})`;
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
  if (kind.name === 'orders') inOrder('created_at', 'paid_at', 'paidBeforeCreated');
  return faults;
}

/** Every column of the raw table but line and import_id, as SQL over the file's cells. */
function storedValues(
  kind: Kind,
  raw: RawTable,
  checked: readonly CheckedColumn[],
  attributes: string,
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
