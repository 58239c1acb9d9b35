import type { Cluster } from '../platform/cluster.ts';
import type { MetricRequest } from './catalogue.ts';
import type { Counting } from './metricDefinition.ts';
import type { Dimension } from './metricValue.ts';
import { gatheredFrom, isOfShards, type RelationPart, viewOf } from './relationParts.sql.ts';
import { fromAt, namesIn, partsOf, relationSql, snapshotAt, toAt } from './relations.sql.ts';

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
  /** Where shards count for themselves and only sums cross. Left out, the rows are gathered, which gives the same. */
  readonly cluster?: Cluster | null;
}

/** One query over one relation, for all metrics that count it and credit the same person. */
export interface CompiledQuery {
  readonly requests: readonly MetricRequest[];
  readonly sql: string;
}

/**
 * Metrics × slice → one SQL query per relation and attribution; also per instant where the slice depends on it (team and shop at the
 * event, day, weekday, hour). Each row of an answer is one key (columns k0, k1 … in the order of `by`) with, for the i-th request, num_i and
 * den_i (exact integers as strings) and n_i observations, and stat_i where a percentile is asked for.
 * Parameters: from, to, now Int64; tz String; and f_agent, f_team … Array(String) for the filters in use.
 */
export function compileMetrics(requests: readonly MetricRequest[], slice: Slice): CompiledQuery[] {
  const asked = [...slice.by, ...Object.keys(slice.filter)];
  const byInstant = asked.some((dimension) => ['team', 'shop', 'day', 'weekday', 'hour'].includes(dimension));
  const groups = new Map<string, MetricRequest[]>();
  for (const request of requests) {
    const { relation, agent, at, span, teamOf } = request.counting;
    const key = JSON.stringify([relation, agent, teamOf, ...(byInstant ? [at, span] : [])]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()].map((group) => ({ requests: group, sql: compileGroup(group, slice) }));
}

function compileGroup(group: readonly MetricRequest[], slice: Slice): string {
  const { by } = slice;
  const countings = group.map(({ counting }) => counting);
  const moments = momentsOf(countings);
  const keys = by.map((dimension, i) => `${dimensionSql(dimension)} AS k${i}`);
  const amounts = countings.flatMap((counting, i): [name: string, sql: string][] => {
    const where =
      moments.length === 1
        ? counting.where
        : `(${counting.where}) AND ${inPeriod(counting, momentIndex(moments, counting))}`;
    return [
      [`num_${i}`, sumSql(counting.numerator, where)],
      [`den_${i}`, counting.once ? `uniqExactIf(${counting.once}, ${where})` : sumSql(counting.denominator, where)],
      [`n_${i}`, sumSql('1', where)],
      ...(counting.percentile === undefined
        ? []
        : [[`stat_${i}`, percentileSql(counting.numerator, counting.percentile, where)] as [string, string]]),
    ];
  });
  const names = by.map((_, i) => `k${i}`);
  const grouping = by.length > 0 ? `\nGROUP BY ${names.join(', ')}` : '';
  const ordering = by.length > 0 ? `\nORDER BY ${names.join(', ')}` : '';
  // A percentile does not follow from those of parts.
  const inOnePiece = countings.some(({ percentile }) => percentile !== undefined);
  const sources = sourcesOf(countings, slice, { shown: [], inOnePiece });
  const [only, ...others] = sources;
  if (others.length === 0) {
    const sums = amounts.map(([name, sql]) => `toString(${sql}) AS ${name}`);
    return `SELECT\n  ${[...keys, ...sums].join(',\n  ')}\n${only}${grouping}${ordering}`;
  }
  // Each source sums up by itself, and the sums are added.
  const parts = sources.map(
    (source) =>
      `SELECT ${[...keys, ...amounts.map(([name, sql]) => `${sql} AS ${name}`)].join(', ')}\n${source}${grouping}`,
  );
  const sums = amounts.map(([name]) => `toString(sum(parts.${name})) AS ${name}`);
  return `SELECT\n  ${[...names, ...sums].join(',\n  ')}\nFROM (\n${parts.join('\nUNION ALL\n')}\n) AS parts${grouping}${ordering}`;
}

/** The engine sums equal expressions once: a denominator of 1 is the number of observations. */
const sumSql = (amount: string, where: string): string =>
  amount === '1' ? `countIf(${where})` : `sumIf(toInt64(${amount}), ${where})`;

/**
 * The smallest observation that at least so many percent do not exceed, each cut to three significant digits: a histogram of fixed
 * buckets, added up as integers, so that one server and many shards agree. Below the truth by less than 1%, exact under 1000.
 */
function percentileSql(amount: string, percentile: number, where: string): string {
  const histogram = histogramSql(amount, where);
  return `arrayFirst((bucket, reached) -> reached * 100 >= countIf(${where}) * ${percentile}, ${histogram}.1, arrayCumSum(${histogram}.2))`;
}

/** Sorted buckets and how many observations lie in each. */
function histogramSql(amount: string, where: string): string {
  const whole = `toUInt64(greatest(0, ${amount}))`;
  const bucket = `${whole} - ${whole} % intExp10(greatest(3, length(toString(${whole}))) - 3)`;
  return `sumMapIf([${bucket}], [toUInt64(1)], ${where})`;
}

/** The countings of a group that differ in their instant; the first of each. */
function momentsOf(countings: readonly Counting[]): [Counting, ...Counting[]] {
  const [first, ...others] = countings;
  if (!first) throw new Error('an empty group of metrics');
  const moments: [Counting, ...Counting[]] = [first];
  for (const counting of others) if (momentIndex(moments, counting) < 0) moments.push(counting);
  return moments;
}

const momentIndex = (moments: readonly Counting[], { at, span }: Counting): number =>
  moments.findIndex((moment) => moment.at === at && moment.span === span);

/** The column that holds the instant of the i-th moment; the first is the one that teams, days and hours go by. */
const instantColumn = (index: number) => (index === 0 ? 'observed_at' : `observed_at_${index}`);

function inPeriod({ span }: Counting, index: number): string {
  const at = instantColumn(index);
  return span === 'before' ? `${at} < ${snapshotAt}` : `${at} >= ${fromAt} AND ${at} < ${toAt}`;
}

/**
 * FROM and WHERE of every question about a metric, the figure itself as well as the evidence behind it: so they always agree.
 * The countings share relation and person; several moments share one pass, and a row is looked at when one of them lies in the period.
 * `shown`: further columns of the relation that the question reads; with any of them the person too.
 */
export function observationsSql(countings: readonly Counting[], slice: Slice, shown: readonly string[] = []): string {
  return sourcesOf(countings, slice, { shown, inOnePiece: true })[0];
}

/**
 * FROM and WHERE of the observations that one metric counts, each with its part of the denominator (`denominatorOf`): of those that it
 * counts once, the first has it. `within`: in each of these apart.
 */
export function countedSql(
  counting: Counting,
  slice: Slice,
  shown: readonly string[] = [],
  within: readonly string[] = [],
): string {
  const { once, where } = counting;
  if (!once) return `${observationsSql([counting], slice, shown)} AND (${where})`;
  return `FROM (
  SELECT *, row_number() OVER (PARTITION BY ${[...within, once].join(', ')} ORDER BY observed_at, id) = 1 AS counted_once
  ${observationsSql([counting], slice, [...shown, 'id'])} AND (${where})
) AS observed
WHERE 1`;
}

/** What an observation of `countedSql` adds to the denominator. */
export const denominatorOf = ({ denominator, once }: Counting): string =>
  `toInt64(${once ? 'counted_once' : denominator})`;

/** The same in as many pieces as are to be summed up apart: on a cluster what shards count for themselves, and what is gathered. */
function sourcesOf(
  countings: readonly Counting[],
  { by, filter, cluster = null }: Slice,
  { shown, inOnePiece }: { readonly shown: readonly string[]; readonly inOnePiece: boolean },
): [string, ...string[]] {
  const moments = momentsOf(countings);
  const [first] = moments;
  const asked = new Set<string>([...by, ...Object.keys(filter)]);
  const needsHistory = asked.has('team') || asked.has('shop');
  const needsPerson = needsHistory || asked.has('agent') || shown.length > 0;
  const person = first.agent ?? first.teamOf ?? `''`;
  const extras = [
    ...(needsPerson ? [`${person} AS credited`] : []),
    ...moments.map(({ at }, i) => `${at} AS ${instantColumn(i)}`),
  ];
  const mentioned = namesIn(
    ...extras,
    ...countings.flatMap(({ where, numerator, denominator, once = '' }) => [where, numerator, denominator, once]),
  );
  const named = new Set([...mentioned, ...slicingColumns.filter((column) => asked.has(column)), ...shown]);
  const observed = (parts: readonly RelationPart[]) => `(
  SELECT *, ${extras.join(', ')}
  FROM (${relationSql(first.relation, named, parts)}
  ) AS relation
)`;
  const history = needsHistory
    ? `\nGLOBAL ASOF LEFT JOIN (SELECT agent_id AS member, valid_from, team AS member_team, shop AS member_shop FROM agent_history) AS history
  ON observed.credited = history.member AND observed.observed_at >= history.valid_from`
    : '';
  const periods = moments.map(inPeriod);
  const within = periods.length === 1 ? periods : [`(${periods.map((period) => `(${period})`).join(' OR ')})`];
  const filters = (Object.keys(filter) as (keyof Filter)[])
    .filter((name) => filter[name] !== undefined)
    .map((name) => `${dimensionSql(name)} IN {f_${name}:Array(String)}`);
  // A row credited to nobody belongs to no agent; it still counts for shops and channels.
  const somebody = by.includes('agent') ? [`credited != ''`] : [];
  const source = (from: string) =>
    `FROM ${from} AS observed${history}\nWHERE ${[...within, ...somebody, ...filters].join(' AND ')}`;

  const parts = partsOf(first.relation, named);
  if (cluster === null) return [source(observed(parts))];
  const ofShards = parts.filter(isOfShards);
  const rest = parts.filter((part) => !ofShards.includes(part));
  const gathered = (inOnePiece ? parts : rest).map((part) => gatheredFrom(part, cluster));
  if (ofShards.length === 0 || (inOnePiece && rest.length > 0)) return [source(observed(gathered))];
  const counted = source(viewOf(observed(ofShards), cluster));
  return rest.length > 0 ? [counted, source(observed(gathered))] : [counted];
}

const slicingColumns = ['shop', 'channel', 'queue', 'priority'] as const;

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
    case 'weekday':
      return 'toString(toDayOfWeek(observed_at, 0, {tz:String}))';
    case 'hour':
      return `leftPad(toString(toHour(observed_at, {tz:String})), 2, '0')`;
  }
}

/**
 * The sums from which the interval of one figure follows: of numerator x, denominator y, x², x·y and y² over the observations, exact
 * integers as strings. The same FROM and WHERE as the figure. Squares of milliseconds need more than 64 bits. What
 * the denominator counts once is one observation.
 */
export function compileSpread({ counting }: MetricRequest, slice: Slice): string {
  const keys = slice.by.map((dimension, i) => `${dimensionSql(dimension)} AS k${i}`);
  const names = slice.by.map((_, i) => `k${i}`);
  const { once } = counting;
  const [x, y] = once
    ? ['toInt256(amount)', 'toInt256(1)']
    : [`toInt256(${counting.numerator})`, `toInt256(${counting.denominator})`];
  const products = { x, y, xx: `${x} * ${x}`, xy: `${x} * ${y}`, yy: `${y} * ${y}` };
  const sums = Object.entries(products).map(([name, product]) => `toString(sum(${product})) AS sum_${name}`);
  const grouping = names.length > 0 ? `\nGROUP BY ${names.join(', ')}` : '';
  const observed = `${observationsSql([counting], slice)} AND (${counting.where})`;
  const source = once
    ? `FROM (
  SELECT ${[...keys, `${once} AS counted`, `sum(toInt64(${counting.numerator})) AS amount`].join(', ')}
${observed}
  GROUP BY ${[...names, 'counted'].join(', ')}
)`
    : observed;
  return `SELECT\n  ${[...(once ? names : keys), ...sums, 'toString(count()) AS n'].join(',\n  ')}
${source}${grouping}`;
}

/** The buckets that a percentile is read from, by key: columns buckets and counts, arrays of integers as strings. */
export function compileHistogram({ counting }: MetricRequest, slice: Slice): string {
  const keys = slice.by.map((dimension, i) => `${dimensionSql(dimension)} AS k${i}`);
  const grouping = slice.by.length > 0 ? `\nGROUP BY ${slice.by.map((_, i) => `k${i}`).join(', ')}` : '';
  const histogram = histogramSql(counting.numerator, counting.where);
  const columns = [1, 2].map((part) => `arrayMap(x -> toString(x), ${histogram}.${part})`);
  return `SELECT\n  ${[...keys, `${columns[0]} AS buckets`, `${columns[1]} AS counts`].join(',\n  ')}
${observationsSql([counting], slice)}${grouping}`;
}

/**
 * What a case-mix standardisation compares: numerator, denominator and observations by agent and stratum (queue, shop, part of the
 * day, contact reason), and by local day if asked. Only for relations whose observations have these columns.
 */
export function compileStrata({ counting }: MetricRequest, cluster: Cluster | null, byDay = false): string {
  const day = byDay ? dimensionSql('day') : `''`;
  return `SELECT
  credited AS agent, ${day} AS local_day, toString(observed.queue) AS queue, toString(observed.shop) AS shop, toString(observed.issue) AS issue,
  toString(${partOfDaySql}) AS part,
  toString(sum(toInt64(${counting.numerator}))) AS num, toString(sum(${denominatorOf(counting)})) AS den, toString(count()) AS n
${countedSql(counting, { by: ['agent'], filter: {}, cluster }, ['queue', 'shop', 'issue'], ['credited'])}
GROUP BY agent, local_day, queue, shop, issue, part`;
}

/** 0 night, 1 morning from 9, 2 afternoon from 12, 3 evening from 18. */
const partOfDaySql = `multiIf(toHour(observed_at, {tz:String}) < 9, 0, toHour(observed_at, {tz:String}) < 12, 1, toHour(observed_at, {tz:String}) < 18, 2, 3)`;

/**
 * What these records counted in one metric for one person, by local day and priority. What the denominator counts once goes only with
 * the last of its observations. Further parameters: kinds and ids, Array(String).
 */
export function compileRecords({ counting }: MetricRequest): string {
  const named =
    'has(arrayZip({kinds:Array(String)}, {ids:Array(String)}), (toString(observed.kind), toString(observed.id)))';
  const { once, numerator, denominator, where } = counting;
  const slice: Slice = { by: ['agent'], filter: { agent: [] } };
  const observed = `${observationsSql([counting], slice, ['kind', 'id', 'priority'])} AND (${where})`;
  const keys = `${dimensionSql('day')} AS local_day, toString(observed.priority) AS part`;
  const counted = once
    ? `FROM (
  SELECT ${keys}, ${once} AS counted, sumIf(toInt64(${numerator}), ${named}) AS amount, toInt64(min(${named})) AS whole, countIf(${named}) AS rows
${observed}
  GROUP BY local_day, part, counted
  HAVING rows > 0
)`
    : `${observed}
  AND ${named}`;
  const [num, den, n] = once
    ? ['sum(amount)', 'sum(whole)', 'sum(rows)']
    : [`sum(toInt64(${numerator}))`, `sum(toInt64(${denominator}))`, 'count()'];
  return `SELECT
  ${once ? 'local_day, part' : keys},
  toString(${num}) AS num, toString(${den}) AS den, toString(${n}) AS n
${counted}
GROUP BY local_day, part
ORDER BY local_day, part`;
}
