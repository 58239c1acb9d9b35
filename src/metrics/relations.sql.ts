import { inspectedSlices, markedWords } from './inspectedRelations.sql.ts';
import { bestAttempts, peers, raters } from './judgedRelations.sql.ts';
import { acrossTeams, alerts, improvements, incidents, rescues, staff, stateDays } from './peopleRelations.sql.ts';
import { rejoinedSessions } from './rejoinedRelation.sql.ts';
import {
  aSession,
  assessed,
  assessmentKey,
  assessmentsWithDays,
  aTicket,
  excludedX,
  fromAt,
  incidentKey,
  lastOf,
  localMidnight,
  noSlice,
  outside,
  own,
  type RelationPart,
  sessionOfRecord,
  standing,
  tablesIn,
  toAt,
} from './relationParts.sql.ts';
import { guided, inquirers, paidOrders } from './salesRelations.sql.ts';

export { fromAt, snapshotAt, toAt } from './relationParts.sql.ts';

/**
 * What metrics count: each relation's rows are observations. A relation is data, so that a question reads only the columns it mentions
 * (`relationSql`). All relations have the columns of `Sliceable` and `Shown`; '' where a row has none, and then for `shop` the
 * credited agent's holds. Parameters: from, to, now Int64 (UTC ms), tz String.
 */
export type RelationName = keyof typeof relations;

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

/** By the same option. A person is a customer on one local day in one shop; whose customer is unknown, a session is one by itself. */
const firstOfDay = Object.fromEntries(
  Object.entries({ ...outside, outside_shop: 'session_facts.outside_hours' }).map(([name, sql]) => [
    name.replace('outside', 'person'),
    `row_number() OVER (PARTITION BY if(customer_id = '', session_id, customer_id), customer_id = '', session_facts.shop, toDate32(session_facts.started_at, {tz:String}), ${sql}
    ORDER BY if(replied, turn_started_at[1], assumeNotNull(open_turn_started_at)), session_id) = 1`,
  ]),
);

/**
 * How many customers an agent replied to on a day. Of one customer all facts lie on one shard, so numbers of several shards add up.
 * Grouping by one number is what makes this affordable; a customer who comes twice a day is counted once.
 */
const customersADay = `(
      SELECT cityHash64(agent, day) AS agent_day, arrayUniq(groupArray(customer_hash)) AS customers_here
      FROM session_facts FINAL
      ARRAY JOIN load_agent_id AS agent, load_day AS day
      WHERE started_at < ${toAt} AND closed_at >= ${fromAt} AND NOT ${excludedX}
      GROUP BY agent_day
    )`;

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
        offline_handled: 'offline_handled',
        // Of a call without a transcript nobody knows what was asked when.
        asked: 'replied OR open_turn_started_at IS NOT NULL',
        // The id of an inspected session stands in the item of its score.
        checked: `session_id GLOBAL IN (SELECT ${sessionOfRecord} FROM ${lastOf(`(SELECT * FROM assessments WHERE startsWith(item, 'qa:'))`, assessmentKey)} WHERE ${standing})`,
      },
      from: 'session_facts FINAL',
      where: `NOT ${excludedX}`,
    },
  ],

  rejoinedSessions: [rejoinedSessions],

  /** What each agent did in each session, and the confirmed complaints that name an agent. */
  slices: [
    {
      columns: { ...aSession, ...outside, ...own('started_at', 'closed_at', 'replied'), complaint: '0' },
      unfold: {
        agent_id: 'slice_agent_id',
        replies: 'slice_replies',
        turns: 'slice_turns',
        open_turns: 'slice_open_turns',
        reply_ms: 'slice_reply_ms',
        within_3min: 'slice_turns_within_3min',
        moved_out: 'slice_moved_out',
        handle_ms: 'slice_handle_ms',
        active_ms: 'slice_active_ms',
        span_ms: 'slice_span_ms',
        kb_used: 'slice_kb_used',
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
          closed_at: 'at',
          replied: 'false',
          handle_ms: '0',
          active_ms: '0',
          span_ms: '0',
          kb_used: '0',
        },
        ...{ replies: '0', turns: '0', open_turns: '0', reply_ms: '0', within_3min: '0', moved_out: '0' },
      },
      from: lastOf('incidents', incidentKey),
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

  /** Sessions with their first turn; `person_…` says which is its customer's first of the day in the shop, among the sessions that count. */
  persons: [
    {
      columns: {
        ...aSession,
        ...outside,
        ...firstOfDay,
        started_at: 'started_at',
        agent_id: 'if(replied, turn_agent_id[1], owner_agent_id)',
        answered: 'replied',
        ...{ reply_calendar: 'first_reply_ms', reply_business: 'first_reply_business_ms' },
        reply_customer: 'first_reply_customer_ms',
      },
      from: 'session_facts FINAL',
      where: `(replied OR open_turn_started_at IS NOT NULL) AND NOT ${excludedX}
    AND started_at >= ${fromAt} AND started_at < ${toAt}`,
    },
  ],

  outcomes: [
    {
      columns: {
        ...aSession,
        ...own('owner_agent_id', 'closed_at', 'replied', 'moved', 'next_contact_at'),
      },
      from: 'session_outcomes FINAL',
      where: 'NOT excluded',
    },
  ],

  /** Sessions in which a bot took part; who was left to it alone counts too. */
  botSessions: [
    {
      columns: {
        ...aSession,
        issue: `''`,
        ...own('owner_agent_id', 'closed_at', 'bot_only', 'next_contact_at'),
      },
      from: 'session_outcomes FINAL',
      where: 'bot_session',
    },
  ],

  /** Who waited in a queue; whoever gave up there may never have said a word. */
  queued: [
    {
      columns: {
        ...aSession,
        ...own('owner_agent_id', 'started_at'),
        outcome: 'queue_outcome',
        wait_ms: 'queue_wait_ms',
      },
      from: 'session_facts FINAL',
      where: `queue_outcome != '' AND NOT (test OR outage)`,
    },
  ],

  tickets: [
    {
      columns: {
        ...aTicket,
        ticket_kind: 'ticket_facts.kind',
        ...own(
          'owner_agent_id',
          'fixer_agent_id',
          'created_at',
          'first_closed_at',
          'closed_at',
          'reopened_at',
          'switched_at',
        ),
        ...own('contacts', 'reopened', 'escalated', 'next_contact_at', 'next_repair_at'),
        ...own('sla_due_at', 'requesting_team', 'next_complaint_at'),
        cycle_calendar: 'toUnixTimestamp64Milli(assumeNotNull(closed_at)) - toUnixTimestamp64Milli(created_at)',
        cycle_business: 'cycle_business_ms',
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

  /** The same by everybody who took part: a rating of a session is one of each who replied in it. Where nobody did, it is the owner's, as a ticket's is. */
  sharedRatings: [
    {
      columns: { ...aSession, at: 'assumeNotNull(rated_at)', score: 'assumeNotNull(rating_score)' },
      unfold: {
        agent_id:
          'if(arrayExists(r -> r > 0, slice_replies), arrayFilter((a, r) -> r > 0, slice_agent_id, slice_replies), [owner_agent_id])',
      },
      from: 'session_facts FINAL',
      where: `rated_at IS NOT NULL AND NOT ${excludedX}`,
    },
    {
      columns: {
        ...aTicket,
        agent_id: 'owner_agent_id',
        at: 'assumeNotNull(rated_at)',
        score: 'assumeNotNull(rating_score)',
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
      perShard: customersADay,
      from: `(${presence}) AS present
  LEFT JOIN (
    SELECT agent_day, sum(customers_here) AS customers FROM ${customersADay} GROUP BY agent_day
  ) AS loads ON cityHash64(present.agent_id, present.day) = loads.agent_day`,
    },
  ],

  /** Buyers' service scores of the six months up to the period's end; `trade` counts a buyer's within the month and shop. */
  buyerScores: [
    {
      columns: {
        ...aSession,
        kind: 'subject',
        id: 'subject_id',
        priority: `''`,
        issue: `''`,
        ...own('owner_agent_id', 'score', 'trade'),
        at: 'rated',
      },
      from: `(
    SELECT *,
      row_number() OVER (PARTITION BY if(customer_id = '', subject_id, customer_id), customer_id = '', shop, toStartOfMonth(toTimeZone(rated, {tz:String})) ORDER BY rated, subject_id) AS trade
    FROM (
      SELECT 'session' AS subject, session_id AS subject_id, customer_id, toString(shop) AS shop, toString(channel) AS channel, toString(queue) AS queue,
        toString(owner_agent_id) AS owner_agent_id, assumeNotNull(rated_at) AS rated, assumeNotNull(rating_dsr) AS score
      FROM session_facts FINAL WHERE rating_dsr IS NOT NULL AND NOT ${excludedX}
      UNION ALL
      SELECT 'ticket', ticket_id, customer_id, toString(shop), toString(channel), toString(queue),
        toString(owner_agent_id), assumeNotNull(rated_at), assumeNotNull(rating_dsr)
      FROM ticket_facts FINAL WHERE rating_dsr IS NOT NULL AND NOT cancelled
    )
  ) AS scored`,
      where: `rated >= toDateTime64(addMonths(toDate32(${toAt}, {tz:String}), -6), 3, {tz:String})`,
      together: true,
    },
  ],

  acrossTeams: [acrossTeams],
  alerts: [alerts],
  rescues: [rescues],
  incidents,
  improvements: [improvements],
  staff: [staff],
  stateDays: [stateDays],
  bestAttempts: [bestAttempts],
  peers: [peers],
  raters: [raters],
  inspectedSlices,
  markedWords,

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

/** Every table from which some relation takes its rows, or looks something up: what figures depend on. */
export const tablesRead: ReadonlySet<string> = new Set(
  Object.values<readonly RelationPart[]>(relations)
    .flat()
    .flatMap(({ columns, unfold = {}, from, where = '' }) =>
      [`FROM ${from}`, where, ...Object.values(columns), ...Object.values(unfold)].flatMap(tablesIn),
    ),
);

const identifiers = /[A-Za-z_][A-Za-z0-9_]*/g;
const literals = /'(?:[^'\\]|\\.)*'|\{[^}]*\}/g;
/** The names that SQL of ours mentions, its literals and parameters left out. */
export function namesIn(...sql: readonly string[]): ReadonlySet<string> {
  return new Set(sql.flatMap((text) => text.replace(literals, ' ').match(identifiers) ?? []));
}

/** The parts of a relation whose rows count where these columns are named. */
export function partsOf(name: RelationName, named: ReadonlySet<string>): readonly RelationPart[] {
  const parts: readonly RelationPart[] = relations[name];
  return parts.filter(({ onlyFor }) => onlyFor === undefined || named.has(onlyFor));
}

/** Whether the rows of a relation have a column that not all relations have. */
export const hasColumn = (name: RelationName, column: string): boolean =>
  Object.hasOwn((relations[name] as readonly RelationPart[])[0]?.columns ?? {}, column);

/** The rows of some parts of a relation, with those of its columns that are named. */
export function relationSql(
  name: RelationName,
  named: ReadonlySet<string>,
  parts: readonly RelationPart[] = partsOf(name, named),
): string {
  const [first] = relations[name] as readonly RelationPart[];
  const known = Object.keys({ ...first?.columns, ...first?.unfold }).filter((column) => named.has(column));
  return parts.map((part) => partSql(part, known)).join('\n  UNION ALL');
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
