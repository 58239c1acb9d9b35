import { defineMetric, type MetricOption } from '../metricDefinition.ts';
import { snapshotAt, toAt } from '../relations.sql.ts';
import { statOption, ticketClockOption, withinOption } from '../sharedOptions.ts';

const sliced = ['agent', 'team', 'shop', 'channel', 'queue', 'day', 'hour'] as const;
const ticketSliced = [...sliced, 'priority'] as const;
const within = (later: string, earlier: string, ms: number | string) =>
  `(${later} IS NOT NULL AND toUnixTimestamp64Milli(assumeNotNull(${later})) - toUnixTimestamp64Milli(assumeNotNull(${earlier})) <= ${ms})`;
const after = (instant: string, ms: number | string) => `addMilliseconds(assumeNotNull(${instant}), ${ms})`;
/** Closed as things stood at an instant, what happened exactly then has happened: the last closing or reopening not after it is a closing. */
const closedBy = (instant: string) => `arrayCount(t -> t <= ${instant}, switched_at) % 2 = 1`;
const hours = (n: number) => n * 3_600_000;
/** An instant after every period: what has not happened yet falls into none. */
const none = `toDateTime64('2199-01-01 00:00:00', 3, 'UTC')`;
/** How long is watched: `$window` in the SQL is the number chosen. */
const windowHours = '$window * 3600000';
const windowDays = '$window * 86400000';
const windowOption = (unit: 'hours' | 'days', standard: string, others: readonly string[]): MetricOption => ({
  description:
    unit === 'hours'
      ? { zh: '观察窗口（小时）', en: 'How long is watched (hours)' }
      : { zh: '观察窗口（天，每天 24 小时）', en: 'How long is watched (days of 24 hours)' },
  values: Object.fromEntries([standard, ...others].sort((a, b) => Number(a) - Number(b)).map((value) => [value, {}])),
  standard,
});
const closedTicket = { relation: 'tickets', agent: 'owner_agent_id' } as const;
const sevenDaysOn = {
  ...closedTicket,
  at: `if(first_closed_at IS NULL, ${none}, ${after('first_closed_at', windowDays)})`,
} as const;

export const resolutionMetrics = [
  defineMetric({
    id: 'one_time_resolution_rate',
    name: { zh: '一次性解决率', en: 'One-time resolution rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'outcomes',
      agent: 'owner_agent_id',
      at: after('closed_at', windowHours),
      where: 'replied',
      numerator: `NOT moved AND NOT ${within('next_contact_at', 'closed_at', windowHours)}`,
      denominator: '1',
    },
    minN: 30,
    dimensions: sliced,
    options: { window: windowOption('hours', '72', ['24', '48', '96', '168']) },
    words: {
      definition: {
        zh: '没有转接或升级，且关闭后 72 小时内同一客户没有就同一问题再次联系的会话，占客户已知的已回复会话的比例。任一方问题未知时视为同一问题。',
        en: 'Share of replied sessions of known customers without transfer or escalation after which the same customer did not come back on the same issue within 72 hours.',
      },
      numerator: { zh: '一次解决的会话', en: 'Sessions resolved at once' },
      denominator: { zh: '已回复的会话', en: 'Replied sessions' },
    },
    credited: 'O',
    counted: 'window',
    without: 'knownX',
    source: 'S0, S1; 72 h REC',
  }),
  defineMetric({
    id: 'first_contact_resolution_rate',
    name: { zh: '首次问题解决率 FCR', en: 'First contact resolution' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...sevenDaysOn,
      where: 'first_closed_at IS NOT NULL',
      numerator: `contacts <= 1 AND NOT reopened AND NOT escalated AND NOT ${within('next_contact_at', 'first_closed_at', windowDays)}`,
      denominator: '1',
    },
    minN: 30,
    dimensions: ticketSliced,
    options: { window: windowOption('days', '7', ['3', '10', '14', '30']) },
    words: {
      definition: {
        zh: '客户只联系一次、没有重开或升级、首次关闭后 7 天内没有就同一问题再联系的工单，占已关闭工单的比例。',
        en: 'Share of closed tickets with one inbound contact, no reopening or escalation and no contact on the same issue within 7 days of the first close.',
      },
      numerator: { zh: '首次解决的工单', en: 'Tickets resolved at first contact' },
      denominator: { zh: '已关闭的工单', en: 'Closed tickets' },
    },
    credited: 'O',
    counted: 'window',
    without: 'cancelled',
    source: 'S2; 7 d REC',
  }),
  defineMetric({
    id: 'ticket_cycle_hours',
    name: { zh: '工单处理时效', en: 'Ticket cycle time' },
    unit: 'hours',
    better: 'lower',
    counting: {
      ...closedTicket,
      at: `coalesce(closed_at, ${none})`,
      where: 'closed_at IS NOT NULL',
      numerator: 'cycle_$clock',
      denominator: '1',
    },
    numeratorScale: 3_600_000,
    minN: 30,
    dimensions: ticketSliced,
    options: { stat: statOption(), clock: ticketClockOption },
    words: {
      definition: {
        zh: '工单从创建到最后一次关闭的自然时间之和除以已关闭工单数，挂起时间也算在内。',
        en: 'Calendar time from creation to the last close, pending included, divided by closed tickets.',
      },
      numerator: { zh: '处理时长之和（小时）', en: 'Sum of cycle times (h)' },
      denominator: { zh: '已关闭的工单', en: 'Closed tickets' },
    },
    credited: 'O',
    counted: 'close',
    without: 'cancelled',
    source: 'S2',
  }),
  defineMetric({
    id: 'ticket_24h_rate',
    name: { zh: '工单 24 小时办结率', en: 'Tickets closed within 24 h' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...closedTicket,
      at: `coalesce(closed_at, ${none})`,
      where: 'closed_at IS NOT NULL',
      numerator: `toUnixTimestamp64Milli(assumeNotNull(closed_at)) - toUnixTimestamp64Milli(created_at) <= $within * 3600000`,
      denominator: '1',
    },
    minN: 30,
    dimensions: ticketSliced,
    options: { within: withinOption('hours', 24, 8760) },
    words: {
      definition: {
        zh: '从创建到最后一次关闭不超过 24 小时（自然时间，挂起也算）的工单占已关闭工单的比例；时限可改。',
        en: 'Share of closed tickets whose last close came within 24 hours of creation, calendar time, pending included; the limit can be chosen.',
      },
      numerator: { zh: '24 小时内办结的工单', en: 'Tickets closed within 24 h' },
      denominator: { zh: '已关闭的工单', en: 'Closed tickets' },
    },
    credited: 'O',
    counted: 'close',
    without: 'cancelled',
    source: 'S2; 24 h',
  }),
  defineMetric({
    id: 'ticket_open_over_48h',
    name: { zh: '超 48 小时未解决', en: 'Open longer than 48 h' },
    unit: 'count',
    better: 'lower',
    form: 'count',
    counting: {
      ...closedTicket,
      at: 'created_at',
      span: 'before',
      where: '1',
      numerator: `toUnixTimestamp64Milli(${snapshotAt}) - toUnixTimestamp64Milli(created_at) > ${hours(48)} AND NOT (${closedBy(snapshotAt)})`,
      denominator: '1',
    },
    minN: 1,
    dimensions: ['agent', 'team', 'shop', 'channel', 'queue', 'priority'],
    words: {
      definition: {
        zh: '周期末（未结束的周期为此刻）仍未关闭、已超过 48 小时的工单数。',
        en: 'Tickets still open at the period’s end (or now) that are older than 48 hours.',
      },
      numerator: { zh: '超时未关闭的工单', en: 'Open tickets over 48 h' },
      denominator: { zh: '负责过的工单', en: 'Tickets owned so far' },
    },
    credited: 'O',
    counted: 'snapshot',
    without: 'cancelled',
    source: 'S2',
  }),
  defineMetric({
    id: 'ticket_closure_rate',
    name: { zh: '工单闭环率', en: 'Ticket closure rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...closedTicket,
      at: 'created_at',
      where: '1',
      numerator: closedBy(toAt),
      denominator: '1',
    },
    minN: 30,
    dimensions: ticketSliced,
    words: {
      definition: {
        zh: '周期内创建、到周期末已关闭的工单占周期内创建工单的比例。',
        en: 'Share of the tickets created in the period that are closed at its end.',
      },
      numerator: { zh: '周期末已关闭', en: 'Closed by the end' },
      denominator: { zh: '周期内创建的工单', en: 'Tickets created' },
    },
    credited: 'O',
    counted: 'creation',
    without: 'cancelled',
    source: 'S2',
  }),
  defineMetric({
    id: 'repeat_complaint_rate',
    name: { zh: '重复投诉率', en: 'Repeat complaint rate' },
    unit: 'percent',
    better: 'lower',
    counting: {
      relation: 'complaints',
      agent: 'agent_id',
      at: 'created_at',
      where: `created = 1 OR (repeated = 1 AND since_last_ms <= ${windowDays})`,
      numerator: `repeated = 1 AND since_last_ms <= ${windowDays}`,
      denominator: 'created',
    },
    minN: 30,
    dimensions: ticketSliced,
    options: { window: windowOption('days', '30', ['7', '15', '60', '90']) },
    words: {
      definition: {
        zh: '同一客户 720 小时（30 天）内再次投诉的工单数除以创建的全部工单数。重复投诉计给上一张投诉的负责人。',
        en: 'Complaints with an earlier complaint of the same customer within 720 hours, divided by all tickets created.',
      },
      numerator: { zh: '30 天内的重复投诉', en: 'Complaints repeated within 30 days' },
      denominator: { zh: '创建的工单', en: 'Tickets created' },
    },
    credited: 'R',
    counted: 'creation',
    without: 'cancelled',
    source: 'S2',
  }),
  defineMetric({
    id: 'first_time_fix_rate',
    name: { zh: '一次修复率', en: 'First-time fix rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'tickets',
      agent: 'fixer_agent_id',
      at: `if(closed_at IS NULL, ${none}, ${after('closed_at', windowDays)})`,
      where: `ticket_kind = 'repair' AND closed_at IS NOT NULL`,
      numerator: `NOT ${within('next_repair_at', 'closed_at', windowDays)}`,
      denominator: '1',
    },
    minN: 30,
    dimensions: ticketSliced,
    options: { window: windowOption('days', '30', ['7', '15', '60', '90']) },
    words: {
      definition: {
        zh: '关闭后 720 小时（30 天）内同一台机器没有再报修的维修单，占已关闭维修单的比例。序列号未知时按客户和产品判断。',
        en: 'Share of closed repairs after which the same unit needed no repair within 720 hours. Without a serial number, same customer and product.',
      },
      numerator: { zh: '一次修好的维修单', en: 'Repairs that held' },
      denominator: { zh: '已关闭的维修单', en: 'Closed repairs' },
    },
    credited: 'fixer',
    counted: 'window',
    without: 'cancelled',
    source: 'S2',
  }),
  defineMetric({
    id: 'reopen_rate',
    name: { zh: '重开率', en: 'Reopen rate' },
    unit: 'percent',
    better: 'lower',
    counting: {
      ...sevenDaysOn,
      where: 'first_closed_at IS NOT NULL',
      numerator: `reopened AND (reopened_at IS NULL OR ${within('reopened_at', 'first_closed_at', windowDays)})`,
      denominator: '1',
    },
    minN: 30,
    dimensions: ticketSliced,
    options: { window: windowOption('days', '7', ['3', '10', '14', '30']) },
    words: {
      definition: {
        zh: '首次关闭后 7 天内重开的工单占已关闭工单的比例。',
        en: 'Share of closed tickets reopened within 7 days of the first close.',
      },
      numerator: { zh: '7 天内重开的工单', en: 'Reopened within 7 days' },
      denominator: { zh: '已关闭的工单', en: 'Closed tickets' },
    },
    credited: 'O',
    counted: 'window',
    without: 'cancelled',
    source: 'REC',
  }),
  defineMetric({
    id: 'install_resolution_minutes',
    name: { zh: '安装调试时效', en: 'Installation time' },
    unit: 'minutes',
    better: 'lower',
    counting: {
      ...closedTicket,
      at: `coalesce(closed_at, ${none})`,
      where: `ticket_kind = 'install' AND closed_at IS NOT NULL`,
      numerator: 'cycle_$clock',
      denominator: '1',
    },
    numeratorScale: 60_000,
    minN: 30,
    dimensions: ticketSliced,
    options: { stat: statOption(), clock: ticketClockOption },
    words: {
      definition: {
        zh: '安装调试工单从创建到最后一次关闭的自然时间之和除以已关闭的安装调试工单数。',
        en: 'Calendar time from creation to the last close of installation tickets, divided by those closed.',
      },
      numerator: { zh: '时长之和（分钟）', en: 'Sum of times (min)' },
      denominator: { zh: '已关闭的安装调试工单', en: 'Closed installation tickets' },
    },
    credited: 'O',
    counted: 'close',
    without: 'cancelled',
    source: 'S0',
  }),
  defineMetric({
    id: 'collab_resolution_rate',
    name: { zh: '跨区协作解决率', en: 'Cross-team resolution' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'tickets',
      agent: null,
      teamOf: 'owner_agent_id',
      at: `coalesce(closed_at, ${none})`,
      where: `requesting_team != '' AND closed_at IS NOT NULL AND sla_due_at IS NOT NULL`,
      numerator: 'closed_at <= sla_due_at',
      denominator: '1',
    },
    minN: 30,
    dimensions: ['team', 'shop', 'channel', 'queue', 'day', 'hour', 'priority'],
    words: {
      definition: {
        zh: '在时限内关闭的跨团队工单占已关闭的跨团队工单的比例；没有时限的不计。',
        en: 'Share of the closed tickets asked for by another team that were closed within their time limit; those without one do not count.',
      },
      numerator: { zh: '时限内关闭', en: 'Closed in time' },
      denominator: { zh: '已关闭的跨团队工单', en: 'Closed cross-team tickets' },
    },
    credited: 'G',
    counted: 'close',
    without: 'cancelled',
    source: 'S0; REC',
  }),
  defineMetric({
    id: 'complaint_resolution_rate',
    name: { zh: '投诉解决率', en: 'Complaint resolution' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...closedTicket,
      at: `if(closed_at IS NULL, ${none}, ${after('closed_at', hours(720))})`,
      where: `ticket_kind = 'complaint' AND closed_at IS NOT NULL`,
      numerator: `(sla_due_at IS NULL OR closed_at <= sla_due_at) AND NOT ${within('next_complaint_at', 'closed_at', hours(720))}`,
      denominator: '1',
    },
    minN: 30,
    dimensions: ticketSliced,
    words: {
      definition: {
        zh: '在时限内关闭、且关闭后 720 小时（30 天）内同一客户没有再投诉的投诉工单，占全部已关闭投诉工单的比例；没有定时限的也计入，只看有没有再投诉。',
        en: 'Share of all closed complaints that were closed within their time limit and not followed by another complaint of the customer within 720 hours; one without a limit counts too, by the second alone.',
      },
      numerator: { zh: '按时解决且未再投诉', en: 'Closed in time, no repeat' },
      denominator: { zh: '已关闭的投诉', en: 'Closed complaints' },
    },
    credited: 'O',
    counted: 'window',
    without: 'cancelled',
    source: 'S4; REC',
  }),
  defineMetric({
    id: 'cross_dept_response_hours',
    name: { zh: '跨部门响应时效', en: 'Cross-department response' },
    unit: 'hours',
    better: 'lower',
    counting: {
      relation: 'acrossTeams',
      agent: 'answerer_id',
      at: 'created_at',
      where: '1',
      numerator: 'waited_ms',
      denominator: '1',
    },
    numeratorScale: 3_600_000,
    minN: 30,
    dimensions: ticketSliced,
    options: { stat: statOption() },
    words: {
      definition: {
        zh: '其他团队提出的工单从创建到提出团队以外的人首次处理（或关闭）的时间之和除以工单数；还没有人处理的按已等待的时间计。',
        en: 'Time until somebody outside the requesting team first acts on a ticket, or it is closed, divided by such tickets; one that nobody answered counts its age.',
      },
      numerator: { zh: '等待时间之和（小时）', en: 'Sum of waits (h)' },
      denominator: { zh: '跨部门请求', en: 'Requests' },
    },
    credited: 'answerer',
    counted: 'creation',
    without: 'cancelled',
    source: 'S1',
  }),
];
