/**
 * Whom an order is credited to, and why. Three rules side by side: the agents before the order was placed (order), before it was paid
 * (payment), or before it was placed and else before it was paid (orderFirst). Source: metrics.md, sales attribution; REC where it is silent.
 */
export const verdictRules = ['order', 'payment', 'orderFirst'] as const;
export type VerdictRule = (typeof verdictRules)[number];

/** Of several agents: who chatted last, or who had the most rounds (answered turns). */
export const creditBys = ['lastChat', 'rounds'] as const;
export type CreditBy = (typeof creditBys)[number];

/** Days for which an inquiry stays valid. */
export const windowDays = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;
export const longestWindowDays = 15;

/** Credited: lastChat, mostRounds, followUp. Nobody: the others. */
export const verdictReasons = [
  'lastChat',
  'mostRounds',
  'followUp',
  'unpaid',
  'brushed',
  'clawedBack',
  'afterOrder',
  'hijack',
  'outsideWindow',
  'reminder',
  'silent',
] as const;
export type VerdictReason = (typeof verdictReasons)[number];

export interface VerdictOptions {
  readonly rule: VerdictRule;
  readonly credit: CreditBy;
  /** Or SQL for it. */
  readonly windowDays: number | string;
  /** A cancellation this many days after the payment, or earlier, takes the credit back; null: never. */
  readonly clawBackDays: number | null;
}

/** Two days, as the conversion of an inquiry is counted to the end of the next day (REC). */
export const defaultVerdict = { credit: 'lastChat', windowDays: 2, clawBackDays: 15 } as const;

/** A follow-up counts from the first minute to the sixtieth after the payment; an agent's message in the first five minutes after the order is a reminder (REC). */
export const followUpMs = { from: 60_000, to: 3_600_000 } as const;
export const reminderMs = 300_000;
export const dayMs = 86_400_000;

const ms = (instant: string) => `toUnixTimestamp64Milli(${instant})`;
const createdMs = ms('created_at');
/** While an order is unpaid its verdict is `unpaid` whatever happened. */
const paidMs = ms('coalesce(paid_at, created_at)');
const nobody = (reason: VerdictReason) => `('', '', '${reason}')`;

/** SQL: the order was cancelled within these days of its payment. */
export const clawedBackSql = (days: number): string =>
  `(cancelled_at IS NOT NULL AND ${ms('assumeNotNull(cancelled_at)')} - ${paidMs} <= ${days * dayMs})`;

/** SQL: (agent, session) that the rounds valid at an instant speak for; ('', '') when there are none. */
function creditedSql(instantMs: string, { credit, windowDays }: Pick<VerdictOptions, 'credit' | 'windowDays'>): string {
  const valid = `arrayFilter(r -> r.1 <= ${instantMs} AND r.1 >= ${instantMs} - ${typeof windowDays === 'number' ? windowDays * dayMs : `${windowDays} * ${dayMs}`},
      arrayZip(arrayMap(t -> ${ms('t')}, round_at), round_session_id, arrayMap(a -> toString(a), round_agent_id)))`;
  if (credit === 'lastChat') return `arrayMap(v -> (v[-1].3, v[-1].2), [${valid}])[1]`;
  // Of equally many rounds the later last one decides.
  const best = `arraySort(a -> (countEqual(v.3, a), arrayLast(r -> r.3 = a, v).1, a), arrayDistinct(v.3))[-1]`;
  return `arrayMap(v -> arrayMap(best -> (best, arrayLast(r -> r.3 = best, v).2), [${best}])[1], [${valid}])[1]`;
}

/**
 * SQL: the verdict over the columns of order_facts, a tuple (agent, session, reason); agent and session are '' for nobody.
 * An instant on a window's edge is inside.
 */
export function verdictSql(options: VerdictOptions): string {
  const { rule, credit, clawBackDays } = options;
  const chatted = `'${credit === 'lastChat' ? 'lastChat' : 'mostRounds'}'`;
  const won = (by: string) => `${by}.1 != '', (${by}.1, ${by}.2, ${chatted})`;
  const byRule: Record<VerdictRule, readonly string[]> = {
    order: [won('placed'), `paid.1 != '', ${nobody('afterOrder')}`],
    payment: [won('paid'), `placed.1 != '', ${nobody('outsideWindow')}`],
    orderFirst: [won('placed'), won('paid')],
  };
  const contacts = `arrayZip(arrayMap(t -> ${ms('t')}, contact_at), contact_session_id, arrayMap(a -> toString(a), contact_agent_id))`;
  const followUp = `arrayFirst(c -> c.1 >= ${paidMs} + ${followUpMs.from} AND c.1 <= ${paidMs} + ${followUpMs.to}, ${contacts})`;
  const cases = [
    `paid_at IS NULL, ${nobody('unpaid')}`,
    `brushed, ${nobody('brushed')}`,
    ...(clawBackDays === null ? [] : [`${clawedBackSql(clawBackDays)}, ${nobody('clawedBack')}`]),
    ...byRule[rule],
    `arrayExists(t -> ${ms('t')} > ${createdMs} + ${reminderMs} AND ${ms('t')} < ${paidMs}, contact_at), ${nobody('hijack')}`,
    `followed.3 != '', (followed.3, followed.2, 'followUp')`,
    `notEmpty(round_at), ${nobody('outsideWindow')}`,
    `arrayExists(t -> ${ms('t')} >= ${createdMs}, contact_at), ${nobody('reminder')}`,
  ];
  return `arrayMap((placed, paid, followed) -> multiIf(
    ${cases.join(',\n    ')},
    ${nobody('silent')}
  ), [${creditedSql(createdMs, options)}], [${creditedSql(paidMs, options)}], [${followUp}])[1]`;
}
