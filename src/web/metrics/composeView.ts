import type { FactColumn } from '../../metrics/factColumns.ts';
import { type FactName, factNames, factParts } from '../../metrics/factParts.ts';

/** The form in which somebody composes a metric: texts as typed, so that nothing is lost while it is not yet right. */
export interface FilterDraft {
  readonly key: number;
  readonly column: string;
  readonly op: string;
  readonly value: string;
  /** The upper end of `between`. */
  readonly to: string;
  readonly values: readonly string[];
}
export interface SideDraft {
  readonly of: 'rows' | 'sum' | 'none';
  readonly column: string;
  readonly where: readonly FilterDraft[];
}
export interface Draft {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly meaningZh: string;
  readonly meaningEn: string;
  readonly fact: FactName;
  readonly where: readonly FilterDraft[];
  readonly numerator: SideDraft;
  readonly denominator: SideDraft;
  readonly unit: string;
  readonly better: string;
  readonly credited: string;
  readonly counted: string;
  readonly windowHours: string;
  readonly minN: string;
}

const rows: SideDraft = { of: 'rows', column: '', where: [] };

/** A new metric: a share of the sessions, nothing filtered yet. */
export const emptyDraft: Draft = {
  ...{ id: 'own_', zh: '', en: '', meaningZh: '', meaningEn: '' },
  ...{ fact: 'sessions', where: [], numerator: rows, denominator: rows },
  ...{ unit: 'percent', better: 'higher', credited: 'F', counted: 'start', windowHours: '24', minN: '30' },
};

/** Another fact has other columns: what was said about those of the old one goes. */
export function withFact(draft: Draft, fact: FactName): Draft {
  const parts = factParts(fact);
  const first = (of: object, none = '') => Object.keys(of)[0] ?? none;
  const none = {
    ...draft.denominator,
    of: draft.denominator.of === 'none' ? ('none' as const) : ('rows' as const),
    column: '',
    where: [],
  };
  return {
    ...draft,
    ...{ fact, where: [], numerator: rows, denominator: none },
    ...{ credited: first(parts.credited, 'G'), counted: first(parts.counted) },
  };
}

export function columnOf(fact: FactName, id: string): FactColumn | undefined {
  const { columns } = factParts(fact);
  return Object.hasOwn(columns, id) ? columns[id] : undefined;
}

/** What can be added up: counts, durations and values. */
export function summable(fact: FactName): string[] {
  return Object.entries(factParts(fact).columns).flatMap(([id, { type }]) =>
    type === 'count' || type === 'duration' || type === 'amount' ? [id] : [],
  );
}

/** The comparisons that a column takes. */
export function operatorsOf({ type, setWhen }: FactColumn): string[] {
  const whether = setWhen === undefined ? [] : ['set', 'unset'];
  switch (type) {
    case 'flag':
      return ['='];
    case 'text':
      return ['=', '!=', 'in', 'notIn', 'set', 'unset'];
    case 'choice':
      return ['=', '!=', 'in', 'notIn'];
    case 'count':
    case 'duration':
    case 'amount':
      return ['=', '!=', '<', '<=', '>', '>=', 'between', ...whether];
  }
}

export const isList = (op: string): boolean => op === 'in' || op === 'notIn';
export const isBare = (op: string): boolean => op === 'set' || op === 'unset';

/** A filter over a column, with the first comparison it takes. */
export function newFilter(fact: FactName, column: string, key: number): FilterDraft {
  const found = columnOf(fact, column);
  const op = found ? (operatorsOf(found)[0] ?? '=') : '=';
  return { key, column, op, value: found?.type === 'flag' ? 'true' : (found?.choices?.[0] ?? ''), to: '', values: [] };
}

/** The metric as the server reads it. What is not yet right stays as it was typed: the server names it with its place. */
export function specOf(draft: Draft): object {
  const { fact, counted } = draft;
  const side = ({ of, column, where }: SideDraft) => ({
    of,
    ...(of === 'sum' ? { column } : {}),
    ...(where.length > 0 ? { where: where.map((filter) => filterSpec(fact, filter)) } : {}),
  });
  const meaning = { zh: draft.meaningZh.trim(), en: draft.meaningEn.trim() };
  return {
    ...{ format: 1, id: draft.id.trim(), name: { zh: draft.zh.trim(), en: draft.en.trim() } },
    ...(meaning.zh === '' && meaning.en === '' ? {} : { meaning }),
    fact,
    ...(draft.where.length > 0 ? { where: draft.where.map((filter) => filterSpec(fact, filter)) } : {}),
    numerator: side(draft.numerator),
    ...(draft.denominator.of === 'none' ? {} : { denominator: side(draft.denominator) }),
    ...{ unit: draft.unit, better: draft.better, credited: draft.credited, counted },
    ...(counted === 'window' ? { windowHours: numberOr(draft.windowHours) } : {}),
    minN: numberOr(draft.minN),
  };
}

function filterSpec(fact: FactName, { column, op, value, to, values }: FilterDraft): object {
  const type = columnOf(fact, column)?.type;
  const written = (text: string) =>
    type === 'flag' ? text === 'true' : type === 'text' || type === 'choice' ? text : numberOr(text);
  if (isBare(op)) return { column, op };
  if (isList(op)) return { column, op, values };
  return op === 'between'
    ? { column, op, from: written(value), to: written(to) }
    : { column, op, value: written(value) };
}

/** A number where it is one, else the text itself, for the server to refuse by name. */
function numberOr(text: string): number | string {
  const trimmed = text.trim();
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

type Raw = Readonly<Record<string, unknown>>;
const raw = (value: unknown): Raw => (typeof value === 'object' && value !== null ? { ...value } : {});
const word = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** A kept metric back in the form; null for JSON that is no metric over a fact known here. */
export function draftOf(text: string): Draft | null {
  const spec = raw(JSON.parse(text));
  const fact = factNames.find((name) => name === spec.fact);
  if (!fact) return null;
  let key = 0;
  const filters = (where: unknown): FilterDraft[] =>
    (Array.isArray(where) ? where : []).map((each: unknown) => {
      const { column, op, value, from, to, values } = raw(each);
      return {
        ...{ key: key++, column: word(column), op: word(op), value: word(value ?? from), to: word(to) },
        values: Array.isArray(values) ? values.map(word) : [],
      };
    });
  const side = (value: unknown): SideDraft => {
    const { of, column, where } = raw(value);
    return { of: of === 'sum' ? 'sum' : of === 'rows' ? 'rows' : 'none', column: word(column), where: filters(where) };
  };
  const [name, meaning] = [raw(spec.name), raw(spec.meaning)];
  return {
    ...{ id: word(spec.id), zh: word(name.zh), en: word(name.en) },
    ...{ meaningZh: word(meaning.zh), meaningEn: word(meaning.en), fact, where: filters(spec.where) },
    ...{ numerator: side(spec.numerator), denominator: side(spec.denominator) },
    ...{ unit: word(spec.unit), better: word(spec.better), credited: word(spec.credited), counted: word(spec.counted) },
    ...{ windowHours: word(spec.windowHours ?? 24), minN: word(spec.minN) },
  };
}

/** The steps of an issue's path: `numerator.where[0].value` is numerator, where, the first, value. */
export function placesOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}
