import type { MetricRequest } from './catalogue.ts';
import type { Counting } from './metricDefinition.ts';
import type { Dimension } from './metricValue.ts';
import { fromAt, relations, snapshotAt, toAt } from './relations.sql.ts';

/** Which rows to look at; a list left out means all. */
export interface Filter {
  readonly agent?: readonly string[];
  readonly team?: readonly string[];
  readonly shop?: readonly string[];
  readonly channel?: readonly string[];
  readonly queue?: readonly string[];
  readonly priority?: readonly string[];
}

export interface Slice {
  readonly by: readonly Dimension[];
  readonly filter: Filter;
}

/** One query over one relation, for all metrics that count it by the same instant and credit the same person. */
export interface CompiledQuery {
  readonly requests: readonly MetricRequest[];
  readonly sql: string;
}

/**
 * Metrics × slice → one SQL query per relation, attribution and instant. Each row of an answer is one key (columns k0, k1 … in the
 * order of `by`) with, for the i-th request, num_i and den_i (exact integers as strings) and n_i observations.
 * Parameters: from, to, now Int64; tz String; and f_agent, f_team … Array(String) for the filters in use.
 */
export function compileMetrics(requests: readonly MetricRequest[], slice: Slice): CompiledQuery[] {
  const groups = new Map<string, MetricRequest[]>();
  for (const request of requests) {
    const { relation, agent, at, span, teamOf } = request.counting;
    const key = JSON.stringify([relation, agent, at, span, teamOf]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()].map((group) => ({ requests: group, sql: compileGroup(group, slice) }));
}

function compileGroup(group: readonly MetricRequest[], { by, filter }: Slice): string {
  const [first] = group;
  if (!first) throw new Error('an empty group of metrics');
  const keys = by.map((dimension, i) => `${dimensionSql(dimension)} AS k${i}`);
  const sums = group.flatMap(({ counting }, i) => [
    `toString(sumIf(toInt64(${counting.numerator}), ${counting.where})) AS num_${i}`,
    `toString(sumIf(toInt64(${counting.denominator}), ${counting.where})) AS den_${i}`,
    `toString(countIf(${counting.where})) AS n_${i}`,
  ]);
  const grouping = by.length > 0 ? `\nGROUP BY ${by.map((_, i) => `k${i}`).join(', ')}` : '';
  const ordering = by.length > 0 ? `\nORDER BY ${by.map((_, i) => `k${i}`).join(', ')}` : '';
  return `SELECT\n  ${[...keys, ...sums].join(',\n  ')}\n${observationsSql(first.counting, by, filter)}${grouping}${ordering}`;
}

/** FROM and WHERE of every question about a metric, the figure itself as well as the evidence behind it: so they always agree. */
export function observationsSql(counting: Counting, by: readonly Dimension[], filter: Filter): string {
  const person = counting.agent ?? counting.teamOf ?? `''`;
  const needsHistory =
    by.includes('team') || by.includes('shop') || filter.team !== undefined || filter.shop !== undefined;
  const observed = `(
  SELECT *, ${person} AS credited, ${counting.at} AS observed_at
  FROM (${relations[counting.relation]}
  ) AS relation
) AS observed`;
  const history = needsHistory
    ? `\nGLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from`
    : '';
  const inPeriod =
    counting.span === 'before' ? `observed_at < ${snapshotAt}` : `observed_at >= ${fromAt} AND observed_at < ${toAt}`;
  const filters = (Object.keys(filter) as (keyof Filter)[])
    .filter((name) => filter[name] !== undefined)
    .map((name) => `has({f_${name}:Array(String)}, ${dimensionSql(name)})`);
  // A row credited to nobody belongs to no agent; it still counts for shops and channels.
  const somebody = by.includes('agent') ? [`credited != ''`] : [];
  return `FROM ${observed}${history}\nWHERE ${[inPeriod, ...somebody, ...filters].join(' AND ')}`;
}

function dimensionSql(dimension: Dimension): string {
  switch (dimension) {
    case 'agent':
      return 'credited';
    case 'team':
      return 'toString(member_team)';
    case 'shop':
      return `if(observed.shop = '', toString(member_shop), observed.shop)`;
    case 'channel':
    case 'queue':
    case 'priority':
      return `observed.${dimension}`;
    case 'day':
      return 'toString(toDate32(observed_at, {tz:String}))';
    case 'hour':
      return `leftPad(toString(toHour(observed_at, {tz:String})), 2, '0')`;
  }
}
