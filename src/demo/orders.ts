import { scaled } from './company.ts';
import type { Contact } from './contact.ts';
import type { Customer } from './customers.ts';
import type { Emit } from './demoRow.ts';
import { day, hour, instant, minute } from './demoTime.ts';
import type { Random } from './random.ts';

interface Visit {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly sessionId: string;
  readonly endedMs: number;
  readonly z: number;
  readonly horizonMs: number;
}

const price: Readonly<Record<string, number>> = { 空调: 2999, 洗衣机: 2199, 冰箱: 3499, 热水器: 1599 };

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
  const paidMs = createdMs + Math.round(random.exponential(6 * minute)) + 1_000;
  emit('orders', {
    order_id: `QY${createdMs}${customer.id.slice(-4)}`,
    customer_id: customer.id,
    created_at: instant(createdMs),
    amount: amount.toFixed(2),
    paid_at: paid && paidMs < horizonMs ? instant(paidMs) : undefined,
    refunded_amount: refunded ? amount.toFixed(2) : undefined,
    sku: appliance.model,
    session_id: enquiry ? sessionId : undefined,
    cancelled_at: !paid && cancelledMs < horizonMs ? instant(cancelledMs) : undefined,
    silent: !enquiry,
    brushed: random.chance(0.008),
  });
}
