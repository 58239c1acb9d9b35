import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, scopeFilter } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { OrderList } from '../orderSchemas.ts';
import { orderConditions, ordersOfPeriod } from '../orderStore.ts';
import { toldTo, verdictsOf, yuan } from '../orderView.ts';
import { begunPeriod } from '../period.ts';
import { agentsAt } from '../sessionStore.ts';
import { instant } from './readEvidence.ts';

const pageSize = 50;

export interface ListOrders {
  readonly period: string;
  readonly agent?: string | undefined;
  readonly team?: string | undefined;
  readonly shop?: string | undefined;
  readonly cursor: string;
}

/**
 * Orders paid (else placed) in a period that somebody in the reader's scope was involved in, those on which the verdict rules differ first. Throws
 * BadInput `order.cursorUnreadable` for a cursor that no answer gave.
 */
export async function listOrders(deps: Deps, actor: Actor, input: ListOrders): Promise<OrderList> {
  authorise(actor, 'evidence.read');
  const { clickhouse } = deps.stores;
  const { fromMs, toMs } = begunPeriod(input.period, deps);
  const conditions = await orderConditions(clickhouse, scopeFilter(actor), input);
  const rows = await ordersOfPeriod(clickhouse, conditions, {
    fromMs,
    toMs,
    limit: pageSize + 1,
    after: readCursor(input.cursor),
  });
  const page = rows.slice(0, pageSize);
  const people = [
    ...new Set(
      page.flatMap((row) =>
        [row.by_order_last_chat, row.by_payment_last_chat, row.by_order_first_last_chat].map(
          (verdict) => verdict.agent_id,
        ),
      ),
    ),
  ];
  const known = await agentsAt(clickhouse, people, new Date(deps.now()).toISOString());
  const names = new Map(known.map((person) => [person.agent_id, person.name]));
  const last = page.at(-1);
  return {
    period: input.period,
    total: Number(rows[0]?.total ?? 0),
    differing: Number(rows[0]?.differing ?? 0),
    rows: page.map((row) => {
      const told = toldTo(actor.role === 'agent' ? actor.agentId : null, names, reachOf(actor, known));
      return {
        ...orderHead(row),
        differs: row.differs === 1,
        verdicts: verdictsOf(row, told),
      };
    }),
    next: rows.length > pageSize && last ? `${last.differs}|${last.at_ms}|${last.order_id}` : null,
  };
}

interface Person {
  readonly agent_id: string;
  readonly team: string;
  readonly shop: string;
}

/** Whose sessions the reader may open: an order in reach may have been talked about with people who are not. */
export function reachOf(actor: Actor, people: readonly Person[]): (agentId: string) => boolean {
  const reached = people.filter(({ agent_id, team, shop }) => isInScope(actor, { agentId: agent_id, team, shop }));
  const ids = new Set(reached.map(({ agent_id }) => agent_id));
  return (agentId) => ids.has(agentId);
}

interface OrderRow {
  readonly order_id: string;
  readonly customer_id: string;
  readonly shop: string;
  readonly created_at: string;
  readonly paid_at: string | null;
  readonly cancelled_at: string | null;
  readonly amount_fen: string;
  readonly refunded_fen: string;
  readonly brushed: boolean;
}

/** What every list and page tells of an order; the customer masked. */
export function orderHead(row: OrderRow) {
  return {
    orderId: row.order_id,
    customer: maskPersonalData(row.customer_id),
    shop: row.shop,
    createdAt: instant(row.created_at),
    paidAt: row.paid_at === null ? null : instant(row.paid_at),
    cancelledAt: row.cancelled_at === null ? null : instant(row.cancelled_at),
    amount: yuan(row.amount_fen),
    refunded: yuan(row.refunded_fen),
    brushed: row.brushed,
  };
}

function readCursor(text: string): { differs: number; atMs: number; id: string } {
  if (text === '') return { differs: 2, atMs: 0, id: '' };
  const parts = /^([01])\|(\d{1,15})\|(.{1,500})$/su.exec(text);
  if (!parts) throw new BadInput('order.cursorUnreadable');
  return { differs: Number(parts[1]), atMs: Number(parts[2]), id: parts[3] ?? '' };
}
