import type { CreditBy, VerdictReason, VerdictRule } from '../../facts/orderVerdict.ts';
import type { AgentRef, OrderEvent, OrderPage } from '../../metrics/orderSchemas.ts';

export type OrderChoice = OrderPage['choices'][number];
/** How an order is credited: the rule is compared, credit and window are chosen. */
export interface Settings {
  readonly credit: CreditBy;
  readonly windowDays: number;
}

export const sameAgent = (a: AgentRef | null, b: AgentRef | null): boolean => JSON.stringify(a) === JSON.stringify(b);

export function choiceOf(
  page: OrderPage,
  rule: VerdictRule,
  { credit, windowDays }: Settings,
): OrderChoice | undefined {
  return page.choices.find((each) => each.rule === rule && each.credit === credit && each.windowDays === windowDays);
}

/** Runs of windows with the same answer: [2, 6, choice], [7, 15, choice]. */
export function windowRuns(
  page: OrderPage,
  rule: VerdictRule,
  credit: CreditBy,
): { readonly from: number; readonly to: number; readonly choice: OrderChoice }[] {
  const runs: { from: number; to: number; choice: OrderChoice }[] = [];
  const own = page.choices.filter((each) => each.rule === rule && each.credit === credit);
  for (const choice of [...own].sort((a, b) => a.windowDays - b.windowDays)) {
    const last = runs.at(-1);
    const same = last && sameAgent(last.choice.agent, choice.agent) && last.choice.reason === choice.reason;
    if (last && same) last.to = choice.windowDays;
    else runs.push({ from: choice.windowDays, to: choice.windowDays, choice });
  }
  return runs;
}

type Chatted = 'lastChat' | 'mostRounds';

export interface Why {
  /** Key of the sentence under `orders.why`. */
  readonly key: `${Chatted}.${'order' | 'payment'}` | Exclude<VerdictReason, Chatted>;
  readonly agent: AgentRef | null;
  /** The instant that decided, where one did. */
  readonly at: string | null;
}

const minute = 60_000;

/** The sentence that tells why a rule credits whom it credits, and what it rests on. */
export function whyOf(page: OrderPage, choice: OrderChoice): Why {
  const { agent, reason, rule } = choice;
  const { createdAt, paidAt, cancelledAt } = page.order;
  switch (reason) {
    case 'lastChat':
    case 'mostRounds': {
      // Order first rests on what came before the order where that credits somebody.
      const byOrder = choiceOf(page, 'order', choice)?.agent;
      const basis = rule === 'orderFirst' ? (byOrder ? 'order' : 'payment') : rule;
      const until = basis === 'order' ? createdAt : (paidAt ?? createdAt);
      const chats = page.events.filter(
        (event): event is Extract<OrderEvent, { kind: 'chat' }> =>
          event.kind === 'chat' && sameAgent(event.agent, agent) && event.until <= until,
      );
      return { key: `${reason}.${basis}`, agent, at: chats.at(-1)?.until ?? null };
    }
    case 'followUp':
      return { key: reason, agent, at: approaches(page, paidAt, minute)[0]?.at ?? null };
    case 'hijack': {
      const [first] = approaches(page, createdAt, 5 * minute + 1).filter(
        (event) => paidAt !== null && event.at < paidAt,
      );
      return { key: reason, agent: first?.agent ?? null, at: first?.at ?? null };
    }
    case 'clawedBack':
      return { key: reason, agent: null, at: cancelledAt };
    case 'unpaid':
    case 'brushed':
    case 'afterOrder':
    case 'outsideWindow':
    case 'reminder':
    case 'silent':
      return { key: reason, agent: null, at: null };
  }
}

function approaches(page: OrderPage, since: string | null, afterMs: number) {
  if (since === null) return [];
  const fromMs = Date.parse(since) + afterMs;
  return page.events.filter(
    (event): event is Extract<OrderEvent, { kind: 'approach' }> =>
      event.kind === 'approach' && Date.parse(event.at) >= fromMs,
  );
}

/** The options of a metric for these settings, as the API takes them. */
export const optionText = (rule: VerdictRule, { credit, windowDays }: Settings): string =>
  `verdict=${rule}:credit=${credit}:window=${windowDays}`;

/** The difference of two exact decimals, in hundredths; a dash where one is missing. */
export function difference(before: string | null, after: string | null): string | null {
  if (before === null || after === null) return null;
  return ((Math.round(Number(after) * 100) - Math.round(Number(before) * 100)) / 100).toFixed(2);
}
