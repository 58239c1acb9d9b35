import { type Agent, isEmployed, scaled, shiftOf } from './company.ts';
import type { Contact } from './contact.ts';
import { type Conversation, converse, type Scene } from './conversation.ts';
import type { Customer } from './customers.ts';
import type { Emit } from './demoRow.ts';
import { dateOf, day, hour, instant, minute, second, startOfDay } from './demoTime.ts';
import { agentInitiated } from './otherTalks.ts';
import type { Random } from './random.ts';
import { writeSession } from './writeSession.ts';

/** Somebody who may talk with the customer besides the visit itself. */
interface Talker {
  readonly agent: Agent;
  readonly index: number;
}

interface Visit {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly sessionId: string;
  readonly endedMs: number;
  readonly z: number;
  readonly firstMs: number;
  readonly horizonMs: number;
  readonly host: Talker;
  readonly colleague: Talker | undefined;
}

const price: Readonly<Record<string, number>> = { 空调: 2999, 洗衣机: 2199, 冰箱: 3499, 热水器: 1599 };

/** What may happen around an order, and how often: most of the time nothing. */
const afterEnquiry = [
  { name: 'plain', weight: 70 },
  { name: 'contested', weight: 16 },
  { name: 'cancelled', weight: 6 },
  { name: 'cancelledLate', weight: 3 },
  { name: 'partRefund', weight: 5 },
] as const;
const ofSilent = [
  { name: 'plain', weight: 77 },
  { name: 'followUp', weight: 11 },
  { name: 'reminder', weight: 4 },
  { name: 'hijack', weight: 0.7 },
  { name: 'cancelled', weight: 4 },
  { name: 'partRefund', weight: 3 },
] as const;

/** What a visit shows of the shop's sales: an enquiry that ends in an order, or the order an old customer writes about. */
export function shopOrders(random: Random, visit: Visit, emit: Emit): void {
  const { contact, customer, sessionId, endedMs, z, horizonMs } = visit;
  const { scenario, appliance } = contact.about;
  if (contact.why !== 'fresh') return;
  const enquiry = scenario.issue === '选购咨询';
  if (!random.chance(enquiry ? scaled(z, 0.14, 0.27, 0.4) : 0.3)) return;
  const createdMs = enquiry
    ? endedMs + Math.round(random.exponential(5 * hour))
    : contact.atMs - Math.round(random.between(1, 20) * day);
  if (createdMs >= horizonMs) return;
  const amount = (price[appliance.product] as number) + random.int(-4, 12) * 100;
  const paid = random.chance(0.94);
  const refunded = paid && scenario.issue === '退货' && random.chance(0.7);
  const cancelledMs = createdMs + Math.round(random.between(1, 30) * hour);
  const paidSoonMs = createdMs + Math.round(random.exponential(6 * minute)) + 1_000;
  const brushed = random.chance(0.008);
  const aside = random.fork(`sale/${sessionId}`);
  const story = aside.weighted<{ name: Story; weight: number }>(enquiry ? afterEnquiry : ofSilent).name;
  const paidMs = paid ? around(aside, story, { createdMs, paidMs: paidSoonMs }, visit, emit) : paidSoonMs;
  const known = (ms: number) => (ms < horizonMs ? instant(ms) : undefined);
  emit('orders', {
    order_id: `QY${createdMs}${customer.id.slice(-4)}`,
    customer_id: customer.id,
    created_at: instant(createdMs),
    amount: amount.toFixed(2),
    paid_at: paid ? known(paidMs) : undefined,
    refunded_amount: refunded
      ? amount.toFixed(2)
      : paid && story === 'partRefund'
        ? (aside.int(1, 4) * 50).toFixed(2)
        : undefined,
    sku: appliance.model,
    session_id: enquiry ? sessionId : undefined,
    cancelled_at: known(
      !paid
        ? cancelledMs
        : story === 'cancelled'
          ? paidMs + Math.round(aside.between(0.2, 12) * day)
          : story === 'cancelledLate'
            ? paidMs + Math.round(aside.between(16, 25) * day)
            : horizonMs,
    ),
    silent: !enquiry,
    brushed,
  });
}

type Story = (typeof afterEnquiry)[number]['name'] | (typeof ofSilent)[number]['name'];

/** Who else talks with the customer around the order; returns when it is paid then. Draws from a stream of its own. */
function around(
  aside: Random,
  story: Story,
  { createdMs, paidMs }: { createdMs: number; paidMs: number },
  visit: Visit,
  emit: Emit,
): number {
  switch (story) {
    case 'contested': {
      const talk =
        visit.colleague && talks(aside, visit.colleague, createdMs + aside.int(8, 40) * minute, visit, 'again', emit);
      return talk ? talk.endedAtMs + aside.int(3, 60) * minute : paidMs;
    }
    case 'followUp':
      talks(aside, visit.host, paidMs + aside.int(90, 3300) * second, visit, 'agentInitiated', emit);
      return paidMs;
    case 'reminder': {
      const talk = talks(aside, visit.host, createdMs + aside.int(60, 280) * second, visit, 'agentInitiated', emit);
      return talk ? Math.max(paidMs, createdMs + 6 * minute) : paidMs;
    }
    case 'hijack': {
      const talk = talks(aside, visit.host, createdMs + aside.int(7, 25) * minute, visit, 'agentInitiated', emit);
      return talk ? Math.max(paidMs, talk.endedAtMs + aside.int(2, 30) * minute) : paidMs;
    }
    case 'plain':
    case 'cancelled':
    case 'cancelledLate':
    case 'partRefund':
      return paidMs;
  }
}

/** A conversation at an instant, if the agent is on shift then; written at once. */
function talks(
  aside: Random,
  { agent, index }: Talker,
  atMs: number,
  visit: Visit,
  why: 'again' | 'agentInitiated',
  emit: Emit,
): Conversation | null {
  const date = dateOf(atMs);
  const shift = isEmployed(agent, date) ? shiftOf(agent, index, startOfDay(date)) : null;
  if (!shift || atMs < Math.max(visit.firstMs, shift.startMs) || atMs > shift.endMs - hour) return null;
  const scene: Scene = {
    contact: { atMs, why, about: visit.contact.about },
    customer: visit.customer,
    agent,
    colleague: undefined,
    z: visit.z,
    load: 1,
    promotion: false,
  };
  const talk = why === 'again' ? converse(aside, scene) : agentInitiated(aside, scene);
  if (talk.endedAtMs >= visit.horizonMs) return null;
  writeSession(
    aside,
    `S${date.replaceAll('-', '').slice(2)}X${visit.customer.id.slice(-4)}${atMs % 86_400_000}`,
    scene,
    talk,
    emit,
  );
  return talk;
}
