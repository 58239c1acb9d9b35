import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { day, hour, instant, minute, second, startOfDay } from '../../src/demo/demoTime.ts';
import { type Random, seededRandom } from '../../src/demo/random.ts';
import { type KindName, kindNames } from '../../src/ingest/kinds.ts';

type Row = Record<string, string | number | boolean | undefined>;
export type Dataset = Record<KindName, Row[]>;

const from = startOfDay('2026-10-01');
const to = startOfDay('2026-11-01');
const agents = ['A1', 'A2', 'A3', 'A4', 'A5', '六号'];
const customers = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9'];
const shops = ['甲店', '乙店', ''];
const issues = ['漏水', '安装', ''];
const gaps = [
  0,
  0,
  1,
  700,
  5 * second,
  29_999,
  30_000,
  30_001,
  31 * second,
  minute,
  179_999,
  180_000,
  180_001,
  10 * minute,
];
const windows = [72 * hour, 7 * day, 30 * day];

/**
 * Two imports of a small October in which everything happens at once: ties, exact boundaries of windows, hours and months,
 * transfers in mid-turn, versions of rows that arrive in the wrong order, absent columns. The same seed gives the same rows.
 */
export function adversarialMonth(seed: number): readonly [Dataset, Dataset] {
  const random = seededRandom(`adversarial/${seed}`);
  const first = emptyDataset();
  const later = emptyDataset();
  staff(random, first);
  calendar(random, first, later);
  /** Instants after which something may come exactly one window later. */
  const closes: number[] = [from + 12 * hour, to - 72 * hour];
  const seen = Array.from({ length: 70 }, (_, k) => session(random, first, later, `S${seed}-${k}`, closes));
  for (let k = 0; k < 60; k++) ticket(random, first, later, `T${seed}-${k}`, closes);
  judgements(random, first);
  const sales = random.fork('sales');
  for (let k = 0; k < 45; k++) purchase(sales, first, later, `O${seed}-${k}`);
  const floor = random.fork('floor');
  states(floor, first, seed);
  seenByInspectors(floor, first);
  alerts(floor, first);
  const returns = random.fork('returns');
  for (let k = 70; k < 95; k++) {
    const { closed, ...whose } = returns.pick(seen);
    const start =
      closed + returns.pick([-minute, 0, 9 * minute, 10 * minute - 1, 10 * minute - 1, 10 * minute, 10 * minute]);
    seen.push(session(returns, first, later, `S${seed}-${k}`, [], { ...whose, start }));
  }
  return [first, later];
}

/** Several months side by side in one: sessions and tickets of their own, the same people and customers. */
export function together(months: readonly (readonly [Dataset, Dataset])[]): readonly [Dataset, Dataset] {
  const joined = (index: 0 | 1) =>
    Object.fromEntries(kindNames.map((kind) => [kind, months.flatMap((month) => month[index][kind])])) as Dataset;
  return [joined(0), joined(1)];
}

/** One CSV per kind that has rows; a column that is nowhere filled is left out of the file altogether. */
export function writeDataset(dataset: Dataset, directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const kind of kindNames) {
    const rows = dataset[kind];
    if (rows.length === 0) continue;
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== undefined)))];
    const cell = (value: Row[string]) => {
      const text = value === undefined ? '' : String(value);
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const lines = [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))];
    writeFileSync(join(directory, `${kind}.csv`), `${lines.join('\n')}\n`);
  }
}

export function emptyDataset(): Dataset {
  return Object.fromEntries(kindNames.map((kind) => [kind, []])) as unknown as Dataset;
}

function staff(random: Random, data: Dataset): void {
  for (const [k, agent_id] of agents.entries()) {
    const shop = k < 3 ? '甲店' : '乙店';
    const base = {
      agent_id,
      name: `客服${k}`,
      team: k % 2 ? '二组' : '一组',
      shop,
      tier: 'mid',
      hired_on: k === 2 ? '2026-07-13' : '2025-01-01',
    };
    data.agents.push({ ...base, valid_from: '2025-01-01' });
    if (k === 1) data.agents.push({ ...base, shop: '乙店', valid_from: '2026-10-15' });
  }
  // 甲店 never has attendance; 乙店 has on three days of four, with gaps between its people.
  for (let ms = from - 2 * day; ms < to + 2 * day; ms += day) {
    for (const agent_id of ['A4', 'A5', ...(ms >= from + 14 * day ? ['A2'] : [])]) {
      if (((ms - from) / day) % 4 === 3 || random.chance(0.15)) continue;
      const start = ms + random.pick([9, 10, 13]) * hour;
      const end = start + random.pick([4, 8]) * hour;
      const absent = random.chance(0.1);
      data.attendance.push({
        agent_id,
        scheduled_start: instant(start),
        scheduled_end: instant(end),
        actual_start: absent ? undefined : instant(start + random.pick([0, 1, 20 * minute])),
        actual_end: absent ? undefined : instant(end - random.pick([0, 1, 15 * minute])),
      });
    }
  }
}

function calendar(random: Random, data: Dataset, later: Dataset): void {
  data.calendar.push({ date: '2026-10-05', type: 'outage', shop: '甲店', from: '10:00', to: '12:30' });
  data.calendar.push({ date: '2026-10-09', type: 'outage', from: '14:00', to: '15:00' });
  data.calendar.push({ date: '2026-10-12', type: 'hours', shop: '乙店', from: '10:00', to: '18:00' });
  if (random.chance(0.5)) data.calendar.push({ date: '2026-10-12', type: 'hours', from: '11:00', to: '20:00' });
  data.calendar.push({ date: '2026-10-20', type: 'hours', from: '08:00', to: '12:00' });
  // Closed over noon, and a day of which only the opening is said.
  for (const shop of ['甲店', undefined]) {
    const date = shop ? '2026-10-13' : '2026-10-21';
    data.calendar.push({ date, type: 'hours', shop, from: '15:00', to: '23:00' });
    data.calendar.push({ date, type: 'hours', shop, from: '10:00', to: '12:30' });
  }
  data.calendar.push({ date: '2026-10-10', type: 'hours', shop: '甲店', from: '10:00' });
  data.calendar.push({ date: '2026-10-11', type: 'promotion', factor: '1.5' });
  data.calendar.push({ date: '2026-10-10', type: 'workday' });
  // Both taken back: neither the outage nor the short day ever was.
  data.calendar.push({ date: '2026-10-06', type: 'outage', from: '09:00', to: '23:00' });
  data.calendar.push({ date: '2026-10-14', type: 'hours', from: '10:00', to: '11:00' });
  later.calendar.push({ date: '2026-10-06', type: 'outage', from: '09:00', to: '23:00', cancelled: 'true' });
  later.calendar.push({ date: '2026-10-14', type: 'hours', from: '10:00', to: '11:00', cancelled: 'true' });
}

function startInstant(random: Random, closes: readonly number[]): number {
  if (random.chance(0.35)) {
    const offset = random.pick([0, 1, 9 * minute, 10 * minute, ...windows.flatMap((w) => [w - 1, w, w + 1])]);
    const start = random.pick(closes) + offset;
    if (start < to + 20 * day) return start;
  }
  const edges = [from - 1, from, to - 1, to, from + 9 * hour, from - hour - 1, to - hour - 1, to - hour];
  if (random.chance(0.12)) return random.pick(edges);
  const date =
    startOfDay(random.pick(['2026-10-05', '2026-10-09', '2026-10-12', '2026-10-20'])) + random.int(0, 1) * day;
  const ofDay = [
    9 * hour - 1,
    9 * hour,
    10 * hour,
    12.5 * hour,
    12.5 * hour - 1,
    14 * hour,
    15 * hour,
    18 * hour,
    23 * hour - 1,
    23 * hour,
  ];
  if (random.chance(0.4)) return date + random.pick(ofDay);
  return from + random.int(-1, 31) * day + random.int(9 * 3600, 22 * 3600) * second;
}

/** A customer of this seed's month: months side by side share people and hours, not customers. */
function someone(random: Random, id: string): string {
  return `${random.pick(customers)}/${id.slice(1, id.indexOf('-'))}`;
}

/** Somebody's, who may be back after an earlier session; tells whose it is and when it closed. */
function session(
  random: Random,
  data: Dataset,
  later: Dataset,
  session_id: string,
  closes: number[],
  back?: { readonly customer_id: string; readonly shop: string; readonly start: number },
): { customer_id: string; shop: string; closed: number } {
  const start = back?.start ?? startInstant(random, closes);
  let now = start;
  let owner = random.pick(agents);
  const first = owner;
  const step = () => {
    now += random.pick(gaps);
  };
  const withIds = random.chance(0.6);
  const withSeq = random.chance(0.4);
  let seq = 0;
  const say = (sender: string, more: Row = {}) => {
    seq++;
    data.messages.push({
      session_id,
      at: instant(now),
      sender,
      text: `${sender}${seq}`,
      sender_id: sender === 'agent' ? owner : undefined,
      message_id: withIds ? `m${seq}` : undefined,
      seq: withSeq ? seq : undefined,
      ...more,
    });
  };
  // Of two owners named at one instant neither is the last, so ownership never changes twice in a millisecond.
  let ownedAt = 0;
  const event = (type: string, more: Row) => {
    if (type === 'assigned' || type === 'transferred') {
      if (now <= ownedAt) now = ownedAt + 1;
      ownedAt = now;
    }
    const event_id = random.chance(0.7) ? `${session_id}/${type}/${data.events.length}` : undefined;
    data.events.push({ subject_kind: 'session', subject_id: session_id, at: instant(now), type, event_id, ...more });
  };

  const shape = random.pick([
    'normal',
    'normal',
    'normal',
    'normal',
    'botOnly',
    'agentFirst',
    'silent',
    'empty',
    'greeted',
    'call',
    'gaveUp',
  ]);
  let handoff: number | undefined;
  let assigned: number | undefined;
  const spoken = !['empty', 'call', 'gaveUp'].includes(shape);
  if (spoken && random.chance(0.5)) {
    say('bot');
    step();
    if (random.chance(0.7)) say('customer');
    step();
    if (shape !== 'botOnly' && random.chance(0.8)) {
      if (random.chance(0.6)) handoff = now;
      else event('handoff', {});
    }
  } else if (shape === 'botOnly') {
    say('bot');
    say('customer');
  }
  const named = shape !== 'botOnly' && shape !== 'gaveUp' && random.chance(0.8);
  const queuedAt = shape !== 'botOnly' && random.chance(0.5) ? now : undefined;
  const queuedByEvent = shape === 'gaveUp' || random.chance(0.2);
  if (queuedByEvent && shape !== 'botOnly') event('queued', {});
  if (shape === 'gaveUp' || random.chance(0.08)) {
    const wait = random.pick([0, 1, 5 * second, 19_999, 20_000, 20_001, 3 * minute]);
    const waitedSince = now;
    now += wait;
    event('abandoned', {});
    if (shape !== 'gaveUp' && random.chance(0.5)) now = waitedSince;
  }
  if (shape !== 'botOnly' && shape !== 'gaveUp') {
    step();
    if (named && random.chance(0.7)) assigned = now;
    if (random.chance(0.4)) event('assigned', random.chance(0.5) ? { agent_id: owner } : { to_agent_id: owner });
    if (shape === 'greeted' || random.chance(0.3)) say('agent', { auto: shape !== 'greeted' });
    const rounds = shape === 'silent' || shape === 'call' ? 0 : random.int(1, 6);
    if (shape === 'agentFirst') say('agent');
    if (shape === 'silent') say('customer');
    for (let k = 0; k < rounds; k++) {
      step();
      const roll = random.next();
      if (roll < 0.36) say('customer');
      else if (roll < 0.66) say('agent');
      else if (roll < 0.7) say('agent', { sender_id: random.pick(agents) });
      else if (roll < 0.75) say(random.pick(['bot', 'system']));
      else if (roll < 0.8) say('agent', { kind: random.pick(['note', 'withdrawn']) });
      else if (roll < 0.83) say('customer', { kind: random.pick(['withdrawn', 'image']) });
      else if (roll < 0.87) say('agent', { kind: 'invitation' });
      else if (roll < 0.9) event('invited', { agent_id: owner });
      else if (roll < 0.96) {
        const next = random.pick(agents.filter((each) => each !== owner));
        event('transferred', { agent_id: owner, to_agent_id: next });
        if (random.chance(0.5)) event('assigned', { agent_id: next, to_agent_id: next });
        owner = next;
      } else if (roll < 0.98) event('escalated', { agent_id: owner });
      else {
        owner = random.pick(agents);
        event('assigned', { to_agent_id: owner });
      }
    }
  }
  if (random.chance(0.25)) event('kb_used', { agent_id: random.pick([owner, first, undefined]) });
  const ended = random.chance(0.75) ? now + random.pick([0, 1, second, minute]) : undefined;
  closes.push(ended ?? now);
  const customer_id = back?.customer_id ?? someone(random, session_id);
  const shop = back?.shop ?? random.pick(shops);
  const row: Row = {
    session_id,
    customer_id,
    started_at: instant(start),
    ended_at: ended === undefined ? undefined : instant(ended),
    shop,
    issue: random.pick(issues),
    channel: 'app',
    queue: session_id.endsWith('3') || session_id.endsWith('7') ? '售前' : undefined,
    assigned_agent_id: named ? first : undefined,
    assigned_at: assigned === undefined ? undefined : instant(assigned),
    handoff_at: handoff === undefined ? undefined : instant(handoff),
    initiated_by: shape === 'agentFirst' ? 'agent' : random.chance(0.5) ? 'customer' : undefined,
    test: random.chance(0.05) ? true : undefined,
    offline: random.chance(0.3) ? random.chance(0.8) : undefined,
    queued_at: queuedAt === undefined ? undefined : instant(queuedAt),
    talk_seconds: shape === 'call' ? random.pick(['1', '61.5', '240']) : random.chance(0.04) ? '30' : undefined,
    hold_seconds: random.pick([undefined, undefined, '0.5', '20']),
    wrap_seconds: random.pick([undefined, undefined, '3', '45']),
    invited_at: random.chance(0.15) ? instant(ended ?? now) : undefined,
    transferred_from: random.chance(0.05) ? random.pick(agents) : undefined,
  };
  versions(random, data.sessions, later.sessions, row, {
    issue: random.pick(issues),
    customer_id: someone(random, session_id),
  });
  rated(random, data, { session_id }, ended ?? now);
  if (withIds && random.chance(0.15)) {
    const last = data.messages.at(-1);
    if (last?.session_id === session_id) later.messages.push({ ...last, kind: 'withdrawn' });
  }
  return { customer_id, shop, closed: ended ?? now };
}

/** Sometimes the row comes twice, the newer version first, or again in a later import. */
function versions(random: Random, now: Row[], later: Row[], row: Row, change: Row): void {
  const roll = random.next();
  const at = instant(to + day);
  if (roll < 0.8) now.push(row);
  else if (roll < 0.87) {
    now.push({ ...row, ...change, updated_at: instant(to + 2 * day) });
    later.push({ ...row, updated_at: at });
  } else if (roll < 0.94) {
    now.push({ ...row, updated_at: at });
    later.push({ ...row, ...change, updated_at: instant(to + 2 * day) });
  } else {
    now.push(row);
    later.push({ ...row, ...change });
  }
}

function rated(random: Random, data: Dataset, subject: Row, closeMs: number): void {
  const count = random.pick([0, 0, 1, 1, 2, 3]);
  let at = random.chance(0.15) ? random.pick([to - 1, to, from, from - 1]) : closeMs + random.pick([1, minute, day]);
  for (let k = 0; k < count; k++) {
    data.ratings.push({
      ...subject,
      score: random.int(1, 5),
      at: instant(at),
      rating_id: random.chance(0.7) ? `R/${Object.values(subject).join('')}/${k}` : undefined,
      valid: random.chance(0.15) ? false : random.chance(0.5) ? true : undefined,
      nps: random.int(0, 10),
      dsr_service: random.chance(0.6) ? random.pick(['5', '4.8', '4.3333', '1']) : undefined,
    });
    at += random.pick([1, minute, 2 * day, 20 * day]);
  }
}

function ticket(random: Random, data: Dataset, later: Dataset, ticket_id: string, closes: number[]): void {
  let created = startInstant(random, closes);
  // Which of two complaints of one instant is the latest is nobody's rule.
  while (data.tickets.some((row) => row.created_at === instant(created))) created++;
  const reach = random.pick([minute, 4 * hour, 48 * hour - 1, 48 * hour, 48 * hour + 1, 5 * day]);
  const edge = random.chance(0.25)
    ? random.pick([from, to]) - random.pick([0, ...windows]) - random.pick([0, 1, -1])
    : 0;
  const firstClose = edge > created ? edge : created + reach;
  const closed = random.chance(0.82);
  const reopened = closed && random.chance(0.25);
  const reopenedAt = firstClose + random.pick([1, hour, 7 * day - 1, 7 * day, 7 * day + 1, 10 * day]);
  const closedAgain = reopened && random.chance(0.7);
  let lastClose = reopened ? (closedAgain ? reopenedAt + random.pick([0, hour, 3 * day]) : undefined) : firstClose;
  if (closed) closes.push(firstClose);
  if (lastClose !== undefined && closed) closes.push(lastClose);
  const agent_id = random.pick(agents);
  const event = (type: string, atMs: number, more: Row) =>
    data.events.push({
      subject_kind: 'ticket',
      subject_id: ticket_id,
      at: instant(atMs),
      type,
      event_id: random.chance(0.7) ? `${ticket_id}/${type}/${data.events.length}` : undefined,
      ...more,
    });
  if (random.chance(0.4)) event('assigned', created, { to_agent_id: agent_id });
  if (random.chance(0.25))
    event('assigned', created + random.pick([1, hour, 3 * day]), { to_agent_id: random.pick(agents) });
  if (random.chance(0.08)) event('escalated', created + minute, { agent_id });
  const byEvent = reopened && random.chance(0.3);
  if (byEvent) event('reopened', reopenedAt, { agent_id });
  const again = random.fork(`again/${ticket_id}`);
  if (closedAgain && lastClose !== undefined && lastClose > reopenedAt && again.chance(0.6)) {
    // Its row tells the first reopening only.
    event('closed', lastClose, { agent_id });
    const secondReopening = lastClose + again.pick([1, hour, 3 * day, 10 * day]);
    event('reopened', secondReopening, { agent_id });
    lastClose = again.chance(0.7) ? secondReopening + again.pick([1, hour, 5 * day]) : undefined;
  }
  const row: Row = {
    ticket_id,
    customer_id: someone(random, ticket_id),
    agent_id,
    created_at: instant(created),
    closed_at: closed && lastClose !== undefined ? instant(lastClose) : undefined,
    first_closed_at: reopened ? instant(firstClose) : closed && random.chance(0.3) ? instant(firstClose) : undefined,
    reopened_at: reopened && !byEvent ? instant(reopenedAt) : undefined,
    reopened: reopened ? true : undefined,
    escalated: random.chance(0.1) ? true : random.chance(0.3) ? false : undefined,
    kind: random.pick(['repair', 'repair', 'repair', 'complaint', 'complaint', 'install', undefined]),
    priority: random.pick(['urgent', 'normal', undefined]),
    contacts: random.pick([undefined, 1, 1, 1, 2]),
    status: random.chance(0.06) ? 'cancelled' : undefined,
    product: random.pick(['空调', '洗衣机', '']),
    serial: random.pick(['SN1', 'SN2', '', '']),
    issue: random.pick(issues),
    technician_id: random.chance(0.2) ? random.pick(agents) : undefined,
    requesting_team: random.chance(0.4) ? random.pick(['一组', '二组', '三组']) : undefined,
    sla_due_at: random.chance(0.7)
      ? instant((lastClose ?? firstClose) + random.pick([-1, 0, 1, -day, day]))
      : undefined,
  };
  versions(random, data.tickets, later.tickets, row, {
    issue: random.pick(issues),
    customer_id: someone(random, ticket_id),
  });
  if (closed && lastClose !== undefined && random.chance(0.3)) rated(random, data, { ticket_id }, lastClose);
}

/** An order near what its customer said: at the edges of windows, of reminders and follow-ups, of days and of the claw-back. */
function purchase(random: Random, data: Dataset, later: Dataset, order_id: string): void {
  const customer_id = someone(random, order_id);
  const talks = data.messages.filter((row) => row.sender === 'agent').map((row) => Date.parse(String(row.at)));
  const edge = random.pick([0, 1, -1]);
  const created = random.pick([
    ...(talks.length > 0
      ? [random.pick(talks) + random.pick([0, minute, hour, 2 * day, 7 * day, 15 * day]) + edge]
      : []),
    random.pick([from, to, from + 9 * day]) - random.pick([0, 1, hour]),
    from + random.int(0, 30 * 24 * 60) * minute,
  ]);
  const paid = created + random.pick([0, 1, minute, 5 * minute + 1, hour, day, 3 * day]);
  const approach = (atMs: number, k: number) => {
    const session_id = `${order_id}/${k}`;
    const agent = random.pick(agents);
    data.sessions.push({
      session_id,
      customer_id,
      started_at: instant(atMs),
      shop: random.pick(shops),
      initiated_by: 'agent',
    });
    data.messages.push({ session_id, at: instant(atMs), sender: 'agent', sender_id: agent, text: '您好' });
    if (random.chance(0.5)) {
      data.messages.push({ session_id, at: instant(atMs + minute), sender: 'customer', text: '好' });
      data.messages.push({
        session_id,
        at: instant(atMs + 2 * minute),
        sender: 'agent',
        sender_id: agent,
        text: '谢谢',
      });
    }
  };
  if (random.chance(0.15)) approach(created + 5 * minute + edge, 1);
  if (random.chance(0.3)) approach(paid + random.pick([minute, hour]) + edge, 2);
  if (random.chance(0.25)) approach(paid + random.pick([hour + 1, day, 10 * day]), 3);
  const amount = random.pick(['0.01', '99.90', '2999', '3499.00']);
  const row: Row = {
    order_id,
    customer_id,
    created_at: instant(created),
    amount,
    paid_at: random.chance(0.9) ? instant(paid) : undefined,
    refunded_amount: random.chance(0.2) ? random.pick(['0', '0.01', amount]) : undefined,
    cancelled_at: random.chance(0.15) ? instant(paid + random.pick([hour, 15 * day + edge, 20 * day])) : undefined,
    brushed: random.chance(0.08) ? true : random.chance(0.3) ? false : undefined,
  };
  // What was refunded whole is so in either version; nobody refunds more than was paid.
  const other = { amount: '1.00', ...(row.refunded_amount === amount ? { refunded_amount: '1.00' } : {}) };
  versions(random, data.orders, later.orders, row, { customer_id: someone(random, order_id), ...other });
}

function judgements(random: Random, data: Dataset): void {
  for (const agent_id of agents) {
    for (const period of ['2026-09', '2026-10', '2026-Q4']) {
      for (const item of ['professionalism', 'completeness', 'collaboration', 'kb_adopted']) {
        for (const by of ['甲', '乙', '丙'].slice(0, random.int(0, 3))) {
          const sample_weight = random.pick([undefined, '', '1', '2.5', '14.286', '0', 'x']);
          data.assessments.push({
            ...{ agent_id, period, item, value: random.pick(['0', '1', '2.5', '77.25', '100']), by, sample_weight },
          });
        }
      }
    }
    for (let k = random.int(0, 4); k > 0; k--) {
      data.incidents.push({
        agent_id,
        at: instant(random.pick([from - 1, from, from + 9 * day, to - 1, to])),
        item: random.pick(['complaint', 'complaint', 'language', 'language']),
        severity: random.pick(['minor', 'major']),
        incident_id: `I/${agent_id}/${k}`,
        // Several records of one conversation, and some that name none.
        session_id: random.chance(0.7) ? data.sessions[k % 2]?.session_id : undefined,
        status: random.pick(['confirmed', 'pending', 'overturned', undefined]),
      });
    }
  }
}

/** What agents did by the minute: breaks with and without a reason, shifts over midnight, forgotten sign-offs. Months have milliseconds of their own: never two at one instant. */
function states(random: Random, data: Dataset, seed: number): void {
  for (const agent_id of agents.slice(1)) {
    let now = from - 3 * day + random.int(0, 20) * hour + seed;
    while (now < to + day) {
      const type = random.pick(['online', 'online', 'busy', 'busy', 'offline']);
      data.events.push({
        subject_kind: 'agent',
        subject_id: agent_id,
        at: instant(now),
        type,
        agent_id,
        event_id: random.chance(0.5) ? `E/${agent_id}/${now}` : undefined,
        value: type === 'busy' ? random.pick([undefined, '', '用餐', '会议']) : undefined,
      });
      now += random.pick([
        second,
        minute,
        20 * minute,
        hour,
        3 * hour,
        9 * hour,
        day - second,
        day,
        day + second,
        40 * hour,
      ]);
    }
  }
}

/** Scores of many raters, of the raters themselves, of models and of whole checklists. */
function seenByInspectors(random: Random, data: Dataset): void {
  const score = () => random.pick(['0', '55', '60', '60.5', '79.999999', '80', '100']);
  const give = (agent_id: string, item: string, by: string, more: Row = {}) =>
    data.assessments.push({ agent_id, item, by, period: '2026-10', value: score(), ...more });
  const sessions = data.sessions.map((row) => String(row.session_id));
  for (const agent_id of agents) {
    for (const by of agents.slice(0, random.int(0, 6)))
      give(agent_id, random.pick(['peer_360', 'peer_360:主管', 'peer_360:同事']), by, {
        period: random.pick(['2026-10', '2026-Q4']),
      });
    for (let k = random.int(0, 5); k > 0; k--)
      give(agent_id, random.pick(['exam', 'exam:平台规则', 'exam:产品']), `第 ${k} 次`, {
        valid: random.pick([undefined, 'true', 'false']),
      });
    for (let k = random.int(0, 4); k > 0; k--) {
      const item = `qa:${random.pick(sessions)}${random.pick(['', '#inspection:7', '#inspection:8', '#calibration:7'])}`;
      for (const by of [...agents.slice(0, random.int(1, 3)), '质检甲']) give(agent_id, item, by);
      if (random.chance(0.6))
        give(agent_id, `calibrated:${item}`, '校准', { value: random.pick(['55', '60', '65.5', '84.999999', '85']) });
    }
    give(agent_id, 'calibrated:professionalism', '校准');
    for (let k = random.int(0, 3); k > 0; k--) give(agent_id, `audit:${k}`, '审计', { value: random.pick(['0', '1']) });
    for (const item of ['negative_words', 'customer_words', 'sentiment', 'mentoring_gain', 'experience_shared'])
      if (random.chance(0.7)) give(agent_id, item, '模型 v1');
    for (const item of ['supervisor', 'behaviour', 'innovation', 'personalisation'])
      for (let k = random.int(0, 2); k > 0; k--) give(agent_id, item, `主管 ${k}`);
    for (const item of [
      'banned_words_detected',
      'banned_words_labelled',
      'kb_searches_correct',
      'kb_searches_labelled',
      'solution_sessions_matched',
      'solution_sessions_checked',
    ])
      if (random.chance(0.5)) give(agent_id, item, '标注');
  }
}

/** Alerts followed up at once, just in time, a moment too late or never, with ratings around; plans for improvement and red lines. */
function alerts(random: Random, data: Dataset): void {
  const kinds = [
    'alert',
    'alert:bad_review',
    'abuse',
    'mockery',
    'platform_rules',
    'resolution_time',
    'improvement_plan',
  ];
  for (let k = 0; k < 25; k++) {
    const about = random.chance(0.8) ? random.pick(data.sessions) : undefined;
    const rated = data.ratings.find((row) => row.session_id === about?.session_id);
    const around = rated
      ? Date.parse(String(rated.at)) - random.pick([-1, 0, 1, 72 * hour - 1, 72 * hour, 72 * hour + 1])
      : 0;
    const at =
      rated && random.chance(0.6)
        ? around
        : random.pick([
            from - 72 * hour,
            from - 1,
            from,
            from + 9 * day,
            to - 72 * hour,
            to - 1,
            to,
            from - 60 * day,
            from - 90 * day,
          ]);
    data.incidents.push({
      agent_id: random.pick(agents),
      at: instant(at),
      item: random.pick(kinds),
      severity: 'minor',
      incident_id: `I/more/${data.incidents.length}/${about?.session_id ?? data.sessions[0]?.session_id}`,
      session_id: about?.session_id,
      status: random.pick(['confirmed', 'pending', 'overturned', undefined]),
      acted_at: random.chance(0.7) ? instant(at + random.pick([-1, 0, 1, 2 * hour, 2 * hour + 1, day])) : undefined,
    });
  }
}
