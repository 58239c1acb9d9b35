import {
  type Document,
  isCollection,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';

export type Step = string | number;
export type Path = readonly Step[];
/** What a text holds: text, lists and records of it. Numbers and yes or no stay as they were written. */
export type Raw = string | null | readonly Raw[] | { readonly [key: string]: Raw };
export type RawRecord = { readonly [key: string]: Raw };
/** What is put into a text: yes and no are no text, and text that looks like them is put in quotes. */
export type Written = string | boolean | null | readonly Written[] | WrittenRecord;
export type WrittenRecord = { readonly [key: string]: Written };
/** `words` are text whatever they look like; in an `amount` digits are a number. */
export type As = 'amount' | 'words';

const style = { lineWidth: 0, flowCollectionPadding: true } as const;

export type Reading = { readonly raw: RawRecord } | { readonly problem: { readonly line: number } };

/** The text as data, or the first line that is no YAML. Never throws. */
export function readText(text: string): Reading {
  const document = open(text);
  const [error] = document.errors;
  if (error) return { problem: { line: lineAt(text, error.pos[0]) } };
  try {
    const raw: unknown = document.toJS({ maxAliasCount: 50 });
    return isRawRecord(raw) ? { raw } : { problem: { line: 1 } };
  } catch (cause) {
    if (cause instanceof ReferenceError) return { problem: { line: 1 } };
    throw cause;
  }
}

/** Everything read as text, so that 1.20 and "55/3" come out of an edit as they went in. */
const open = (text: string) => parseDocument(text, { schema: 'failsafe', prettyErrors: false });

function isRawRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** The text with one thing changed; comments, order and all else stay. null takes the field away. */
export function setAt(text: string, path: Path, value: Written, as: As = 'amount'): string {
  return edited(text, (document) => {
    const before = document.getIn(path, true);
    if (value === null) document.deleteIn(path);
    else if (isScalar(before) && isPlain(value)) {
      const [start, end] = before.range ?? [0, 0];
      // Written over in place: not even the layout of the file changes.
      if (end > start && !before.type?.startsWith('BLOCK'))
        return text.slice(0, start) + scalarText(value, as) + text.slice(end);
      document.setIn(path, nodeOf(document, value, as));
    } else if (isSeq(before) && Array.isArray(value) && value.every(isPlain)) {
      // What stays in the list keeps its comment.
      const old = before.items as Node[];
      before.items = value.map(
        (each) => old.find((one) => isScalar(one) && one.value === each) ?? nodeOf(document, each, as),
      );
    } else {
      makeParents(document, path);
      document.setIn(path, nodeOf(document, value, as));
    }
    return null;
  });
}

/** Plain where YAML reads it back as it is, else in quotes. */
function scalarText(value: string | boolean, as: As): string {
  if (typeof value === 'boolean') return String(value);
  if (as === 'words' && looksLikeNumber(value)) return JSON.stringify(value);
  const plain = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^:#,[\]{}\n]*$/u.test(value) && !/\s$/.test(value) && !mustQuote(value);
  return plain || /^-?\d+(\.\d+)?$/.test(value) ? value : JSON.stringify(value);
}

/** Adds an entry at the end of a list, which is made where it is missing. */
export function addTo(text: string, path: Path, value: Written): string {
  return edited(text, (document) => {
    const list = document.getIn(path, true);
    if (isSeq(list)) {
      if (list.items.length === 0) list.flow = false;
      list.add(nodeOf(document, value, 'amount'));
    } else {
      makeParents(document, path);
      document.setIn(path, nodeOf(document, [value], 'amount'));
    }
    return null;
  });
}

/** Moves an entry of a list to another place. */
export function moveIn(text: string, path: Path, from: number, to: number): string {
  return edited(text, (document) => {
    const list = document.getIn(path, true);
    if (!isSeq(list) || to < 0 || to >= list.items.length) return text;
    const [entry] = list.items.splice(from, 1);
    if (entry !== undefined) list.items.splice(to, 0, entry);
    return null;
  });
}

/** Puts what is at a place into a list of its own under `key`, or, where it is such a list under `before`, that list. */
export function groupAt(text: string, path: Path, key: string, before: string | null): string {
  return edited(text, (document) => {
    const node = document.getIn(path, true);
    const list = before === null ? null : document.getIn([...path, before], true);
    if (!isNode(node)) return text;
    const group = new YAMLMap<Scalar, Node>();
    const kept = isSeq<Node>(list) ? list : new YAMLSeq<Node>();
    if (kept !== list) kept.add(node);
    group.set(new Scalar(key), kept);
    document.setIn(path, group);
    return null;
  });
}

/** `change` may give the new text itself. */
function edited(text: string, change: (document: Document.Parsed) => string | null): string {
  const document = open(text);
  if (document.errors.length > 0) return text;
  return change(document) ?? document.toString(style);
}

/** A scalar on the way, such as a plain target, gives way to the record that is to hold the value. */
function makeParents(document: Document.Parsed, path: Path): void {
  for (let depth = 1; depth < path.length; depth++) {
    const parent = document.getIn(path.slice(0, depth), true);
    if (!isCollection(parent)) document.setIn(path.slice(0, depth), document.createNode({}));
  }
}

function nodeOf(document: Document.Parsed, value: Written, as: As): Node {
  if (isPlain(value)) {
    const scalar = new Scalar(String(value));
    const quoted = typeof value === 'string' && (mustQuote(value) || (as === 'words' && looksLikeNumber(value)));
    scalar.type = quoted ? 'QUOTE_DOUBLE' : 'PLAIN';
    return scalar;
  }
  if (value === null) return document.createNode(null);
  const entries = Object.entries(value);
  if (Array.isArray(value)) {
    const list = new YAMLSeq<Node>();
    for (const each of value) list.add(nodeOf(document, each, as));
    // Short lists of words stay on one line, as they are written.
    list.flow = value.length > 0 && value.every(isPlain);
    return list;
  }
  const map = new YAMLMap<Scalar, Node>();
  for (const [key, each] of entries) map.set(new Scalar(key), nodeOf(document, each, as));
  // Texts in two languages and other small records as well.
  map.flow = entries.length > 0 && !('id' in value) && entries.every(([, each]) => typeof each === 'string');
  return map;
}

const isPlain = (value: Written): value is string | boolean => typeof value === 'string' || typeof value === 'boolean';
const looksLikeNumber = (value: string): boolean => /^[-+.]?\d/.test(value) || /^[-+]?\.(inf|nan)$/i.test(value);

/** Read plainly, these would not be text. */
const mustQuote = (value: string): boolean =>
  value === '' || /^(true|false|null|~|yes|no|on|off)$/i.test(value) || /\n/.test(value);

/** What is at a place; null where nothing is. */
export function rawAt(raw: Raw | undefined, path: Path): Raw {
  let at: Raw | undefined = raw;
  for (const step of path) at = isList(at) ? at[Number(step)] : isRecord(at) ? at[String(step)] : undefined;
  return at ?? null;
}

export const isList = (value: Raw | undefined): value is readonly Raw[] => Array.isArray(value);
export const isRecord = (value: Raw | undefined): value is RawRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isWrittenRecord = (value: Written): value is WrittenRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: Raw | undefined): string => (typeof value === 'string' ? value : '');

/** As issues name places: blocks[0].items[2].weight. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
