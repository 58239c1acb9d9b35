import { windowDays } from '../../facts/orderVerdict.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, scopeFilter } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { OrderPage } from '../orderSchemas.ts';
import { orderById, orderConditions, ruleAndCredit } from '../orderStore.ts';
import { eventsOf, toldTo, verdictOf, verdictsOf } from '../orderView.ts';
import { agentsAt } from '../sessionStore.ts';
import { orderHead, reachOf } from './listOrders.ts';
import { instant } from './readEvidence.ts';

/** One order, what led to it, and every verdict about it. Throws NotFound `order.unknown`, also when nobody in scope was involved. */
export async function readOrder(deps: Deps, actor: Actor, input: { orderId: string }): Promise<OrderPage> {
  authorise(actor, 'evidence.read');
  const { clickhouse } = deps.stores;
  const conditions = await orderConditions(clickhouse, scopeFilter(actor), {});
  const row = await orderById(clickhouse, input.orderId, conditions);
  // Out of scope looks like absent.
  if (!row) throw new NotFound('order.unknown', { order: input.orderId.slice(0, 100) });
  const people = await agentsAt(
    clickhouse,
    [...new Set([...row.round_agent_id, ...row.contact_agent_id])],
    row.created_at,
  );
  const told = toldTo(
    actor.role === 'agent' ? actor.agentId : null,
    new Map(people.map((person) => [person.agent_id, person.name])),
    reachOf(actor, people),
  );
  const head = orderHead(row);
  const events = eventsOf(
    {
      ...head,
      rounds: row.round_at.map((at, i) => ({
        at: instant(at),
        sessionId: row.round_session_id[i] ?? '',
        agentId: row.round_agent_id[i] ?? '',
      })),
      approaches: row.contact_at.map((at, i) => ({
        at: instant(at),
        sessionId: row.contact_session_id[i] ?? '',
        agentId: row.contact_agent_id[i] ?? '',
      })),
    },
    told,
  );
  return {
    order: {
      ...head,
      channel: row.channel,
      queue: row.queue,
      sku: row.sku,
      previousPaidAt: row.previous_paid_at === null ? null : instant(row.previous_paid_at),
    },
    events,
    verdicts: verdictsOf(row, told),
    choices: row.choices.flatMap((windows, i) =>
      windows.flatMap((verdict, j) => {
        const [choice, days] = [ruleAndCredit[i], windowDays[j]];
        return choice && days ? [{ ...choice, windowDays: days, ...verdictOf(verdict, told) }] : [];
      }),
    ),
  };
}
