import { parsePeriod } from '../../src/metrics/period.ts';
import { month } from '../benchCompany.ts';
import { duckSessionFacts } from '../duckFacts.ts';
import { type CompanyFile, companyFiles, pathOf } from './companyFiles.ts';
import { fromQuestion, ofEvents } from './side.ts';

/** The bench company as somebody would hold it in DuckDB who knows SQL and the definitions: no events, no transfers, one version of each row. */
const { fromMs, toMs } = parsePeriod(month.text, 'Asia/Shanghai');
const cut = Math.min(toMs, month.nowMs);
const [hour, day] = [3_600_000, 86_400_000];

/** Columns of a file as they stand, and what becomes of each in the table. */
const columns: Readonly<Record<CompanyFile, Readonly<Record<string, string>>>> = {
  agents: { agent_id: 'agent_id', name: 'name', team: 'team', shop: 'shop' },
  attendance: {
    agent_id: 'agent_id',
    scheduled_start: 'epoch_ms(scheduled_start::TIMESTAMP) AS scheduled_start_ms',
    scheduled_end: 'epoch_ms(scheduled_end::TIMESTAMP) AS scheduled_end_ms',
    actual_start: 'epoch_ms(actual_start::TIMESTAMP) AS actual_start_ms',
    actual_end: 'epoch_ms(actual_end::TIMESTAMP) AS actual_end_ms',
  },
  sessions: {
    session_id: 'session_id',
    customer_id: 'customer_id',
    started_at: 'epoch_ms(started_at::TIMESTAMP) AS started_ms',
    channel: 'channel',
    shop: 'shop',
    queue: 'queue',
    issue: 'issue',
    assigned_agent_id: 'assigned_agent_id',
    assigned_at: 'epoch_ms(assigned_at::TIMESTAMP) AS assigned_ms',
  },
  messages: {
    session_id: 'session_id',
    message_id: 'message_id',
    at: 'epoch_ms("at"::TIMESTAMP) AS ms',
    sender: `CASE sender WHEN 'customer' THEN 1 WHEN 'bot' THEN 2 WHEN 'system' THEN 3 ELSE 4 END::UTINYINT AS sender`,
    sender_id: 'sender_id',
    text: 'text',
  },
  tickets: {
    ticket_id: 'ticket_id',
    customer_id: 'customer_id',
    agent_id: 'agent_id',
    created_at: 'epoch_ms(created_at::TIMESTAMP) AS created_ms',
    closed_at: 'epoch_ms(closed_at::TIMESTAMP) AS closed_ms',
    kind: 'kind',
    priority: 'priority',
    product: 'product',
    issue: 'issue',
  },
  ratings: {
    session_id: 'session_id',
    score: 'score::UTINYINT AS score',
    at: 'epoch_ms("at"::TIMESTAMP) AS rated_ms',
    rating_id: 'rating_id',
    nps: 'nps::UTINYINT AS nps',
  },
};

const reading = (file: CompanyFile, path: string) => {
  const types = Object.keys(columns[file]).map((name) => `'${name}': 'VARCHAR'`);
  return `SELECT ${Object.values(columns[file]).join(', ')}
    FROM read_csv('${path}', header = true, delim = ',', quote = '"', columns = {${types.join(', ')}})`;
};

export const loading = (files: string): readonly string[] =>
  companyFiles.map((file) => `CREATE TABLE ${file} AS ${reading(file, pathOf(files, file))}`);

export const loadingLate = (folder: string): string =>
  `INSERT INTO messages ${reading('messages', pathOf(folder, 'messages'))}`;

/** What comes before and after a session or ticket: a table each, as the session facts are. */
export const deriving: readonly string[] = [
  duckSessionFacts,
  `CREATE OR REPLACE TABLE contacts AS SELECT customer_id, issue, started_ms AS ms FROM sessions UNION ALL SELECT customer_id, issue, created_ms FROM tickets`,
  `CREATE OR REPLACE TABLE outcomes AS
    SELECT f.session_id, f.owner, f.last_ms AS closed_ms, f.reply_ms IS NOT NULL AS replied, c.ms AS next_ms
    FROM session_facts AS f ASOF LEFT JOIN contacts AS c ON f.customer_id = c.customer_id AND f.issue = c.issue AND f.last_ms < c.ms`,
  `CREATE OR REPLACE TABLE ticket_facts AS
    SELECT t.*, c.ms AS next_ms, p.created_ms AS previous_ms, p.agent_id AS previous_agent_id, r.created_ms AS next_repair_ms
    FROM tickets AS t
    ASOF LEFT JOIN contacts AS c ON t.customer_id = c.customer_id AND t.issue = c.issue AND t.closed_ms < c.ms
    ASOF LEFT JOIN (SELECT customer_id, created_ms, agent_id FROM tickets WHERE kind = 'complaint') AS p
      ON t.customer_id = p.customer_id AND t.created_ms > p.created_ms
    ASOF LEFT JOIN (SELECT customer_id, product, created_ms FROM tickets WHERE kind = 'repair') AS r
      ON t.customer_id = r.customer_id AND t.product = r.product AND t.closed_ms < r.created_ms`,
];

interface Asked {
  readonly agent: string;
  /** Metric → numerator and denominator. */
  readonly sums: Readonly<Record<string, readonly [string, string]>>;
  readonly from: string;
}

const inMonth = (ms: string) => `${ms} >= ${fromMs} AND ${ms} < ${toMs}`;
const local = (ms: string) => `(${ms} + 28800000)`;
const inHours = `${local('started_ms')} % ${day} BETWEEN ${9 * hour} AND ${23 * hour - 1}`;
const replied = 'reply_ms IS NOT NULL';
const soon = (later: string, earlier: string, ms: number) => `coalesce(${later} - ${earlier} <= ${ms}, false)`;

/** Every person's turns, unanswered ones as their owner's. */
const slices = (where: string) => `FROM (
    SELECT unnest(slice_agents) AS agent, unnest(slice_ms) AS reply_ms, unnest(turns) AS turns, unnest(within) AS quick, 0 AS open
    FROM session_facts WHERE ${where}
    UNION ALL
    SELECT owner, 0, 0, 0, 1 FROM session_facts WHERE open_started IS NOT NULL AND ${where}
  ) GROUP BY agent`;

const rated = `FROM session_facts WHERE rated_ms IS NOT NULL AND ${inMonth('rated_ms')} GROUP BY owner`;

const asWritten: readonly Asked[] = [
  {
    agent: 'first_agent',
    sums: {
      first_reply_30s_rate: [`count(*) FILTER (reply_ms[1] <= 30000)`, `count(*) FILTER (${replied})`],
      first_response_seconds: ['sum(reply_ms[1])', `count(*) FILTER (${replied})`],
      reply_rate: [`count(*) FILTER (${replied})`, 'count(*)'],
    },
    from: `FROM session_facts WHERE ${inMonth('started_ms')} AND ${inHours} GROUP BY first_agent`,
  },
  {
    agent: 'owner',
    sums: { session_seconds: ['sum(last_ms - started_ms)', 'count(*)'] },
    from: `FROM session_facts WHERE ${inMonth('started_ms')} GROUP BY owner`,
  },
  {
    agent: 'agent',
    sums: {
      avg_response_seconds: ['sum(reply_ms)', 'sum(turns)'],
      reply_3min_rate: ['sum(quick)', 'sum(turns + open)'],
    },
    from: slices(`${inMonth('started_ms')} AND ${inHours}`),
  },
  {
    agent: 'agent_id',
    sums: { load_per_8h: ['sum(coalesce(customers, 0))', 'sum(online_ms)'] },
    from: `FROM (
        SELECT agent_id, ${local('actual_start_ms')} // ${day} AS day, sum(actual_end_ms - actual_start_ms) AS online_ms
        FROM attendance WHERE ${inMonth('actual_start_ms')} GROUP BY ALL
      ) AS present
      LEFT JOIN (
        SELECT agent, day, count(DISTINCT customer_id) AS customers
        FROM (
          SELECT customer_id, agent, unnest(days) AS day
          FROM (SELECT customer_id, unnest(slice_agents) AS agent, unnest(days) AS days FROM session_facts WHERE started_ms < ${toMs} AND last_ms >= ${fromMs})
        ) GROUP BY ALL
      ) AS seen ON seen.agent = present.agent_id AND seen.day = present.day
      GROUP BY agent_id`,
  },
  {
    agent: 'owner',
    sums: {
      one_time_resolution_rate: [`count(*) FILTER (NOT ${soon('next_ms', 'closed_ms', 72 * hour)})`, 'count(*)'],
    },
    from: `FROM outcomes WHERE replied AND ${inMonth(`closed_ms + ${72 * hour}`)} GROUP BY owner`,
  },
  {
    agent: 'agent_id',
    sums: {
      first_contact_resolution_rate: [
        `count(*) FILTER (${inMonth(`closed_ms + ${7 * day}`)} AND NOT ${soon('next_ms', 'closed_ms', 7 * day)})`,
        `count(*) FILTER (${inMonth(`closed_ms + ${7 * day}`)})`,
      ],
      ticket_cycle_hours: [
        `sum(closed_ms - created_ms) FILTER (${inMonth('closed_ms')})`,
        `count(*) FILTER (${inMonth('closed_ms')})`,
      ],
      ticket_closure_rate: [
        `count(*) FILTER (${inMonth('created_ms')} AND closed_ms <= ${toMs})`,
        `count(*) FILTER (${inMonth('created_ms')})`,
      ],
      ticket_open_over_48h: [
        `count(*) FILTER (${cut} - created_ms > ${48 * hour} AND NOT coalesce(closed_ms <= ${cut}, false))`,
        '1',
      ],
    },
    from: `FROM ticket_facts WHERE created_ms < ${cut} GROUP BY agent_id`,
  },
  {
    agent: 'credited',
    sums: { repeat_complaint_rate: ['sum(again)', 'sum(created)'] },
    from: `FROM (
        SELECT agent_id AS credited, 0 AS again, count(*) AS created FROM ticket_facts WHERE ${inMonth('created_ms')} GROUP BY agent_id
        UNION ALL
        SELECT previous_agent_id, count(*), 0 FROM ticket_facts
        WHERE kind = 'complaint' AND ${inMonth('created_ms')} AND ${soon('created_ms', 'previous_ms', 30 * day)} GROUP BY previous_agent_id
      ) GROUP BY credited`,
  },
  {
    agent: 'agent_id',
    sums: {
      first_time_fix_rate: [`count(*) FILTER (NOT ${soon('next_repair_ms', 'closed_ms', 30 * day)})`, 'count(*)'],
    },
    from: `FROM ticket_facts WHERE kind = 'repair' AND ${inMonth(`closed_ms + ${30 * day}`)} GROUP BY agent_id`,
  },
  {
    agent: 'owner',
    sums: { csat_rate: ['count(*) FILTER (score >= 4)', 'count(*)'], csat_score: ['sum(score)', 'count(*)'] },
    from: rated,
  },
  {
    agent: 'agent_id',
    sums: {
      attendance_rate: [
        'count(actual_start_ms)',
        `count(*) FILTER (actual_start_ms IS NOT NULL OR scheduled_end_ms <= ${month.nowMs})`,
      ],
    },
    from: `FROM attendance WHERE ${inMonth('scheduled_start_ms')} GROUP BY agent_id`,
  },
];

const asEvents: readonly Asked[] = [
  {
    agent: 'first_agent',
    sums: {
      [ofEvents.quick]: [`count(*) FILTER (reply_ms[1] <= 30000)`, `count(*) FILTER (${replied})`],
      [ofEvents.first]: ['sum(reply_ms[1])', `count(*) FILTER (${replied})`],
      [ofEvents.replied]: [`count(*) FILTER (${replied})`, 'count(*)'],
    },
    from: `FROM session_facts WHERE ${inMonth('started_ms')} GROUP BY first_agent`,
  },
  {
    agent: 'agent',
    sums: { [ofEvents.response]: ['sum(reply_ms)', 'sum(turns)'] },
    from: slices(inMonth('started_ms')),
  },
  {
    agent: 'owner',
    sums: { [ofEvents.length]: ['sum(last_ms - started_ms)', 'count(*)'] },
    from: `FROM session_facts WHERE ${inMonth('started_ms')} GROUP BY owner`,
  },
  {
    agent: 'owner',
    sums: {
      [ofEvents.satisfied]: ['count(*) FILTER (score >= 4)', 'count(*)'],
      [ofEvents.score]: ['sum(score)', 'count(*)'],
    },
    from: rated,
  },
];

const asFromQuestion: readonly Asked[] = [
  {
    agent: 'first_agent',
    sums: { [fromQuestion]: ['sum(answered[1] - started[1])', `count(*) FILTER (${replied})`] },
    from: `FROM session_facts WHERE ${inMonth('started_ms')} GROUP BY first_agent`,
  },
];

const queries = (asked: readonly Asked[]) =>
  asked.map(({ agent, sums, from }) => ({
    metrics: Object.keys(sums),
    sql: `SELECT ${agent} AS agent, ${Object.values(sums)
      .flat()
      .map((sum, i) => `CAST(${sum} AS VARCHAR) AS s${i}`)
      .join(', ')} ${from}`,
  }));

export const questions = {
  written: queries(asWritten),
  events: queries(asEvents),
  fromQuestion: queries(asFromQuestion),
} as const;

/** Parameters: agent. */
export const sessionsBehind = `SELECT session_id, started_ms, customer_id, channel, queue, shop, reply_ms[1] <= 30000 AS quick,
    count(*) OVER () AS total, count(*) FILTER (reply_ms[1] <= 30000) OVER () AS all_quick
  FROM session_facts WHERE first_agent = $agent AND ${replied} AND ${inMonth('started_ms')}
  ORDER BY started_ms, session_id LIMIT 100`;

/** Parameters: session. */
export const transcript = `SELECT message_id, ms, sender, sender_id, text FROM messages WHERE session_id = $session ORDER BY ms, message_id`;
