import { type KindName, kinds } from '../../ingest/kinds.ts';
import type { ColumnSource, Mapping } from '../../ingest/mapping.ts';

/** A mapping as the page edits it: one line for every column of the kind, all fields plain text. */
export interface ColumnDraft {
  /** Column of the file; empty: not taken from the file. */
  readonly from: string;
  /** Given to every row; only where nothing is taken from the file. */
  readonly constant: string;
  readonly format: string;
  /** One `source = target` a line. */
  readonly values: string;
}

/** A log with one row per change of a ticket, folded into tickets; column names of the file, empty where there is none. */
export interface FoldDraft {
  readonly key: string;
  readonly at: ColumnDraft;
  readonly order: string;
  /** Its `values` say of every state whether it is open or closed. */
  readonly state: ColumnDraft;
  readonly reopens: string;
  readonly handler: string;
}

export interface MappingDraft {
  readonly kind: KindName;
  readonly timeZone: string;
  /** Separated by commas. */
  readonly nulls: string;
  readonly sheet: string;
  readonly columns: Readonly<Record<string, ColumnDraft>>;
  /** null: one row per record, nothing to fold. */
  readonly fold: FoldDraft | null;
  /** What the draft came from: keeps what this page has no field for (filter, nulls of one column). */
  readonly base: Mapping | null;
}

const empty: ColumnDraft = { from: '', constant: '', format: '', values: '' };

function ofSource(source: ColumnSource | undefined): ColumnDraft {
  if (source === undefined) return empty;
  if (typeof source === 'string') return { ...empty, from: source };
  const values = Object.entries(source.values ?? {}).map(([from, to]) => `${from} = ${to}`);
  return { ...empty, from: source.from, format: source.format ?? '', values: values.join('\n') };
}

export function draftOf(kind: KindName, mapping: Mapping | null, fileColumns: readonly string[]): MappingDraft {
  const same = mapping?.kind === kind ? mapping : null;
  const lower = new Map(fileColumns.map((name) => [name.toLowerCase(), name]));
  const columns = kinds[kind].columns.map((column): [string, ColumnDraft] => {
    const source = same ? same.columns[column.name] : lower.get(column.name);
    const constant = same?.constants?.[column.name] ?? '';
    return [column.name, { ...ofSource(source), constant }];
  });
  return {
    kind,
    timeZone: same?.timeZone ?? '',
    nulls: same?.nulls?.join(', ') ?? '',
    sheet: same?.sheet ?? '',
    columns: Object.fromEntries(columns),
    fold: same?.fold ? foldOf(same.fold) : null,
    base: same,
  };
}

function foldOf(fold: NonNullable<Mapping['fold']>): FoldDraft {
  return {
    key: fold.key,
    at: ofSource(fold.at),
    order: fold.order ?? '',
    state: ofSource(fold.state),
    reopens: fold.reopens ?? '',
    handler: fold.handler ?? '',
  };
}

const closedState = /clos|resolv|done|finish|关闭|解决|完成|办结/i;

/** A fold to begin with: every state that the sample shows, sorted into open and closed by its name. */
export function beginFold(
  stateColumn: string,
  columns: readonly string[],
  sample: readonly (readonly string[])[],
): FoldDraft {
  const states = samplesOf(stateColumn, columns, sample, 50);
  const values = states.map((state) => `${state} = ${closedState.test(state) ? 'closed' : 'open'}`).join('\n');
  return { key: '', at: empty, order: '', state: { ...empty, from: stateColumn, values }, reopens: '', handler: '' };
}

function foldMapping(fold: FoldDraft, before: Mapping['fold']): NonNullable<Mapping['fold']> {
  const state = sourceOf(fold.state, before?.state);
  return {
    key: fold.key,
    at: sourceOf(fold.at, before?.at),
    state: typeof state === 'string' ? { from: state } : state,
    ...(fold.order === '' ? {} : { order: fold.order }),
    ...(fold.reopens === '' ? {} : { reopens: fold.reopens }),
    ...(fold.handler === '' ? {} : { handler: fold.handler }),
  };
}

function sourceOf(draft: ColumnDraft, before: ColumnSource | undefined): ColumnSource {
  const { format: _format, values: _values, ...kept } = typeof before === 'object' ? before : { from: draft.from };
  const values = pairsOf(draft.values);
  const source = {
    ...kept,
    from: draft.from,
    ...(draft.format === '' ? {} : { format: draft.format }),
    ...(Object.keys(values).length === 0 ? {} : { values }),
  };
  return Object.keys(source).length === 1 ? draft.from : source;
}

function pairsOf(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
  return Object.fromEntries(pairs);
}

export function mappingOf(draft: MappingDraft): Mapping {
  const taken = Object.entries(draft.columns).filter(([, column]) => column.from !== '');
  const given = Object.entries(draft.columns).filter(([, column]) => column.from === '' && column.constant !== '');
  const nulls = draft.nulls
    .split(/[,，]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const { timeZone: _z, nulls: _n, sheet: _s, constants: _c, fold: _f, ...kept } = draft.base ?? {};
  // Columns of the base that the kind does not know become attributes; they stay as they were.
  const others = Object.entries(draft.base?.columns ?? {}).filter(([name]) => !(name in draft.columns));
  return {
    ...kept,
    kind: draft.kind,
    ...(draft.sheet === '' ? {} : { sheet: draft.sheet }),
    ...(draft.timeZone === '' ? {} : { timeZone: draft.timeZone }),
    ...(nulls.length === 0 ? {} : { nulls }),
    columns: Object.fromEntries([
      ...taken.map(([name, column]): [string, ColumnSource] => [name, sourceOf(column, draft.base?.columns[name])]),
      ...others,
    ]),
    ...(draft.fold === null ? {} : { fold: foldMapping(draft.fold, draft.base?.fold) }),
    ...(given.length === 0
      ? {}
      : { constants: Object.fromEntries(given.map(([name, column]) => [name, column.constant])) }),
  };
}

/** Columns of which a row needs one, whichever the file has. */
const oneOf: Partial<Record<KindName, readonly string[]>> = { messages: ['session_id', 'customer_id'] };

export function isOneOf(kind: KindName, column: string): boolean {
  return oneOf[kind]?.includes(column) ?? false;
}

const isFilled = (column: ColumnDraft | undefined) =>
  column !== undefined && (column.from !== '' || column.constant !== '');

/** Required columns that neither the file nor a constant fills. A fold takes the ticket's name from its key. */
export function missingColumns(draft: MappingDraft): string[] {
  const choice = oneOf[draft.kind];
  const noneChosen = choice !== undefined && !choice.some((name) => isFilled(draft.columns[name]));
  const required = kinds[draft.kind].columns
    .filter((column) => column.required)
    .map((column) => column.name)
    .filter((name) => !(draft.fold && name === 'ticket_id'))
    .filter((name) => !isFilled(draft.columns[name]));
  return noneChosen ? [choice.join(' / '), ...required] : required;
}

/** The first few different values of one column of the file. */
export function samplesOf(
  column: string,
  columns: readonly string[],
  sample: readonly (readonly string[])[],
  atMost = 4,
): string[] {
  const at = columns.indexOf(column);
  if (at < 0) return [];
  return [...new Set(sample.flatMap((row) => row[at] ?? []))].filter((value) => value !== '').slice(0, atMost);
}
