import { clawedBackSql, creditBys, dayMs, verdictRules, verdictSql, windowDays } from '../facts/orderVerdict.ts';

/** Claw-backs that a figure may ask for, in days after the payment. */
export const clawBackDays = [7, 15, 30] as const;

const product = { customer: 'customer_id', shop: 'shop', channel: 'channel', queue: 'queue', priority: `''` } as const;

/** The verdict of every rule, credit and window, as columns verdict_order_lastChat_2 …: (agent, session, reason). Claw-back is a column of its own. */
const verdicts = Object.fromEntries(
  verdictRules.flatMap((rule) =>
    creditBys.flatMap((credit) =>
      windowDays.map((days) => [
        `verdict_${rule}_${credit}_${days}`,
        verdictSql({ rule, credit, windowDays: days, clawBackDays: null }),
      ]),
    ),
  ),
);

/** Whether an order's credit was taken back, by the option `clawback`, as columns. */
export const clawedBack: Readonly<Record<string, string>> = {
  ...Object.fromEntries(clawBackDays.map((days) => [`clawed_back_${days}`, clawedBackSql(days)])),
  clawed_back_none: 'false',
};

/** Paid orders that were not brushed, at their payment. */
export const paidOrders = {
  columns: {
    ...product,
    issue: `''`,
    kind: `'order'`,
    id: 'order_id',
    at: 'assumeNotNull(paid_at)',
    net_fen: 'amount_fen - refunded_fen',
    refunded: 'refunded_fen > 0',
    buyer: 'first_of_day',
    repeated: 'previous_paid_at IS NOT NULL',
    ...clawedBack,
    ...verdicts,
  },
  from: 'order_facts FINAL',
  where: 'paid_at IS NOT NULL AND NOT brushed',
} as const;

/** Customers' days with an inquiry before any purchase, with the order that followed by the end of the next day. */
export const inquirers = {
  columns: {
    ...product,
    issue: 'issue',
    kind: `if(order_id = '', 'session', 'order')`,
    id: `if(order_id = '', session_id, order_id)`,
    started_at: 'started_at',
    asked_lastChat: 'last_chat_agent_id',
    asked_rounds: 'rounds_agent_id',
    inquiry_all: 'true',
    buyers_all: 'true',
    buyers_new: 'previous_paid_at IS NULL',
    // What the source calls them: queues and issues are free text.
    inquiry_presale: `match(concat(queue, ' ', issue), '(?i)售前|选购|导购|pre-?sale')`,
    ...verdicts,
  },
  from: 'sales_contacts FINAL',
  where: `NOT guidance AND NOT (previous_paid_at IS NOT NULL AND toUnixTimestamp64Milli(started_at) - toUnixTimestamp64Milli(assumeNotNull(previous_paid_at)) <= ${15 * dayMs})`,
} as const;

/** Earlier buyers whom an agent approached of their own accord, with the order paid within 30 days. */
export const guided = {
  columns: {
    ...product,
    issue: 'issue',
    kind: `if(order_id = '', 'session', 'order')`,
    id: `if(order_id = '', session_id, order_id)`,
    started_at: 'started_at',
    agent_id: 'last_chat_agent_id',
    bought: `order_id != ''`,
  },
  from: 'sales_contacts FINAL',
  where: 'guidance AND previous_paid_at IS NOT NULL AND NOT amid_order',
} as const;
