import { parsePeriod } from '../../src/metrics/period.ts';
import { month } from '../benchCompany.ts';
import type { CompanyFile } from './companyFiles.ts';
import { ofEvents } from './side.ts';

/**
 * Reporting events, as helpdesks keep them (Chatwoot's columns and indexes): whenever something happens the application writes one row
 * with the time it took, and reports sum those up. Ids stay the text they are in the files; business hours are 09:00 to 23:00.
 */
const { fromMs, toMs } = parsePeriod(month.text, 'Asia/Shanghai');
const instant = (ms: number) => `'${new Date(ms).toISOString()}'::timestamptz`;
const inMonth = (at: string) => `${at} >= ${instant(fromMs)} AND ${at} < ${instant(toMs)}`;

export const tables: readonly string[] = [
  `CREATE TABLE users (id text PRIMARY KEY, name text, team text, shop text)`,
  `CREATE TABLE conversations (id text, contact_id text, created_at timestamptz, channel text, inbox_id text, queue text, issue text,
    assignee_id text, assigned_at timestamptz)`,
  `CREATE TABLE messages (conversation_id text, id text, created_at timestamptz, sender_type text, sender_id text, content text)`,
  `CREATE TABLE csat_survey_responses (conversation_id text, rating smallint, created_at timestamptz, id text, nps smallint, assigned_agent_id text)`,
  `CREATE TABLE reporting_events (id bigint GENERATED ALWAYS AS IDENTITY, name text, value float8, value_in_business_hours float8, account_id int,
    inbox_id text, user_id text, conversation_id text, created_at timestamptz, updated_at timestamptz, event_start_time timestamptz, event_end_time timestamptz)`,
  `CREATE TABLE reporting_events_rollups (account_id int, date date, dimension_type text, dimension_id text, metric text, count bigint,
    sum_value float8, sum_value_business_hours float8)`,
];

/** Which file goes into which columns; tickets and attendance have no place in this design. */
export const copies: readonly (readonly [CompanyFile, string])[] = [
  ['agents', 'users'],
  ['sessions', 'conversations'],
  ['messages', 'messages'],
  ['ratings', 'csat_survey_responses (conversation_id, rating, created_at, id, nps)'],
];

/** After loading: cheaper than keeping them up row by row, as a helpdesk has to. */
export const indexes: readonly string[] = [
  'ALTER TABLE conversations ADD PRIMARY KEY (id)',
  'CREATE INDEX ON messages (conversation_id, created_at)',
  'CREATE INDEX ON csat_survey_responses (created_at)',
];

const local = (at: string) => `(${at} AT TIME ZONE 'Asia/Shanghai')`;
/** Business seconds from some fixed day to an instant. */
const business = (at: string) =>
  `(${local(at)}::date - date '2000-01-01') * 50400.0 + least(50400.0, greatest(0.0, extract(epoch FROM ${local(at)}::time) - 32400.0))`;

const columns =
  'name, value, value_in_business_hours, account_id, inbox_id, user_id, conversation_id, created_at, updated_at, event_start_time, event_end_time';
const event = (name: string, from: string, to: string, user: string) =>
  `SELECT ${name}, extract(epoch FROM greatest(interval '0', ${to} - ${from}))::float8, greatest(0.0, (${business(to)}) - (${business(from)}))::float8, 1,
    inbox_id, ${user}, conversation_id, ${to}, ${to}, ${from}, ${to}`;

/** What the application would have written as things happened, in bulk. A reply's time runs from when the customer began to wait, or from the assignment to who replies. */
export const writing: readonly string[] = [
  `INSERT INTO reporting_events (${columns})
   WITH said AS (
     SELECT conversation_id, created_at, sender_id, sender_type = 'customer' AS asks, lag(sender_type = 'customer', 1, false) OVER told AS after_customer
     FROM messages WHERE sender_type IN ('customer', 'agent')
     WINDOW told AS (PARTITION BY conversation_id ORDER BY created_at)
   ),
   waited AS (
     SELECT conversation_id, created_at AS replied_at, sender_id, NOT asks AND after_customer AS closes,
       max(created_at) FILTER (WHERE asks AND NOT after_customer) OVER (PARTITION BY conversation_id ORDER BY created_at) AS waiting_since
     FROM said
   ),
   replies AS (
     SELECT conversation_id, inbox_id, sender_id, replied_at, row_number() OVER (PARTITION BY conversation_id ORDER BY replied_at) AS nth,
       greatest(waiting_since, CASE WHEN assignee_id = sender_id THEN assigned_at END) AS clock_at
     FROM waited JOIN conversations ON conversations.id = conversation_id
     WHERE closes
   )
   ${event(`CASE nth WHEN 1 THEN 'first_response' ELSE 'reply_time' END`, 'clock_at', 'replied_at', 'sender_id')} FROM replies`,
  `INSERT INTO reporting_events (${columns})
   ${event(`'conversation_resolved'`, 'opened_at', 'resolved_at', 'coalesce(last_replier, assignee_id)')}
   FROM (
     SELECT conversation_id, inbox_id, assignee_id, last_replier, conversations.created_at AS opened_at, resolved_at
     FROM (
       SELECT conversation_id, max(created_at) AS resolved_at, (array_agg(sender_id ORDER BY created_at DESC) FILTER (WHERE sender_type = 'agent'))[1] AS last_replier
       FROM messages GROUP BY conversation_id
     ) AS ended
     JOIN conversations ON conversations.id = conversation_id
   ) AS resolved`,
  'CREATE INDEX ON reporting_events (account_id)',
  'CREATE INDEX ON reporting_events (account_id, name, created_at)',
  'CREATE INDEX ON reporting_events (account_id, name, inbox_id, created_at)',
  'CREATE INDEX ON reporting_events (conversation_id)',
  'CREATE INDEX ON reporting_events (created_at)',
  'CREATE INDEX ON reporting_events (inbox_id)',
  'CREATE INDEX ON reporting_events (name)',
  'CREATE INDEX ON reporting_events (user_id)',
  // Whom a rating is about the application notes when it comes.
  `UPDATE csat_survey_responses SET assigned_agent_id = user_id FROM reporting_events
   WHERE reporting_events.conversation_id = csat_survey_responses.conversation_id AND name = 'conversation_resolved'`,
  `INSERT INTO reporting_events_rollups
   SELECT account_id, ${local('created_at')}::date, 'agent', user_id, name, count(*), sum(value), sum(value_in_business_hours)
   FROM reporting_events GROUP BY 1, 2, 4, 5`,
  'CREATE INDEX ON reporting_events_rollups (account_id, dimension_type, date)',
];

interface Asked {
  readonly agent: string;
  readonly sums: Readonly<Record<string, readonly [string, string]>>;
  readonly from: string;
}

const seconds = (name: string) => `round(1000 * sum(value) FILTER (WHERE name ${name}))`;
const events = (name: string) => `count(*) FILTER (WHERE name ${name})`;
const [isFirst, isReply, isResolved] = [
  `= 'first_response'`,
  `IN ('first_response', 'reply_time')`,
  `= 'conversation_resolved'`,
];

const asEvents: readonly Asked[] = [
  {
    agent: 'user_id',
    sums: {
      [ofEvents.quick]: [events(`${isFirst} AND value <= 30`), events(isFirst)],
      [ofEvents.first]: [seconds(isFirst), events(isFirst)],
      [ofEvents.response]: [seconds(isReply), events(isReply)],
      [ofEvents.length]: [seconds(isResolved), events(isResolved)],
    },
    from: `FROM reporting_events WHERE account_id = 1 AND ${inMonth('created_at')} GROUP BY user_id`,
  },
  {
    // What did not happen left no event: conversations without a reply are looked for.
    agent: 'agent',
    sums: { [ofEvents.replied]: ['sum(replied)', 'sum(replied + unreplied)'] },
    from: `FROM (
        SELECT user_id AS agent, count(*) AS replied, 0 AS unreplied FROM reporting_events
        WHERE account_id = 1 AND name ${isFirst} AND ${inMonth('created_at')} GROUP BY user_id
        UNION ALL
        SELECT assignee_id, 0, count(*) FROM conversations
        WHERE ${inMonth('created_at')}
          AND NOT EXISTS (SELECT FROM reporting_events WHERE conversation_id = conversations.id AND name ${isFirst})
        GROUP BY assignee_id
      ) AS routed GROUP BY agent`,
  },
  {
    agent: 'assigned_agent_id',
    sums: {
      [ofEvents.satisfied]: ['count(*) FILTER (WHERE rating >= 4)', 'count(*)'],
      [ofEvents.score]: ['sum(rating)', 'count(*)'],
    },
    from: `FROM csat_survey_responses WHERE ${inMonth('created_at')} GROUP BY assigned_agent_id`,
  },
];

const dailySeconds = (metric: string) => `round(1000 * sum(sum_value) FILTER (WHERE metric ${metric}))`;
const dailyCount = (metric: string) => `sum(count) FILTER (WHERE metric ${metric})`;

/** Averages alone: a threshold does not follow from a day's sum. */
const asDaily: readonly Asked[] = [
  {
    agent: 'dimension_id',
    sums: {
      [ofEvents.first]: [dailySeconds(isFirst), dailyCount(isFirst)],
      [ofEvents.response]: [dailySeconds(isReply), dailyCount(isReply)],
      [ofEvents.length]: [dailySeconds(isResolved), dailyCount(isResolved)],
    },
    from: `FROM reporting_events_rollups
      WHERE account_id = 1 AND dimension_type = 'agent' AND date BETWEEN '2026-10-01' AND '2026-10-31' GROUP BY dimension_id`,
  },
];

const queries = (asked: readonly Asked[]) =>
  asked.map(({ agent, sums, from }) => ({
    metrics: Object.keys(sums),
    sql: `SELECT ${agent} AS agent, ${Object.values(sums)
      .flat()
      .map((sum, i) => `(${sum})::numeric::text AS s${i}`)
      .join(', ')} ${from}`,
  }));

export const questions = { events: queries(asEvents), daily: queries(asDaily) } as const;

/** Parameters: agent. */
export const sessionsBehind = `SELECT c.id, c.created_at, contact_id, channel, queue, c.inbox_id, value <= 30 AS quick, count(*) OVER () AS total,
    count(*) FILTER (WHERE value <= 30) OVER () AS all_quick
  FROM reporting_events AS e JOIN conversations AS c ON c.id = e.conversation_id
  WHERE e.account_id = 1 AND name ${isFirst} AND user_id = $1 AND ${inMonth('c.created_at')}
  ORDER BY c.created_at, c.id LIMIT 100`;

/** Parameters: session. */
export const transcript = `SELECT id, created_at, sender_type, sender_id, content FROM messages WHERE conversation_id = $1 ORDER BY created_at, id`;
