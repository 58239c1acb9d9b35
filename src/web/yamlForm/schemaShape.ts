import { isRecord, type Raw, type Written } from './yamlText.ts';

/** What of JSON Schema the published formats use (plans/plan.schema.json, rules/rule.schema.json). */
export interface Schema {
  readonly $ref?: string;
  readonly id?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly description?: string;
  readonly $defs?: { readonly [name: string]: Schema };
}

/** Follows references; the description at the place of use goes before the one of what it names. */
export function resolve(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? schema : { ...root.$defs?.[name], id: name, ...describedBy(schema) };
  const [only, ...more] = found.allOf ?? [];
  return only && more.length === 0 ? { ...resolve(only, root), ...describedBy(found) } : found;
}

const describedBy = ({ description }: Schema) => (description === undefined ? {} : { description });

/** How a value of this schema is edited. */
export type Shape =
  | { readonly kind: 'text' | 'amount' | 'string' | 'boolean' }
  /** There or not, never otherwise: `unanswered: true`. */
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  | { readonly kind: 'map'; readonly of: Schema }
  | { readonly kind: 'list'; readonly of: Schema; readonly most: number | null }
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] };
export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}
export interface Variant {
  /** What tells it from the others: its one word (`ratio`), its one field (`byLoad`), or its kind (`amount`). */
  readonly name: string;
  /** The field whose word decides, such as `curve`. */
  readonly by: string | null;
  readonly schema: Schema;
}

export function shapeOf(given: Schema, root: Schema): Shape {
  const schema = resolve(given, root);
  const variants = (schema.anyOf ?? schema.oneOf)?.flatMap((each) => variantsOf(each, root));
  if (variants) return { kind: 'variants', variants };
  if (isAmount(schema)) return { kind: 'amount' };
  if (schema.id === 'text' || isBilingual(schema)) return { kind: 'text' };
  if (schema.enum) return { kind: 'choice', choices: schema.enum.map(String) };
  if (typeof schema.const === 'boolean') return { kind: 'constant', value: schema.const };
  if (schema.const !== undefined) return { kind: 'choice', choices: [String(schema.const)] };
  if (schema.type === 'boolean') return { kind: 'boolean' };
  if (schema.type === 'array') return { kind: 'list', of: schema.items ?? {}, most: schema.maxItems ?? null };
  if (schema.properties) {
    const required = new Set(schema.required ?? []);
    const fields = Object.entries(schema.properties).map(([name, each]) => {
      return { name, schema: each, required: required.has(name) };
    });
    return { kind: 'record', fields };
  }
  if (typeof schema.additionalProperties === 'object') return { kind: 'map', of: schema.additionalProperties };
  return { kind: 'string' };
}

const isBilingual = ({ properties }: Schema): boolean => Object.keys(properties ?? {}).join() === 'zh,en';

const isAmount = (schema: Schema): boolean =>
  schema.id === 'amount' ||
  schema.type === 'number' ||
  schema.type === 'integer' ||
  (Array.isArray(schema.type) && schema.type.includes('number') && schema.id !== 'phrase');

/** Unions within unions stand side by side. */
function variantsOf(given: Schema, root: Schema): Variant[] {
  const schema = resolve(given, root);
  const inner = schema.anyOf ?? schema.oneOf;
  if (inner) return inner.flatMap((each) => variantsOf(each, root));
  const properties = Object.entries(schema.properties ?? {});
  const decider = properties.find(([, each]) => typeof resolve(each, root).const === 'string');
  if (decider) return [{ name: String(resolve(decider[1], root).const), by: decider[0], schema }];
  const [first] = schema.required ?? [];
  return [{ name: isAmount(schema) ? 'amount' : (first ?? 'string'), by: null, schema }];
}

/** Which variant a value is of; null where it is of none. */
export function variantOf(value: Raw, variants: readonly Variant[]): Variant | null {
  if (!isRecord(value))
    return typeof value === 'string' ? (variants.find(({ schema }) => !schema.properties) ?? null) : null;
  return variants.find(({ name, by }) => (by === null ? name in value : value[by] === name)) ?? null;
}

/** The field of a variant that is a list of the very union it belongs to: conditions of a condition. */
export function groupOf({ schema }: Variant, union: Schema): string | null {
  const found = Object.entries(schema.properties ?? {}).find(
    ([, { items }]) => items?.$ref !== undefined && items.$ref === union.$ref,
  );
  return found?.[0] ?? null;
}

/** The least that a new value of this schema holds. Texts stay empty, so that what is still to be written shows. */
export function skeleton(given: Schema, root: Schema): Written {
  const shape = shapeOf(given, root);
  switch (shape.kind) {
    case 'text':
      return { zh: '', en: '' };
    case 'amount':
      return '0';
    case 'string':
      return '';
    case 'boolean':
      return true;
    case 'constant':
      return shape.value;
    case 'choice':
      return shape.choices[0] ?? '';
    case 'map':
      return {};
    case 'list':
      return [];
    case 'variants':
      return shape.variants[0] ? skeleton(shape.variants[0].schema, root) : '';
    case 'record':
      return Object.fromEntries(
        shape.fields.filter(({ required }) => required).map(({ name, schema }) => [name, skeleton(schema, root)]),
      );
  }
}

/** 中文 · English → the half for this language. */
export function describedIn(schema: Schema, language: 'zh' | 'en'): string {
  const text = schema.description ?? '';
  const [zh = '', ...en] = text.split(' · ');
  if (en.length === 0) return /\p{Script=Han}/u.test(text) === (language === 'zh') ? text : '';
  return language === 'zh' ? zh : en.join(' · ');
}

/** An id that the list does not have yet. */
export function freeId(stem: string, taken: readonly Raw[]): string {
  const used = new Set(taken.map((entry) => (isRecord(entry) ? entry.id : entry)));
  for (let count = taken.length + 1; ; count++) if (!used.has(`${stem}${count}`)) return `${stem}${count}`;
}
