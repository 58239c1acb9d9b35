import { guided, inquirers, paidOrders } from './salesRelations.sql.ts';

/**
 * What metrics count: each relation's rows are observations. A relation is data, so that a question reads only the columns it mentions
 * (`relationSql`). All relations have the columns of `Sliceable` and `Shown`; '' where a row has none, and then for `shop` the
 * credited agent's holds. Parameters: from, to, now Int64 (UTC ms), tz String.
 */
export type RelationName = keyof typeof relations;

/** One SELECT over facts; a relation of several is their union. Names mean SQL over `from`, or over `unfold`. */
export interface RelationPart {
  readonly columns: Readonly<Record<string, string>>;
  readonly from: string;
  /** Parallel arrays, each a column of its own: every element is a row. The first decides how many there are. */
  readonly unfold?: Readonly<Record<string, string>>;
  readonly where?: string;
  /** Read only where a question mentions this column: without it none of the rows would count. */
  readonly onlyFor?: string;
}

export const fromAt = `fromUnixTimestamp64Milli({from:Int64}, 'UTC')`;
export const toAt = `fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
/** The instant of snapshots: the period's end, or now while the period runs. */
export const snapshotAt = `fromUnixTimestamp64Milli(least({to:Int64}, {now:Int64}), 'UTC')`;

/** X of G6 holds for every metric: what is excluded is no observation at all. */
const excludedX = `(bot_only OR test OR no_customer_message OR outage)`;
const noSlice = { shop: `''`, channel: `''`, queue: `''`, priority: `''`, issue: `''` } as const;
const aSession = {
  kind: `'session'`,
  id: 'session_id',
  customer: 'customer_id',
  shop: 'shop',
  channel: 'channel',
  queue: 'queue',
  priority: `''`,
  issue: 'issue',
} as const;
const aTicket = {
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
const own = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, name]));

const localMidnight = (date: string) => `toDateTime64(${date}, 3, {tz:String})`;
/** The one of several versions of a row that came last. */
const lastOf = (table: string, key: string) =>
  `(SELECT * FROM ${table} ORDER BY import_id DESC, line DESC, content_hash DESC LIMIT 1 BY ${key})`;

/** Every assessment with the first day of the period text it names, and the first day after it. */
const assessmentsWithDays = `(
    SELECT *,
      multiIf(length(period) = 4, 12, length(period) > 7, 0, substring(period, 6, 1) = 'Q', 3, 1) AS months,
      toDate32OrZero(multiIf(months = 12, concat(period, '-01-01'), months = 1, concat(period, '-01'), months = 0, left(period, 10),
        concat(left(period, 5), ['01', '04', '07', '10'][toUInt8OrZero(right(period, 1))], '-01'))) AS first_day,
      if(months = 0, toDate32OrZero(right(period, 10)) + 1, addMonths(first_day, months)) AS day_after
    FROM ${lastOf('assessments', 'agent_id, period, item, by')}
  ) AS assessed`;
const assessed = {
  columns: {
    ...noSlice,
    kind: `'assessment'`,
    id: `concat(agent_id, ' ', period, ' ', item, ' ', by)`,
    customer: `''`,
    ...own('agent_id', 'item', 'value'),
    begins: localMidnight('first_day'),
    ends: localMidnight('day_after'),
    within_period: `${localMidnight('first_day')} >= ${fromAt} AND ${localMidnight('day_after')} <= ${toAt}`,
  },
  from: assessmentsWithDays,
} as const;

/** Presence of each agent on each local day; a shift over midnight counts on both days. */
const presence = `
  SELECT agent_id, day, sum(greatest(0, least(ends_ms, day_to_ms) - greatest(begins_ms, day_from_ms))) AS online_ms
  FROM (
    SELECT agent_id, toUnixTimestamp64Milli(assumeNotNull(actual_start)) AS begins_ms, toUnixTimestamp64Milli(assumeNotNull(actual_end)) AS ends_ms,
      arrayJoin(arrayMap(d -> toDate32(assumeNotNull(actual_start), {tz:String}) + toIntervalDay(d),
        range(toUInt32(greatest(0, dateDiff('day', assumeNotNull(actual_start), assumeNotNull(actual_end), {tz:String}))) + 1))) AS day,
      toUnixTimestamp64Milli(${localMidnight('day')}) AS day_from_ms,
      toUnixTimestamp64Milli(${localMidnight('day + 1')}) AS day_to_ms
    FROM ${lastOf('attendance', 'agent_id, scheduled_start')}
    WHERE actual_start IS NOT NULL AND actual_end IS NOT NULL AND actual_start < ${toAt} AND actual_end > ${fromAt}
  )
  GROUP BY agent_id, day
  HAVING online_ms > 0`;

/** By the option `hours`: of the shop with its calendar and presence, none, or every day from 08:00 (09:00) to 23:00. */
const outside = {
  outside_hours: 'outside_hours',
  outside_shop: 'outside_hours',
  outside_all: 'false',
  outside_8to23: 'toHour(started_at, {tz:String}) NOT BETWEEN 8 AND 22',
  outside_9to23: 'toHour(started_at, {tz:String}) NOT BETWEEN 9 AND 22',
} as const;

export const relations = {
  sessions: [
    {
      columns: {
        ...aSession,
        ...outside,
        ...own('first_agent_id', 'owner_agent_id', 'started_at', 'closed_at', 'replied', 'invited', 'rated_at'),
        first_reply_ms: 'first_reply_ms',
        first_reply_calendar: 'first_reply_ms',
        first_reply_business: 'first_reply_business_ms',
        first_reply_customer: 'first_reply_customer_ms',
      },
      from: 'session_facts FINAL',
      where: `NOT ${excludedX}`,
    },
  ],

  /** What each agent did in each session, and the confirmed complaints that name an agent. */
  slices: [
    {
      columns: { ...aSession, ...outside, started_at: 'started_at', complaint: '0' },
      unfold: {
        agent_id: 'slice_agent_id',
        replies: 'slice_replies',
        turns: 'slice_turns',
        open_turns: 'slice_open_turns',
        reply_ms: 'slice_reply_ms',
        within_3min: 'slice_turns_within_3min',
        moved_out: 'slice_moved_out',
      },
      from: 'session_facts FINAL',
      where: `NOT ${excludedX}`,
    },
    {
      columns: {
        ...noSlice,
        kind: `'incident'`,
        id: `if(incident_id = '', concat(agent_id, ' ', toString(at)), incident_id)`,
        customer: `''`,
        agent_id: 'agent_id',
        started_at: 'at',
        complaint: '1',
        ...{
          outside_hours: 'false',
          outside_shop: 'false',
          outside_all: 'false',
          outside_8to23: 'false',
          outside_9to23: 'false',
        },
        ...{ replies: '0', turns: '0', open_turns: '0', reply_ms: '0', within_3min: '0', moved_out: '0' },
      },
      from: lastOf(
        'incidents',
        `if(incident_id = '', (toString(agent_id), toString(at), toString(item), session_id), (incident_id, '', '', ''))`,
      ),
      where: `item = 'complaint' AND status = 'confirmed'`,
      onlyFor: 'complaint',
    },
  ],

  /** Every turn by itself: the answered ones, and the last of a session where nobody answered it. */
  turns: [
    {
      columns: {
        ...aSession,
        ...outside,
        started_at: 'started_at',
        answered: '1',
        reply_customer: 'toUnixTimestamp64Milli(answered_at) - toUnixTimestamp64Milli(asked_at)',
        turn_count: '1',
        turn_omit: 'place > 1',
      },
      unfold: {
        agent_id: 'turn_agent_id',
        reply_calendar: 'turn_reply_ms',
        reply_business: 'turn_business_ms',
        asked_at: 'turn_started_at',
        answered_at: 'turn_answered_at',
        place: 'arrayEnumerate(turn_agent_id)',
      },
      from: 'session_facts FINAL',
      where: `agent_id != '' AND NOT ${excludedX}`,
    },
    {
      columns: {
        ...aSession,
        ...outside,
        ...own('started_at'),
        agent_id: 'owner_agent_id',
        answered: '0',
        ...{
          reply_calendar: '0',
          reply_business: '0',
          reply_customer: '0',
          turn_count: '1',
          turn_omit: 'notEmpty(turn_agent_id)',
        },
      },
      from: 'session_facts FINAL',
      where: `open_turn_started_at IS NOT NULL AND owner_agent_id != '' AND NOT ${excludedX}`,
      onlyFor: 'answered',
    },
  ],

  outcomes: [
    {
      columns: {
        ...aSession,
        // The outcome's fact does not repeat the contact reason.
        issue: `''`,
        ...own('owner_agent_id', 'closed_at', 'replied', 'moved', 'next_contact_at'),
      },
      from: 'session_outcomes FINAL',
      where: 'NOT excluded',
    },
  ],

  tickets: [
    {
      columns: {
        ...aTicket,
        ticket_kind: 'ticket_facts.kind',
        ...own('owner_agent_id', 'fixer_agent_id', 'created_at', 'first_closed_at', 'closed_at', 'reopened_at'),
        ...own('contacts', 'reopened', 'escalated', 'next_contact_at', 'next_repair_at'),
      },
      from: 'ticket_facts FINAL',
      where: 'NOT cancelled',
    },
  ],

  complaints: [
    {
      columns: {
        ...aTicket,
        created_at: 'created_at',
        agent_id: 'credit.1',
        repeated: 'credit.2',
        created: 'credit.3',
        since_last_ms: `toUnixTimestamp64Milli(created_at) - toUnixTimestamp64Milli(ifNull(previous_complaint_at, created_at))`,
      },
      from: `ticket_facts FINAL
  ARRAY JOIN [
    (toString(owner_agent_id), 0, 1),
    (toString(previous_complaint_owner_id), toUInt8(ticket_facts.kind = 'complaint' AND previous_complaint_at IS NOT NULL), 0)
  ] AS credit`,
      where: 'NOT cancelled',
    },
  ],

  ratings: [
    {
      columns: {
        ...aSession,
        owner_agent_id: 'owner_agent_id',
        at: 'assumeNotNull(rated_at)',
        score: 'assumeNotNull(rating_score)',
        nps: 'rating_nps',
      },
      from: 'session_facts FINAL',
      where: `rated_at IS NOT NULL AND NOT ${excludedX}`,
    },
    {
      columns: {
        ...aTicket,
        owner_agent_id: 'owner_agent_id',
        at: 'assumeNotNull(rated_at)',
        score: 'assumeNotNull(rating_score)',
        nps: 'rating_nps',
      },
      from: 'ticket_facts FINAL',
      where: 'rated_at IS NOT NULL AND NOT cancelled',
    },
  ],

  agentDays: [
    {
      columns: {
        ...noSlice,
        kind: `'agentDay'`,
        id: `concat(agent_id, ' ', toString(day))`,
        customer: `''`,
        ...own('agent_id', 'customers', 'online_ms'),
        at: localMidnight('day'),
      },
      // Grouping by one number is what makes this affordable; a customer who comes twice a day is counted once.
      from: `(${presence}) AS present
  LEFT JOIN (
    SELECT cityHash64(agent, day) AS agent_day, arrayUniq(groupArray(customer_hash)) AS customers
    FROM session_facts FINAL
    ARRAY JOIN load_agent_id AS agent, load_day AS day
    WHERE started_at < ${toAt} AND closed_at >= ${fromAt} AND NOT ${excludedX}
    GROUP BY agent_day
  ) AS loads ON cityHash64(present.agent_id, present.day) = loads.agent_day`,
    },
  ],

  orders: [paidOrders],
  inquirers: [inquirers],
  guided: [guided],

  attendance: [
    {
      columns: {
        ...noSlice,
        kind: `'attendance'`,
        id: `concat(agent_id, ' ', toString(scheduled_start))`,
        customer: `''`,
        ...own('agent_id', 'scheduled_start', 'scheduled_end', 'actual_start'),
      },
      from: lastOf('attendance', 'agent_id, scheduled_start'),
    },
  ],

  assessments: [assessed],

  /** Of each person and item the assessments of the latest period that has begun. */
  latestAssessments: [
    {
      ...assessed,
      from: `(
    SELECT * FROM ${assessmentsWithDays}
    WHERE ${localMidnight('first_day')} < ${toAt}
    QUALIFY first_day = max(first_day) OVER (PARTITION BY agent_id, item)
  ) AS latest`,
    },
  ],
} as const satisfies Readonly<Record<string, readonly [RelationPart, ...RelationPart[]]>>;

const identifiers = /[A-Za-z_][A-Za-z0-9_]*/g;
const literals = /'(?:[^'\\]|\\.)*'|\{[^}]*\}/g;
/** The names that SQL of ours mentions, its literals and parameters left out. */
export function namesIn(...sql: readonly string[]): ReadonlySet<string> {
  return new Set(sql.flatMap((text) => text.replace(literals, ' ').match(identifiers) ?? []));
}

/** The rows of a relation, with those of its columns that are named. */
export function relationSql(name: RelationName, named: ReadonlySet<string>): string {
  const parts: readonly RelationPart[] = relations[name];
  const [first] = parts;
  const known = Object.keys({ ...first?.columns, ...first?.unfold }).filter((column) => named.has(column));
  return parts
    .filter(({ onlyFor }) => onlyFor === undefined || named.has(onlyFor))
    .map((part) => partSql(part, known))
    .join('\n  UNION ALL');
}

function partSql({ columns, unfold = {}, from, where }: RelationPart, known: readonly string[]): string {
  const selected = known.map((name) => {
    const sql = columns[name] ?? name;
    return sql === name ? name : `${sql} AS ${name}`;
  });
  const mentioned = namesIn(...selected, where ?? '');
  const unfolded = Object.entries(unfold)
    .filter(([name], i) => i === 0 || mentioned.has(name))
    .map(([name, array]) => `${array} AS ${name}`);
  return [
    `\n  SELECT ${selected.join(', ')}`,
    `FROM ${from}`,
    ...(unfolded.length > 0 ? [`ARRAY JOIN ${unfolded.join(', ')}`] : []),
    ...(where ? [`WHERE ${where}`] : []),
  ].join('\n  ');
}
