import { z } from 'zod';
import type { FactColumn } from './factColumns.ts';
import { type FactName, factNames, factParts } from './factParts.ts';
import type { attributions, periodRules } from './metricDefinition.ts';
import { ownUnits } from './ownUnits.ts';

/**
 * The format in which people write metrics of their own: the single source of its types, of the checks on shape, and of the
 * published metrics/metric.schema.json. Every fact brings its own lists, so an editor offers only what can be.
 */
const valuesMax = 200;
const filtersMax = 20;
const text = z.string().min(1).max(200);
const whole = z.int().min(0).max(1_000_000_000);
const amount = z.number().min(-1_000_000_000).max(1_000_000_000).multipleOf(0.000001);
const seconds = z.number().min(0).max(1_000_000_000).multipleOf(0.001).meta({ description: 'Seconds.' });

type Column = z.ZodLiteral<string>;
const isSet = (column: Column) => z.strictObject({ column, op: z.enum(['set', 'unset']) });
const equals = <Value extends z.ZodType>(column: Column, value: Value) =>
  z.strictObject({ column, op: z.enum(['=', '!=']), value });
const among = <Value extends z.ZodType>(column: Column, value: Value) =>
  z.strictObject({ column, op: z.enum(['in', 'notIn']), values: z.array(value).min(1).max(valuesMax) });
const compares = <Value extends z.ZodType>(column: Column, value: Value) =>
  z.strictObject({ column, op: z.enum(['<', '<=', '>', '>=']), value });
const between = <Value extends z.ZodType>(column: Column, value: Value) =>
  z.strictObject({ column, op: z.literal('between'), from: value, to: value });

function filterOf(id: string, { type, choices, setWhen }: FactColumn) {
  const column = z.literal(id);
  const whether = setWhen === undefined ? [] : [isSet(column)];
  const measured = <Value extends z.ZodType<number>>(value: Value) =>
    z.discriminatedUnion('op', [equals(column, value), compares(column, value), between(column, value), ...whether]);
  switch (type) {
    case 'flag':
      return z.strictObject({ column, op: z.literal('='), value: z.boolean() });
    case 'text':
      return z.discriminatedUnion('op', [equals(column, text), among(column, text), isSet(column)]);
    case 'choice': {
      const choice = z.enum(choices ?? ['']);
      return z.discriminatedUnion('op', [equals(column, choice), among(column, choice)]);
    }
    case 'count':
      return measured(whole);
    case 'duration':
      return measured(seconds);
    case 'amount':
      return measured(amount);
  }
}

/** A list that is not empty, as the unions want it; the closed lists of factParts.ts have no empty one. */
function some<Item>(items: readonly Item[]): [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError('an empty list of parts');
  return [first, ...rest];
}

type Attribution = keyof typeof attributions;
type PeriodRule = keyof typeof periodRules;

const name = z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) });

/** What holds for a metric over any fact. */
const general = {
  format: z.literal(1),
  id: z
    .string()
    .regex(/^own_[a-z][a-z0-9_]{0,55}$/)
    .meta({
      description: 'own_ and small letters, digits, underscores. Plans and figures go by it; it never changes.',
    }),
  name,
  /** What it means, in one's own words; Heng adds how it is counted. */
  meaning: z.strictObject({ zh: z.string().max(500), en: z.string().max(500) }).optional(),
  unit: z.enum(ownUnits),
  better: z.enum(['higher', 'lower', 'band']),
  minN: z.int().min(1).max(1_000_000),
};

function ownMetricOf(fact: FactName) {
  const parts = factParts(fact);
  const columns = Object.entries(parts.columns);
  const filters = z
    .array(
      z
        .discriminatedUnion('column', some(columns.map(([id, column]) => filterOf(id, column))))
        .meta({ id: `${fact}_filter` }),
    )
    .max(filtersMax);
  const summable = columns.flatMap(([id, { type }]) => (['count', 'duration', 'amount'].includes(type) ? [id] : []));
  const rows = z.strictObject({ of: z.literal('rows'), where: filters.optional() });
  const sums = summable.map((id) =>
    z.strictObject({ of: z.literal('sum'), column: z.literal(id), where: filters.optional() }),
  );
  const kinds = sums.length > 0 ? ([rows, z.discriminatedUnion('column', some(sums))] as const) : ([rows] as const);
  const side = z.discriminatedUnion('of', kinds).meta({ id: `${fact}_side` });
  return z.strictObject({
    ...general,
    fact: z.literal(fact),
    where: filters.optional(),
    numerator: side,
    /** Left out: the metric is the numerator itself, a count or a sum. */
    denominator: side.optional(),
    credited: z.enum(some([...(Object.keys(parts.credited) as Attribution[]), 'G' as const])),
    counted: z.enum(some(Object.keys(parts.counted) as PeriodRule[])),
    /** Only where `counted` is window: how many hours after the close it ends. */
    windowHours: z.int().min(1).max(720).optional(),
  });
}

export const ownMetricSchema = z.discriminatedUnion('fact', some(factNames.map(ownMetricOf)));
/** For a content whose fact is not known: what else is wrong with it. */
export const generalShape = z.looseObject(general);

export type OwnMetric = z.infer<typeof ownMetricSchema>;
export type OwnFilter = NonNullable<OwnMetric['where']>[number];
export type OwnSide = OwnMetric['numerator'];
