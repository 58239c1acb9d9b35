import { Decimal } from 'decimal.js';
import { describeOwn } from './describeOwn.ts';
import type { FactColumn, FactParts } from './factColumns.ts';
import { factParts } from './factParts.ts';
import { defineMetric, type MetricDefinition, type MetricEntry } from './metricDefinition.ts';
import type { OwnFilter, OwnMetric, OwnSide } from './ownMetricSchema.ts';
import { integerLiteral, textLiteral } from './sqlLiteral.ts';

const msPerHour = 3_600_000;
const millionth = 1_000_000;
/** Integer units of a column in one of what people write: a duration is milliseconds in SQL, seconds for people. */
const perWritten = { duration: 1000, amount: millionth, count: 1 } as const;
const msPer = { seconds: 1000, minutes: 60_000, hours: msPerHour } as const;

/**
 * A metric of one's own as a definition like the catalogue's. SQL comes from the closed lists of factParts.ts; what people wrote
 * enters it as literals of sqlLiteral.ts alone. The metric has passed `ownMetricIssues`.
 */
export function composeMetric(own: OwnMetric): MetricDefinition {
  const parts = factParts(own.fact);
  const counting = countingOf(own, parts);
  return {
    ...defineMetric({
      id: own.id,
      name: own.name,
      unit: own.unit,
      better: own.better,
      form: own.denominator ? 'ratio' : 'count',
      counting,
      ...scalesOf(own, parts),
      minN: own.minN,
      dimensions: own.credited === 'G' ? parts.dimensions.filter((each) => each !== 'agent') : parts.dimensions,
      words: describeOwn(own),
      credited: own.credited,
      counted: own.counted,
      without: parts.without,
      source: 'own',
    }),
  };
}

function countingOf(own: OwnMetric, parts: FactParts): MetricEntry['counting'] {
  const teamOf = parts.teamOf ?? Object.values(parts.credited)[0];
  const agent = own.credited === 'G' ? null : (parts.credited[own.credited] ?? null);
  const instant = parts.counted[own.counted];
  if (instant === undefined) throw new RangeError('a period rule that the fact does not have');
  const filters = (own.where ?? []).map((filter) => filterSql(filter, parts));
  // Who has none of what is asked for is still somebody with nothing: such rows pass every filter and count in no sum.
  const chosen = parts.happened && filters.length > 0 ? [`NOT (${parts.happened}) OR (${all(filters)})`] : filters;
  return {
    relation: parts.relation,
    agent,
    ...(agent === null && teamOf !== undefined ? { teamOf } : {}),
    at: typeof instant === 'string' ? instant : instant((own.windowHours ?? 0) * msPerHour),
    where: all([...(parts.where === undefined ? [] : [parts.where]), ...chosen]),
    numerator: sideSql(own.numerator, parts),
    denominator: own.denominator ? sideSql(own.denominator, parts) : '1',
  };
}

const all = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '1' : conditions.map((condition) => `(${condition})`).join(' AND ');

/** What a row adds: one for each that meets the filters, or its value where it has one. */
function sideSql(side: OwnSide, parts: FactParts): string {
  const conditions = [
    ...(parts.happened === undefined ? [] : [parts.happened]),
    ...(side.where ?? []).map((filter) => filterSql(filter, parts)),
  ];
  if (side.of === 'rows') return all(conditions);
  const { sql, setWhen } = columnOf(parts, side.column);
  const counts = all([...conditions, ...(setWhen === undefined ? [] : [setWhen])]);
  return counts === '1' ? sql : `if(${counts}, toInt64(${sql}), toInt64(0))`;
}

function columnOf(parts: FactParts, id: string): FactColumn {
  const column = Object.hasOwn(parts.columns, id) ? parts.columns[id] : undefined;
  if (!column) throw new RangeError('a column that the fact does not have');
  return column;
}

/** A comparison holds only where the column has a value. */
function filterSql(filter: OwnFilter, parts: FactParts): string {
  const column = columnOf(parts, filter.column);
  const { sql, type, setWhen } = column;
  const isSet = setWhen ?? (type === 'text' ? `${sql} != ''` : '1');
  const whereSet = (holds: string) => (setWhen === undefined ? holds : `(${setWhen}) AND ${holds}`);
  switch (filter.op) {
    case 'set':
      return isSet;
    case 'unset':
      return `NOT (${isSet})`;
    case 'in':
      return `${sql} IN (${filter.values.map((value) => literalOf(value, column)).join(', ')})`;
    case 'notIn':
      return `${sql} NOT IN (${filter.values.map((value) => literalOf(value, column)).join(', ')})`;
    case 'between':
      return whereSet(`${sql} BETWEEN ${literalOf(filter.from, column)} AND ${literalOf(filter.to, column)}`);
    default:
      // A flag is its own condition.
      if (typeof filter.value === 'boolean') return filter.value ? sql : `NOT (${sql})`;
      return whereSet(`${sql} ${filter.op} ${literalOf(filter.value, column)}`);
  }
}

function literalOf(value: string | number, { type }: FactColumn): string {
  if (typeof value === 'string') return textLiteral(value);
  const per = type === 'duration' || type === 'amount' || type === 'count' ? perWritten[type] : 1;
  return integerLiteral(new Decimal(value).times(per).toNumber());
}

/** Integer units in one unit of the metric. A denominator in time is told in hours. */
function scalesOf(own: OwnMetric, parts: FactParts): Pick<MetricEntry, 'numeratorScale' | 'denominatorScale'> {
  const typeOf = (side: OwnSide) => (side.of === 'rows' ? 'count' : columnOf(parts, side.column).type);
  const scale = (type: FactColumn['type'], time: number) =>
    type === 'duration' ? time : type === 'amount' ? millionth : 1;
  const time = own.unit === 'seconds' || own.unit === 'minutes' || own.unit === 'hours' ? msPer[own.unit] : msPerHour;
  return {
    numeratorScale: scale(typeOf(own.numerator), time),
    denominatorScale: own.denominator ? scale(typeOf(own.denominator), msPerHour) : 1,
  };
}
