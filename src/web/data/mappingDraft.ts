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

export interface MappingDraft {
  readonly kind: KindName;
  readonly timeZone: string;
  /** Separated by commas. */
  readonly nulls: string;
  readonly sheet: string;
  readonly columns: Readonly<Record<string, ColumnDraft>>;
  /** What the draft came from: keeps what this page has no field for (fold, filter, nulls of one column). */
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
    base: same,
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
  const { timeZone: _zone, nulls: _nulls, sheet: _sheet, constants: _constants, ...kept } = draft.base ?? {};
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
    ...(given.length === 0
      ? {}
      : { constants: Object.fromEntries(given.map(([name, column]) => [name, column.constant])) }),
  };
}

/** Required columns that neither the file nor a constant fills. A fold makes its own times and ids. */
export function missingColumns(draft: MappingDraft): string[] {
  if (draft.base?.fold) return [];
  return kinds[draft.kind].columns
    .filter((column) => column.required)
    .map((column) => column.name)
    .filter((name) => {
      const column = draft.columns[name];
      return !column || (column.from === '' && column.constant === '');
    });
}

/** The first few different values of one column of the file. */
export function samplesOf(
  column: string,
  columns: readonly string[],
  sample: readonly (readonly string[])[],
): string[] {
  const at = columns.indexOf(column);
  if (at < 0) return [];
  return [...new Set(sample.flatMap((row) => row[at] ?? []))].filter((value) => value !== '').slice(0, 4);
}
