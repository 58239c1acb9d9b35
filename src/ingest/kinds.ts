/**
 * The open format: one entry per kind, one entry per column, in the order of the public contract.
 * Everything that knows about columns (parsing, checking, raw tables, mapping page, docs) reads this table.
 */
export type ColumnType =
  | { is: 'id' }
  | { is: 'text' }
  | { is: 'instant' }
  | { is: 'date' }
  | { is: 'timeOfDay' }
  | { is: 'integer'; min?: number; max?: number }
  | { is: 'decimal'; min?: number }
  | { is: 'boolean' }
  | { is: 'money' }
  | { is: 'seconds' }
  | { is: 'period' }
  | { is: 'oneOf'; values: readonly string[] };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly required?: true;
  /** Refers to a known agent: a value that no agent row names is rejected as `unknownAgent`. */
  readonly agent?: true;
  /** What an absent value means; without it absent stays absent (null, or '' for text). */
  readonly absent?: string;
}

export interface Kind {
  readonly name: KindName;
  readonly zh: string;
  readonly en: string;
  readonly columns: readonly Column[];
  /** Columns that identify a row. The first list whose columns are all present is taken. */
  readonly keys: readonly (readonly string[])[];
  /** Column whose presence decides which of several versions wins. */
  readonly updatedAt?: 'updated_at';
}

export const kindNames = [
  'calendar',
  'agents',
  'attendance',
  'sessions',
  'messages',
  'events',
  'tickets',
  'ratings',
  'orders',
  'assessments',
  'incidents',
] as const;
/** In the order in which a folder is imported: what others refer to comes first. */
export type KindName = (typeof kindNames)[number];

const id: ColumnType = { is: 'id' };
const text: ColumnType = { is: 'text' };
const instant: ColumnType = { is: 'instant' };
const date: ColumnType = { is: 'date' };
const boolean: ColumnType = { is: 'boolean' };
const money: ColumnType = { is: 'money' };
const seconds: ColumnType = { is: 'seconds' };
const oneOf = (...values: string[]): ColumnType => ({ is: 'oneOf', values });
const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({ name, type, ...more });
const required = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  required: true,
  ...more,
});
const agent = { agent: true } as const;

export const kinds: Readonly<Record<KindName, Kind>> = {
  calendar: {
    name: 'calendar',
    zh: '日历',
    en: 'Calendar',
    columns: [
      required('date', date),
      required('type', oneOf('holiday', 'workday', 'promotion', 'outage', 'hours')),
      column('shop', text),
      column('from', { is: 'timeOfDay' }),
      column('to', { is: 'timeOfDay' }),
      // Below 1 it would harden what a promotion relaxes; 0 would take every target away.
      column('factor', { is: 'decimal', min: 1 }),
      column('metric', text),
    ],
    keys: [['date', 'type', 'shop', 'metric', 'from']],
  },
  agents: {
    name: 'agents',
    zh: '客服人员',
    en: 'Agents',
    columns: [
      required('agent_id', id),
      required('name', text),
      column('team', text),
      column('shop', text),
      column('tier', oneOf('junior', 'mid', 'senior')),
      column('employment', oneOf('formal', 'intern', 'outsourced')),
      column('hired_on', date),
      column('left_on', date),
      column('manager_id', text),
      column('monthly_salary', money),
      column('valid_from', date),
    ],
    keys: [['agent_id', 'valid_from']],
  },
  attendance: {
    name: 'attendance',
    zh: '考勤',
    en: 'Attendance',
    columns: [
      required('agent_id', id, agent),
      required('scheduled_start', instant),
      required('scheduled_end', instant),
      column('actual_start', instant),
      column('actual_end', instant),
    ],
    keys: [['agent_id', 'scheduled_start']],
  },
  sessions: {
    name: 'sessions',
    zh: '会话',
    en: 'Sessions',
    columns: [
      required('session_id', id),
      required('customer_id', id),
      required('started_at', instant),
      column('ended_at', instant),
      column('channel', text),
      column('shop', text),
      column('queue', text),
      column('issue', text),
      column('queued_at', instant),
      column('assigned_agent_id', text, agent),
      column('assigned_at', instant),
      column('handoff_at', instant),
      column('initiated_by', oneOf('customer', 'agent', 'bot', 'system')),
      column('ended_by', oneOf('customer', 'agent', 'bot', 'system')),
      column('offline', boolean),
      column('test', boolean),
      column('invited_at', instant),
      column('transferred_from', text, agent),
      column('talk_seconds', seconds),
      column('hold_seconds', seconds),
      column('wrap_seconds', seconds),
      column('updated_at', instant),
    ],
    keys: [['session_id']],
    updatedAt: 'updated_at',
  },
  messages: {
    name: 'messages',
    zh: '消息',
    en: 'Messages',
    // One of session_id and customer_id is required; the check lives with the row rules.
    columns: [
      column('session_id', id),
      column('customer_id', id),
      required('at', instant),
      required('sender', oneOf('customer', 'bot', 'system', 'agent')),
      column('text', text),
      column('message_id', text),
      column('seq', { is: 'integer', min: 0 }),
      column('sender_id', text, agent),
      column('auto', boolean),
      column('kind', oneOf('text', 'image', 'product', 'invitation', 'note', 'withdrawn'), { absent: 'text' }),
    ],
    keys: [
      ['session_id', 'message_id'],
      ['session_id', 'at', 'sender', 'sender_id', 'text'],
    ],
  },
  events: {
    name: 'events',
    zh: '事件',
    en: 'Events',
    columns: [
      required('subject_kind', oneOf('session', 'ticket', 'agent')),
      required('subject_id', id),
      required('at', instant),
      required(
        'type',
        oneOf(
          'queued',
          'assigned',
          'transferred',
          'escalated',
          'handoff',
          'invited',
          'abandoned',
          'reopened',
          'closed',
          'kb_used',
          'online',
          'offline',
          'busy',
        ),
      ),
      column('event_id', text),
      column('agent_id', text, agent),
      column('to_agent_id', text, agent),
      column('value', text),
    ],
    keys: [['event_id'], ['subject_kind', 'subject_id', 'at', 'type', 'agent_id', 'to_agent_id']],
  },
  tickets: {
    name: 'tickets',
    zh: '工单',
    en: 'Tickets',
    columns: [
      required('ticket_id', id),
      required('customer_id', id),
      required('agent_id', id, agent),
      required('created_at', instant),
      column('closed_at', instant),
      column('first_closed_at', instant),
      column('reopened_at', instant),
      column('sla_due_at', instant),
      column('kind', oneOf('consult', 'complaint', 'install', 'repair', 'return', 'other'), { absent: 'other' }),
      column('priority', oneOf('normal', 'urgent'), { absent: 'normal' }),
      column('contacts', { is: 'integer', min: 0 }),
      column('reopened', boolean),
      column('escalated', boolean),
      column('status', text),
      column('product', text),
      column('serial', text),
      column('issue', text),
      column('session_id', text),
      column('dispatched', boolean),
      column('technician_id', text, agent),
      column('requesting_team', text),
      column('updated_at', instant),
    ],
    keys: [['ticket_id']],
    updatedAt: 'updated_at',
  },
  ratings: {
    name: 'ratings',
    zh: '评价',
    en: 'Ratings',
    // One of session_id and ticket_id is required; the check lives with the row rules.
    columns: [
      column('session_id', text),
      column('ticket_id', text),
      required('score', { is: 'integer', min: 1, max: 5 }),
      required('at', instant),
      column('rating_id', text),
      column('valid', boolean, { absent: 'true' }),
      column('nps', { is: 'integer', min: 0, max: 10 }),
      column('comment', text),
      column('device', text),
      column('dsr_service', { is: 'decimal' }),
    ],
    keys: [['rating_id'], ['session_id', 'ticket_id', 'at']],
  },
  orders: {
    name: 'orders',
    zh: '订单',
    en: 'Orders',
    columns: [
      required('order_id', id),
      required('customer_id', id),
      required('created_at', instant),
      required('amount', money),
      column('paid_at', instant),
      column('refunded_amount', money),
      column('sku', text),
      column('session_id', text),
      column('cancelled_at', instant),
      column('silent', boolean),
      column('brushed', boolean),
      column('updated_at', instant),
    ],
    keys: [['order_id']],
    updatedAt: 'updated_at',
  },
  assessments: {
    name: 'assessments',
    zh: '评定',
    en: 'Assessments',
    columns: [
      required('agent_id', id, agent),
      required('period', { is: 'period' }),
      required('item', text),
      required('value', { is: 'decimal' }),
      column('by', text),
      column('note', text),
    ],
    keys: [['agent_id', 'period', 'item', 'by']],
  },
  incidents: {
    name: 'incidents',
    zh: '事项',
    en: 'Incidents',
    columns: [
      required('agent_id', id, agent),
      required('at', instant),
      required('item', text),
      required('severity', oneOf('minor', 'major')),
      column('incident_id', text),
      column('session_id', text),
      column('status', oneOf('confirmed', 'pending', 'overturned'), { absent: 'confirmed' }),
      column('note', text),
    ],
    keys: [['incident_id'], ['agent_id', 'at', 'item', 'session_id']],
  },
};

/** The name a column has in the raw table: money is stored in integer fen, durations in integer milliseconds. */
export function storedName(column: Column): string {
  if (column.type.is === 'money')
    return column.name.endsWith('_amount') ? column.name.replace(/_amount$/, '_fen') : `${column.name}_fen`;
  if (column.type.is === 'seconds') return column.name.replace(/_seconds$/, '_ms');
  return column.name;
}
