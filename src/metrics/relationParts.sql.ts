import type { Cluster } from '../platform/cluster.ts';

// What relations are made of: shared by the files that list them.
/** One SELECT over facts; a relation of several is their union. Names mean SQL over `from`, or over `unfold`. */
export interface RelationPart {
  readonly columns: Readonly<Record<string, string>>;
  readonly from: string;
  /** Parallel arrays, each a column of its own: every element is a row. The first decides how many there are. */
  readonly unfold?: Readonly<Record<string, string>>;
  readonly where?: string;
  /** Read only where a question mentions this column: without it none of the rows would count. */
  readonly onlyFor?: string;
  /** Of several facts of one customer, which lie together. */
  readonly together?: true;
  /** A question within `from` that each shard answers of its own facts, to be summed up: only its answers are gathered. */
  readonly perShard?: string;
}

/** Facts of a customer or of a session lie whole on one shard. */
const factsOfShards: readonly string[] = [
  ...['session_facts', 'session_outcomes', 'ticket_facts', 'order_facts', 'sales_contacts'],
  ...['inspected_sessions', 'hit_labels'],
];

/** Whether each shard can count the rows of a part by itself, so that only sums cross: they are made of facts that lie together. */
export const isOfShards = ({ from, together }: RelationPart): boolean =>
  together === true || factsOfShards.some((table) => from.startsWith(`${table} FINAL`));

const aTable = /\bFROM ([a-z_]+)\b/g;
/** The tables that SQL of ours reads: every one of them is named after FROM. */
export const tablesIn = (sql: string): string[] => [...sql.matchAll(aTable)].map(([, table = '']) => table);

/** SQL for one shard: facts are its own, and what it looks things up in (people, assessments) is the whole. */
export const onShard = (sql: string, { local, all }: Cluster): string =>
  sql.replace(aTable, (_, table: string) => `FROM ${factsOfShards.includes(table) ? local : all}.${table} AS ${table}`);

/** What each shard answers, as a table. `sql` stands in brackets. */
export const viewOf = (sql: string, cluster: Cluster): string =>
  `cluster('${cluster.name}', view${onShard(sql, cluster)})`;

/** A part that is gathered, with what shards can answer of it answered by them. */
export function gatheredFrom(part: RelationPart, cluster: Cluster): RelationPart {
  const { perShard, from } = part;
  if (perShard === undefined) return part;
  return { ...part, from: from.replace(perShard, () => viewOf(perShard, cluster)) };
}

export const fromAt = `fromUnixTimestamp64Milli({from:Int64}, 'UTC')`;
export const toAt = `fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
/** The instant of snapshots: the period's end, or now while the period runs. */
export const snapshotAt = `fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC')`;

/** X of G6 holds for every metric: what is excluded is no observation at all. */
export const excludedX = `(bot_only OR test OR no_customer_message OR outage)`;
export const noSlice = { shop: `''`, channel: `''`, queue: `''`, priority: `''`, issue: `''` } as const;
export const aSession = {
  kind: `'session'`,
  id: 'session_id',
  customer: 'customer_id',
  shop: 'shop',
  channel: 'channel',
  queue: 'queue',
  priority: `''`,
  issue: 'issue',
} as const;
export const aTicket = {
  kind: `'ticket'`,
  id: 'ticket_id',
  customer: 'customer_id',
  shop: 'shop',
  channel: 'channel',
  queue: 'queue',
  priority: 'priority',
  issue: 'issue',
} as const;
/** Columns of the facts under their own names. */
export const own = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** By the option `hours`: of the shop with its calendar and presence, none, or every day from 08:00 (09:00) to 23:00. */
export const outside = {
  outside_hours: 'outside_hours',
  outside_shop: 'outside_hours',
  outside_all: 'false',
  outside_8to23: 'toHour(started_at, {tz:String}) NOT BETWEEN 8 AND 22',
  outside_9to23: 'toHour(started_at, {tz:String}) NOT BETWEEN 9 AND 22',
} as const;

export const localMidnight = (date: string) => `toDateTime64(${date}, 3, {tz:String})`;
/** The one of several versions of a row that came last. */
export const lastOf = (table: string, key: string) =>
  `(SELECT * FROM ${table} ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY ${key})`;

/** The columns that tell one incident from another. */
export const incidentKey = `if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', ''))`;

/** Copies of periods that were closed before one kind counted once a conversation go on counting every record. */
export const everyRecord = `(SELECT max(definition) FROM facts_definitions) BETWEEN 1 AND 5`;

/** What tells one assessment from another. */
export const assessmentKey = 'agent_id, period, item, by';
/** The session of an assessment `qa:SESSION`, behind which the inspection or the calibration round may stand that it is of. */
export const sessionOfRecord = `replaceRegexpOne(substring(item, 4), '#(inspection|calibration):[0-9]+$', '')`;
/** Whoever gave it may have taken it back: the column `withdrawn` of its last version says so. */
export const standing = `lower(attributes['withdrawn']) NOT IN ('true', '1', 'yes', '是')`;

/** Every assessment that was not withdrawn, with the first day of the period text it names, and the first day after it. */
export const assessmentsWithDays = `(
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM ${lastOf('assessments', assessmentKey)}
    WHERE ${standing}
  ) AS assessed`;
/** What a sampled score weighs beside the others of its sample, in thousandths; whatever is in no sample weighs 1. */
const sampleWeight = `multiIf(toDecimal64OrZero(attributes['sample_weight'], 3) <= 0, 1000, toInt64(least(toDecimal64OrZero(attributes['sample_weight'], 3), 1000000) * 1000))`;
export const assessed = {
  columns: {
    ...noSlice,
    kind: `'assessment'`,
    id: `concat(agent_id, ' ', period, ' ', item, ' ', by)`,
    customer: `''`,
    ...own('agent_id', 'item', 'value'),
    sample_weight: sampleWeight,
    begins: localMidnight('first_day'),
    ends: localMidnight('day_after'),
    within_period: `${localMidnight('first_day')} >= ${fromAt} AND ${localMidnight('day_after')} <= ${toAt}`,
  },
  from: assessmentsWithDays,
} as const;
