/**
 * The figures of a month by agent as somebody would write them who knows the facts: one flat query per table and person, nothing that a
 * catalogue would need. Each answers rows of `agent` and, per metric in order, `s0` numerator, `s1` denominator, `s2` …
 * Parameters: from, to, now DateTime64(3, 'UTC').
 */
const counted = 'NOT (bot_only OR test OR no_customer_message OR outage)';
const inMonth = (at: string) => `${at} >= {from:DateTime64(3, 'UTC')} AND ${at} < {to:DateTime64(3, 'UTC')}`;
const ms = (instant: string) => `toUnixTimestamp64Milli(assumeNotNull(${instant}))`;
const soon = (later: string, earlier: string, hours: number) =>
  `(${later} IS NOT NULL AND ${ms(later)} - ${ms(earlier)} <= ${hours * 3_600_000})`;
const closedAt = (cut: string) =>
  `(first_closed_at <= ${cut} AND (reopened_at IS NULL OR reopened_at > ${cut} OR (closed_at >= reopened_at AND closed_at <= ${cut})))`;
const sevenDaysOn = 'addDays(assumeNotNull(first_closed_at), 7)';
const closedWeekAgo = `first_closed_at IS NOT NULL AND ${inMonth(sevenDaysOn)}`;
const until = `least({to:DateTime64(3, 'UTC')}, {now:DateTime64(3, 'UTC')})`;
const repeated = `kind = 'complaint' AND previous_complaint_at IS NOT NULL AND ${ms('created_at')} - ${ms('previous_complaint_at')} <= 2592000000`;

interface Asked {
  readonly agent: string;
  /** Metric → numerator and denominator. */
  readonly sums: Readonly<Record<string, readonly [string, string]>>;
  readonly from: string;
}

const inHours = `FROM session_facts FINAL WHERE ${counted} AND NOT outside_hours AND ${inMonth('started_at')} GROUP BY agent`;
const asked: readonly Asked[] = [
  {
    agent: 'first_agent_id',
    sums: {
      first_reply_30s_rate: ['countIf(replied AND first_reply_ms <= 30000)', 'countIf(replied)'],
      first_response_seconds: ['sumIf(first_reply_ms, replied)', 'countIf(replied)'],
      reply_rate: ['countIf(replied)', 'count()'],
    },
    from: inHours,
  },
  {
    agent: 'owner_agent_id',
    sums: {
      session_seconds: [`sum(${ms('closed_at')} - ${ms('started_at')})`, 'count()'],
      invite_rate: ['countIf(replied AND invited)', 'countIf(replied)'],
      rating_rate: ['countIf(invited AND rated_at IS NOT NULL)', 'countIf(invited)'],
    },
    from: `FROM session_facts FINAL WHERE ${counted} AND ${inMonth('started_at')} GROUP BY agent`,
  },
  {
    agent: 'slice_agent',
    sums: {
      avg_response_seconds: ['sumIf(reply_ms, NOT outside_hours)', 'sumIf(turns, NOT outside_hours)'],
      reply_3min_rate: ['sumIf(quick, NOT outside_hours)', 'sumIf(turns + open, NOT outside_hours)'],
      transfer_out_rate: ['sum(moved)', 'countIf(replies > 0)'],
    },
    from: `FROM session_facts FINAL
      ARRAY JOIN slice_agent_id AS slice_agent, slice_reply_ms AS reply_ms, slice_turns AS turns, slice_turns_within_3min AS quick,
        slice_open_turns AS open, slice_moved_out AS moved, slice_replies AS replies
      WHERE ${counted} AND ${inMonth('started_at')} GROUP BY agent`,
  },
  {
    agent: 'present.agent_id',
    sums: { load_per_8h: ['sum(customers)', 'sum(online)'] },
    from: `FROM (
        SELECT agent_id, toDate32(actual_start, 'Asia/Shanghai') AS day, sum(${ms('actual_end')} - ${ms('actual_start')}) AS online
        FROM attendance WHERE ${inMonth('actual_start')} GROUP BY agent_id, day
      ) AS present
      LEFT JOIN (
        SELECT load_agent, day, length(arrayDistinct(groupArray(customer_hash))) AS customers
        FROM session_facts FINAL ARRAY JOIN load_agent_id AS load_agent, load_day AS day
        WHERE ${counted} AND started_at < {to:DateTime64(3, 'UTC')} AND closed_at >= {from:DateTime64(3, 'UTC')} GROUP BY load_agent, day
      ) AS seen ON seen.load_agent = present.agent_id AND seen.day = present.day
      GROUP BY agent`,
  },
  {
    agent: 'owner_agent_id',
    sums: {
      one_time_resolution_rate: [`countIf(NOT moved AND NOT ${soon('next_contact_at', 'closed_at', 72)})`, 'count()'],
    },
    from: `FROM session_outcomes FINAL WHERE NOT excluded AND replied AND ${inMonth('addDays(closed_at, 3)')} GROUP BY agent`,
  },
  {
    agent: 'owner_agent_id',
    sums: {
      first_contact_resolution_rate: [
        `countIf(${closedWeekAgo} AND contacts <= 1 AND NOT reopened AND NOT escalated AND NOT ${soon('next_contact_at', 'first_closed_at', 168)})`,
        `countIf(${closedWeekAgo})`,
      ],
      reopen_rate: [
        `countIf(${closedWeekAgo} AND reopened AND (reopened_at IS NULL OR ${soon('reopened_at', 'first_closed_at', 168)}))`,
        `countIf(${closedWeekAgo})`,
      ],
      ticket_cycle_hours: [
        `sumIf(${ms('closed_at')} - ${ms('created_at')}, closed_at IS NOT NULL AND ${inMonth('closed_at')})`,
        `countIf(closed_at IS NOT NULL AND ${inMonth('closed_at')})`,
      ],
      ticket_closure_rate: [
        `countIf(${inMonth('created_at')} AND ${closedAt(`{to:DateTime64(3, 'UTC')}`)})`,
        `countIf(${inMonth('created_at')})`,
      ],
      ticket_open_over_48h: [`countIf(${ms(until)} - ${ms('created_at')} > 172800000 AND NOT ${closedAt(until)})`, '1'],
    },
    from: `FROM ticket_facts FINAL WHERE NOT cancelled AND created_at < ${until} GROUP BY agent`,
  },
  {
    agent: 'credited',
    sums: { repeat_complaint_rate: ['sum(again)', 'sum(created)'] },
    from: `FROM (
        SELECT owner_agent_id AS credited, 0 AS again, count() AS created FROM ticket_facts FINAL WHERE NOT cancelled AND ${inMonth('created_at')} GROUP BY credited
        UNION ALL
        SELECT previous_complaint_owner_id AS credited, count(), 0 FROM ticket_facts FINAL WHERE NOT cancelled AND ${inMonth('created_at')} AND ${repeated} GROUP BY credited
      ) GROUP BY agent`,
  },
  {
    agent: 'fixer_agent_id',
    sums: { first_time_fix_rate: [`countIf(NOT ${soon('next_repair_at', 'closed_at', 720)})`, 'count()'] },
    from: `FROM ticket_facts FINAL
      WHERE NOT cancelled AND kind = 'repair' AND closed_at IS NOT NULL AND ${inMonth('addDays(assumeNotNull(closed_at), 30)')} GROUP BY agent`,
  },
  {
    agent: 'owner_agent_id',
    sums: {
      csat_rate: ['countIf(rating_score >= 4)', 'count()'],
      csat_score: ['sum(assumeNotNull(rating_score))', 'count()'],
    },
    from: `FROM session_facts FINAL WHERE rated_at IS NOT NULL AND ${counted} AND ${inMonth('assumeNotNull(rated_at)')} GROUP BY agent`,
  },
  {
    agent: 'agent_id',
    sums: {
      attendance_rate: [
        'countIf(actual_start IS NOT NULL)',
        `countIf(actual_start IS NOT NULL OR scheduled_end <= {now:DateTime64(3, 'UTC')})`,
      ],
    },
    from: `FROM attendance WHERE ${inMonth('scheduled_start')} GROUP BY agent`,
  },
];

export const metricsByHand = asked.map(({ agent, sums, from }) => ({
  metrics: Object.keys(sums),
  sql: `SELECT ${agent} AS agent, ${Object.values(sums)
    .flat()
    .map((sum, i) => `toString(${sum}) AS s${i}`)
    .join(', ')} ${from}`,
}));
