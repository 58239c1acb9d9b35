import type { TextSource } from './checks.ts';
import { unquotedSql } from './formulaText.ts';
import { type Column, type Kind, kindNames } from './kinds.ts';
import { literal, literals } from './literal.ts';
import type { ColumnSource, Mapping } from './mapping.ts';

/** The columns of a file as it stands: what each is called and the SQL name under which the engine sees its text. */
export interface FileColumns {
  readonly names: readonly string[];
  /** A last column, without a name of its own, that holds a JSON object with further attributes. */
  readonly more: boolean;
  /** Of a rejects file: this pass takes rows that are damaged or name no known kind, too. */
  readonly strays?: boolean;
}

export const cell = (index: number): string => `c${index}`;

/** What a column holds; in a rejects file without the quotes that kept it from being a formula. */
export const cellText = (file: FileColumns, index: number): string =>
  file.names.includes(kindMark) ? unquotedSql(cell(index)) : cell(index);

/** Which text feeds which column, and what is left over as attributes. */
export interface ColumnTexts {
  readonly of: ReadonlyMap<string, TextSource>;
  readonly attributes: readonly { readonly name: string; readonly text: string }[];
  /** Text that is a JSON object of further attributes. */
  readonly more: string | null;
  /** Columns that the kind, or the mapping, needs and the file has not. */
  readonly missing: readonly string[];
  /** Rows for which this is false are skipped. */
  readonly keep: string;
  /** Rows for which this is true name no known kind. */
  readonly strays: string | null;
}

/** By this column a file is a rejects file, corrected: each row says its kind. */
export const kindMark = '_kind';

/** Why a row, or a whole file, was rejected. */
const reasonMark = '_reason';

/** Own columns of a rejects file, of no meaning to the data. */
export const marks = new Set([kindMark, '_file', '_line', '_column', '_value', reasonMark]);

export function columnTexts(kind: Kind, file: FileColumns, mapping: Mapping | null): ColumnTexts {
  return mapping ? mapped(kind, file, mapping) : plain(kind, file);
}

function plain(kind: Kind, file: FileColumns): ColumnTexts {
  const of = new Map<string, TextSource>();
  const attributes: { name: string; text: string }[] = [];
  const known = new Set(kind.columns.map((column) => column.name));
  // A rejects file holds rows of several kinds: each pass takes its own.
  const kindAt = file.names.indexOf(kindMark);
  file.names.forEach((name, index) => {
    const lower = name.toLowerCase();
    if (known.has(lower)) of.set(lower, { text: cellText(file, index) });
    else if (!marks.has(name) && name !== moreColumn) attributes.push({ name, text: cellText(file, index) });
  });
  const named = `${cell(kindAt)} = ${literal(kind.name)}`;
  const stray = `fault != '' OR ${cell(kindAt)} NOT IN (${literals(kindNames)})`;
  const taken = file.strays ? `(${named} OR ${stray})` : `fault = '' AND ${named}`;
  const keep = kindAt < 0 ? '1' : `${taken} AND NOT (${noteOf(file.names)})`;
  const strays = kindAt < 0 ? null : `${cell(kindAt)} != ${literal(kind.name)}`;
  return { of, attributes, more: moreOf(file), missing: missingOf(kind.columns, of), keep, strays };
}

/** A row of a rejects file that says why a whole file was refused: it holds nothing that could be taken in. */
function noteOf(names: readonly string[]): string {
  const reasonAt = names.indexOf(reasonMark);
  if (reasonAt < 0) return '0';
  const own = names.flatMap((name, index) => (marks.has(name) ? [] : [` AND ${cell(index)} = ''`]));
  return `fault = '' AND ${cell(reasonAt)} != ''${own.join('')}`;
}

/** The same of the fields of a row. */
export function isNote(names: readonly string[], fields: readonly string[]): boolean {
  const reasonAt = names.indexOf(reasonMark);
  return (
    reasonAt >= 0 && fields[reasonAt] !== '' && names.every((name, index) => marks.has(name) || fields[index] === '')
  );
}

function mapped(kind: Kind, file: FileColumns, mapping: Mapping): ColumnTexts {
  const of = new Map<string, TextSource>();
  const attributes: { name: string; text: string }[] = [];
  const missing: string[] = [];
  const used = new Set<string>();
  const known = new Set(kind.columns.map((column) => column.name));
  const take = (target: string, source: TextSource): void => {
    if (known.has(target)) of.set(target, source);
    else attributes.push({ name: target, text: source.text });
  };
  for (const [target, source] of Object.entries(mapping.columns)) {
    const from = typeof source === 'string' ? source : source.from;
    const text = sourceText(file, source, mapping);
    used.add(from);
    if (text) take(target, text);
    else missing.push(from);
  }
  for (const [target, value] of Object.entries(mapping.constants ?? {})) take(target, { text: literal(value) });
  file.names.forEach((name, index) => {
    if (!used.has(name) && !marks.has(name) && name !== moreColumn)
      attributes.push({ name, text: nullified(cellText(file, index), mapping.nulls) });
  });
  const conditions = (mapping.filter ?? []).flatMap(({ column, in: list, notIn }) => {
    const index = file.names.indexOf(column);
    if (index < 0) missing.push(column);
    return index < 0
      ? []
      : [
          ...(list ? [`${cellText(file, index)} IN (${literals(list)})`] : []),
          ...(notIn ? [`${cellText(file, index)} NOT IN (${literals(notIn)})`] : []),
        ];
  });
  return {
    of,
    attributes,
    more: moreOf(file),
    missing: [...missing, ...missingOf(kind.columns, of)],
    keep: conditions.length === 0 ? '1' : `fault != '' OR ${conditions.join(' AND ')}`,
    strays: null,
  };
}

/** The text of one mapped column; null when the file has no such column. */
export function sourceText(file: FileColumns, source: ColumnSource, mapping: Mapping): TextSource | null {
  const spec = typeof source === 'string' ? { from: source } : source;
  const index = file.names.indexOf(spec.from);
  if (index < 0) return null;
  let text = nullified(cellText(file, index), spec.nulls ?? mapping.nulls);
  if (spec.values) {
    const from = Object.keys(spec.values);
    const rest = spec.otherwise === undefined ? text : `if(${text} = '', '', ${literal(spec.otherwise)})`;
    text = `transform(${text}, [${literals(from)}], [${literals(Object.values(spec.values))}], ${rest})`;
  }
  const timeZone = spec.timeZone ?? mapping.timeZone;
  return { text, ...(spec.format ? { format: spec.format } : {}), ...(timeZone ? { timeZone } : {}) };
}

function nullified(text: string, nulls: readonly string[] | undefined): string {
  return nulls && nulls.length > 0 ? `if(trimBoth(${text}) IN (${literals(nulls)}), '', ${text})` : text;
}

function missingOf(columns: readonly Column[], of: ReadonlyMap<string, TextSource>): string[] {
  return columns.filter((column) => column.required && !of.has(column.name)).map((column) => column.name);
}

/** What a rejects file calls the attributes of a row that had no columns of its own for them. */
export const moreColumn = '_more';

function moreOf(file: FileColumns): string | null {
  const index = file.names.indexOf(moreColumn);
  return file.more ? 'more' : index < 0 ? null : cell(index);
}
