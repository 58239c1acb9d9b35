import { hour, instant, minute, second } from './demoTime.ts';
import type { Planting } from './plantedHabits.ts';
import { type Cells, msOf } from './plantedTalk.ts';

/** A gaming agent's working day: attendance and states may be rewritten, `spoke` says when and to whom the agent wrote. */
export interface PlantedDay {
  readonly attendance: Cells;
  readonly states: readonly Cells[];
  readonly spoke: readonly { readonly atMs: number; readonly customer: string }[];
  readonly shop: string;
}

type DayHabit = (day: PlantedDay, planting: Planting) => void;

/** What somebody does with a working day, not with one conversation. */
export const dayHabits = {
  /** Signs out early enough for the day's load to land just above the limit at which targets are relaxed. */
  load_cliff({ attendance, spoke }, { random, zeal }) {
    const startMs = msOf(attendance.actual_start);
    const customers = new Set(spoke.map(({ customer }) => customer)).size;
    if (Number.isNaN(startMs) || customers < 3 || !random.chance(0.8 * zeal)) return;
    attendance.actual_end = instant(startMs + Math.floor((customers * 8 * hour) / random.between(100.2, 104.8)));
  },

  /** Slips out of the queue for half a minute whenever it is quiet, so that somebody else is next. */
  status_dodging({ states, spoke }, { random, zeal, agentId, add, nextId }) {
    if (!random.chance(0.7 * zeal)) return;
    const onlineMs = states.filter((state) => state.type === 'online').map((state) => msOf(state.at));
    const offMs = states.filter((state) => state.type !== 'online').map((state) => msOf(state.at));
    let dodges = 0;
    for (const [k, from] of onlineMs.entries()) {
      const until = offMs.find((at) => at > from) ?? from;
      for (let at = from + 7 * minute; at < until - 2 * minute && dodges < 9; at += random.int(14, 40) * minute) {
        if (k > 3 || spoke.some((each) => each.atMs > at - 6.5 * minute && each.atMs < at + minute)) continue;
        const back = at + random.int(15, 50) * second;
        const state = { subject_kind: 'agent', subject_id: agentId, agent_id: agentId };
        add('events', { ...state, event_id: nextId(), at: instant(at), type: 'busy' });
        add('events', { ...state, event_id: nextId(), at: instant(back), type: 'online' });
        dodges++;
      }
    }
  },

  /** Writes to customers who have ordered and are about to pay, so that the order looks like a sale of one's own. */
  order_hijack({ attendance, shop }, { random, zeal, agentId, horizonMs, add, nextId }) {
    const startMs = msOf(attendance.actual_start);
    if (Number.isNaN(startMs) || !random.chance(0.5 * zeal)) return;
    const atMs = startMs + random.int(40, 400) * minute;
    const paidMs = atMs + random.int(4, 50) * minute;
    if (paidMs > horizonMs) return;
    const customer = nextId();
    const session = nextId();
    add('sessions', {
      session_id: session,
      customer_id: customer,
      started_at: instant(atMs),
      ended_at: instant(atMs + 3 * minute),
      channel: 'app',
      shop,
      queue: '售前',
      assigned_agent_id: agentId,
      assigned_at: instant(atMs),
      initiated_by: 'agent',
      ended_by: 'system',
    });
    add('messages', {
      session_id: session,
      message_id: `${session}-1`,
      at: instant(atMs),
      seq: 1,
      sender: 'agent',
      sender_id: agentId,
      kind: 'text',
      text: '亲，看到您有一笔订单还没付款，付款后优先为您发货哦',
    });
    add('orders', {
      order_id: nextId(),
      customer_id: customer,
      created_at: instant(atMs - random.int(3, 40) * minute),
      paid_at: instant(paidMs),
      amount: (random.int(9, 60) * 100).toFixed(2),
      session_id: session,
      silent: false,
      brushed: false,
    });
  },
} as const satisfies Readonly<Record<string, DayHabit>>;
