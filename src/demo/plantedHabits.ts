import { dateOf, day, hour, instant, minute, second } from './demoTime.ts';
import {
  type Cells,
  endAt,
  firstReplyOf,
  insertMessage,
  isHuman,
  msOf,
  type PlantedTalk,
  type PlantedTicket,
  retime,
  withoutInvitation,
} from './plantedTalk.ts';
import type { Random } from './random.ts';

/** Where a habit works: the agent, the agent's own stream of chance, the last instant, and a way to add what comes of it. */
export interface Planting {
  readonly agentId: string;
  readonly random: Random;
  readonly horizonMs: number;
  /** How often the habit shows: 1 for the bold, less for the careful. */
  readonly zeal: number;
  /** Other people of the same shop who are at work today. */
  readonly colleagues: readonly string[];
  add(kind: 'tickets' | 'events' | 'orders' | 'sessions' | 'messages', row: Cells): void;
  nextId(): string;
}

type TalkHabit = (talk: PlantedTalk, planting: Planting) => void;
type TicketHabit = (ticket: PlantedTicket, planting: Planting) => void;

const startOf = (talk: PlantedTalk) => msOf(talk.session.assigned_at);
const endOf = (talk: PlantedTalk) => msOf(talk.session.ended_at);

/** Moves the first human reply to so long after the assignment. */
function replyAfter(talk: PlantedTalk, waitMs: number): void {
  const first = firstReplyOf(talk);
  if (first < 0) return;
  const atMs = startOf(talk) + waitMs;
  const previous = first > 0 ? msOf(talk.messages[first - 1]?.at) : atMs;
  retime(talk, (pause, _message, i) => (i === first ? Math.max(1, atMs - previous) : pause));
}

/** What somebody does with their own conversations to look better than they are. Deliberately written without a look at the detectors. */
export const talkHabits = {
  silent_last_30s(talk, { random, zeal, horizonMs }) {
    const end = endOf(talk);
    if (!random.chance(0.75 * zeal) || end + 3 * minute > horizonMs) return;
    insertMessage(talk, talk.messages.length, {
      at: instant(end + 12 * second),
      sender: 'customer',
      text: random.pick(['那我这个到底怎么弄', '还在吗？我还没说完', '所以什么时候能好？']),
    });
    endAt(talk, end + random.int(50, 95) * second, 'agent');
  },

  duration_padding(talk, { random, zeal, horizonMs }) {
    const end = endOf(talk) + random.int(14, 32) * minute;
    if (random.chance(0.85 * zeal) && end < horizonMs) endAt(talk, end, 'system');
  },

  bunching_under_limit(talk, { random, zeal }) {
    if (random.chance(0.85 * zeal)) replyAfter(talk, random.int(19_000, 29_800));
  },

  minimal_service(talk, { random, zeal }) {
    replyAfter(talk, random.int(3, 14) * second);
    retime(talk, (pause, message) => (isHuman(message) ? Math.min(pause, random.int(5, 30) * second) : pause));
    for (const rating of talk.ratings) if (random.chance(0.6 * zeal)) rating.score = random.int(1, 2);
  },

  canned_first_reply(talk, { random, zeal }) {
    if (!random.chance(0.7 * zeal)) return;
    const first = firstReplyOf(talk);
    const reply = talk.messages[first];
    if (!reply) return;
    reply.text = '亲，您的消息已经收到啦，正在为您核实，请您耐心等待一下哦';
    replyAfter(talk, random.int(1800, 4000));
    const next = talk.messages.findIndex((message, i) => i > first && isHuman(message));
    retime(talk, (pause, _message, i) => (i === next ? pause + random.int(70, 180) * second : pause));
  },

  ignoring_slow_chats(talk, { random, zeal }) {
    const first = firstReplyOf(talk);
    if (first < 0 || talk.session.transferred_from !== undefined) return;
    if (!random.chance(0.24 * zeal)) {
      replyAfter(talk, random.int(3, 22) * second);
      return;
    }
    talk.messages = talk.messages
      .slice(0, first)
      .filter((message) => message.sender !== 'agent' || message.auto === true);
    const last = msOf(talk.messages.at(-1)?.at ?? talk.session.started_at);
    withoutInvitation(talk);
    talk.events = talk.events.filter((event) => event.type === 'assigned' || event.type === 'handoff');
    talk.tickets = [];
    endAt(talk, Math.max(last, startOf(talk)) + random.int(3, 9) * minute, 'system');
  },

  claim_interception(talk, { random, zeal, horizonMs, colleagues, add, nextId }) {
    if (!random.chance(0.45 * zeal)) return;
    const asked = talk.messages.find((message) => message.sender === 'customer');
    if (asked?.kind !== 'text') return;
    asked.text = `${String(asked.text)}，${random.pick(['我要投诉', '你们得赔偿我的损失', '给我退款', '不处理我就打12315'])}`;
    talk.tickets = [];
    const createdMs = endOf(talk) + Math.round(random.between(1.2, 6) * day);
    if (colleagues.length === 0 || createdMs > horizonMs || !random.chance(0.6)) return;
    add(
      'tickets',
      newTicket(talk.session, { ticket_id: nextId(), agent_id: random.pick(colleagues), createdMs, kind: 'complaint' }),
    );
  },

  overselling(talk, { random, zeal, horizonMs, colleagues, agentId, add, nextId }) {
    if (talk.tickets.length > 0 && zeal === 1 && random.chance(0.5)) {
      const end = endOf(talk);
      for (let k = 0; k < 3; k++) {
        insertMessage(talk, talk.messages.length, {
          at: instant(end - 4000 + k * 900),
          sender: 'agent',
          sender_id: agentId,
          kind: 'product',
          text: '[商品] 青屿净水器 QJ-500',
        });
      }
    }
    const createdMs = endOf(talk) + random.int(4, 90) * minute;
    if (!random.chance(0.5 * zeal) || createdMs + 3 * hour > horizonMs) return;
    const amount = (random.int(9, 60) * 100).toFixed(2);
    add('orders', {
      order_id: nextId(),
      customer_id: talk.session.customer_id,
      created_at: instant(createdMs),
      paid_at: instant(createdMs + random.int(1, 20) * minute),
      amount,
      refunded_amount: random.chance(0.45) ? amount : undefined,
      session_id: talk.session.session_id,
      silent: false,
      brushed: false,
    });
    const complainsMs = createdMs + Math.round(random.between(1, 9) * day);
    if (colleagues.length === 0 || complainsMs > horizonMs || !random.chance(0.3)) return;
    add(
      'tickets',
      newTicket(talk.session, {
        ticket_id: nextId(),
        agent_id: random.pick(colleagues),
        createdMs: complainsMs,
        kind: 'complaint',
      }),
    );
  },

  selective_invitations(talk, { random, zeal, agentId }) {
    const end = endOf(talk);
    if (random.chance(0.3 * zeal)) {
      withoutInvitation(talk);
      insertMessage(talk, talk.messages.length, {
        at: instant(end - 500),
        sender: 'customer',
        text: random.pick(['太差了，问题没解决', '真让人失望', '没用，白等了']),
      });
      insertMessage(talk, talk.messages.length, {
        at: instant(end - 200),
        sender: 'agent',
        sender_id: agentId,
        text: '已经为您记录，祝您生活愉快',
      });
      return;
    }
    if (talk.session.invited_at !== undefined) return;
    insertMessage(talk, talk.messages.length, {
      at: instant(end - 300),
      sender: 'agent',
      sender_id: agentId,
      kind: 'invitation',
      text: '请对我的服务做个评价吧',
    });
    talk.session.invited_at = instant(end - 300);
  },

  begged_ratings(talk, { random, zeal }) {
    const device = `shop-${dateOf(endOf(talk))}`;
    for (const rating of talk.ratings) if (random.chance(0.8 * zeal)) Object.assign(rating, { device, score: 5 });
    const invitation = talk.messages.find((message) => message.kind === 'invitation');
    if (invitation && random.chance(0.5 * zeal))
      invitation.text = random.pick([
        '亲，五星好评截图给我，返现5元哦',
        '辛苦点个五星，客服考核不容易',
        '好评返现，联系我领红包~',
      ]);
  },

  dumped_transfers(talk, { random, zeal, agentId, colleagues }) {
    if (!random.chance(0.3 * zeal) || talk.session.transferred_from !== undefined || colleagues.length === 0) return;
    if (firstReplyOf(talk) < 0) return;
    const movedMs = startOf(talk) + random.int(12, 50) * second;
    const other = random.pick(colleagues);
    replyAfter(talk, movedMs - startOf(talk) + random.int(8, 40) * second);
    for (const message of talk.messages)
      if (isHuman(message) && message.sender_id === agentId) message.sender_id = other;
    talk.session.transferred_from = agentId;
    talk.events.push({
      event_id: `${String(talk.session.session_id)}-dumped`,
      subject_kind: 'session',
      subject_id: talk.session.session_id,
      at: instant(movedMs),
      type: 'transferred',
      agent_id: agentId,
      to_agent_id: other,
    });
  },
} as const satisfies Readonly<Record<string, TalkHabit>>;

export const ticketHabits = {
  premature_close(ticket, { random, zeal, horizonMs, agentId, add, nextId }) {
    const closedMs = msOf(ticket.row.closed_at);
    if (Number.isNaN(closedMs) || ticket.row.reopened === true || ticket.row.status === 'cancelled') return;
    if (random.chance(0.45 * zeal)) {
      const reopenedMs = closedMs + Math.round(random.between(1, 40) * hour);
      const againMs = reopenedMs + random.int(1, 9) * hour;
      if (againMs > horizonMs) return;
      Object.assign(ticket.row, {
        first_closed_at: ticket.row.closed_at,
        reopened_at: instant(reopenedMs),
        closed_at: instant(againMs),
        updated_at: instant(againMs),
        reopened: true,
      });
    } else if (random.chance(0.35 * zeal) && closedMs + hour < horizonMs) {
      add('tickets', {
        ...ticket.row,
        ticket_id: nextId(),
        agent_id: agentId,
        created_at: instant(closedMs + random.int(2, 9) * minute),
        closed_at: undefined,
        updated_at: undefined,
        status: 'open',
        session_id: undefined,
      });
    }
  },

  complaint_laundering(ticket, { random, zeal, horizonMs, agentId, add }) {
    if (ticket.row.kind !== 'complaint' || ticket.row.agent_id !== agentId) return;
    const monthEndMs = endOfMonth(msOf(ticket.row.created_at));
    const changedMs = monthEndMs - random.int(30, 1200) * minute;
    if (!random.chance(zeal) || changedMs > horizonMs || msOf(ticket.row.updated_at) > changedMs) return;
    add('tickets', { ...ticket.row, kind: random.chance(0.8) ? 'consult' : 'other', updated_at: instant(changedMs) });
  },
} as const satisfies Readonly<Record<string, TicketHabit>>;

function newTicket(
  session: Cells,
  more: { ticket_id: string; agent_id: string; createdMs: number; kind: string },
): Cells {
  return {
    ticket_id: more.ticket_id,
    customer_id: session.customer_id,
    agent_id: more.agent_id,
    created_at: instant(more.createdMs),
    kind: more.kind,
    priority: 'normal',
    status: 'open',
    issue: session.issue,
  };
}

function endOfMonth(ms: number): number {
  const [year, month] = dateOf(ms).split('-').map(Number) as [number, number];
  return Date.UTC(year, month, 1) - 8 * hour;
}
