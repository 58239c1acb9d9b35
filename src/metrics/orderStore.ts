import { z } from 'zod';
import {
  creditBys,
  defaultVerdict,
  longestWindowDays,
  verdictReasons,
  verdictRules,
  verdictSql,
  windowDays,
} from '../facts/orderVerdict.ts';
import type { ScopeFilter } from '../people/authorise.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';

const storedVerdictRow = z.object({ agent_id: z.string(), session_id: z.string(), reason: z.enum(verdictReasons) });
export type VerdictRow = z.infer<typeof storedVerdictRow>;

const orderColumns = {
  order_id: z.string(),
  customer_id: z.string(),
  shop: z.string(),
  created_at: z.string(),
  paid_at: z.string().nullable(),
  cancelled_at: z.string().nullable(),
  amount_fen: z.string(),
  refunded_fen: z.string(),
  brushed: z.boolean(),
};
/** The stored verdicts of the three rules, with the default credit and window. */
const verdictColumns = {
  by_order_last_chat: storedVerdictRow,
  by_payment_last_chat: storedVerdictRow,
  by_order_first_last_chat: storedVerdictRow,
};
export type StoredVerdicts = Readonly<Record<keyof typeof verdictColumns, VerdictRow>>;
const listed = z.object({
  ...orderColumns,
  ...verdictColumns,
  differs: z.number(),
  total: z.string(),
  differing: z.string(),
  at_ms: z.string(),
});

const agentsInvolved = `arrayMap(a -> toString(a), arrayDistinct(arrayConcat(round_agent_id, contact_agent_id)))`;

/** Where and when an agent was in one of the teams or shops: an order touches the scope when somebody involved belonged to it at the time. */
export interface Membership {
  readonly agents: readonly string[];
  readonly from: readonly number[];
  readonly until: readonly number[];
}

/** The spans in which agents belonged to these teams (or shops). */
export async function memberships(
  clickhouse: ClickHouseTables,
  column: 'team' | 'shop',
  places: readonly string[],
): Promise<Membership> {
  const rows = await clickhouse.all.query<{ agent_id: string; from_ms: string; until_ms: string }>(
    `SELECT agent_id, toString(toUnixTimestamp64Milli(valid_from)) AS from_ms, toString(until) AS until_ms
     FROM (
       SELECT agent_id, valid_from, ${column} AS place,
         leadInFrame(toUnixTimestamp64Milli(valid_from), 1, 9007199254740991) OVER (PARTITION BY agent_id ORDER BY valid_from ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until
       FROM agent_history
     )
     WHERE has({places:Array(String)}, place)`,
    { params: { places } },
  );
  return {
    agents: rows.map((row) => row.agent_id),
    from: rows.map((row) => Number(row.from_ms)),
    until: rows.map((row) => Number(row.until_ms)),
  };
}

const involvedMember = (name: string) =>
  `arrayExists(a -> arrayExists((m, f, u) -> m = a AND f <= toUnixTimestamp64Milli(created_at) AND toUnixTimestamp64Milli(created_at) < u,
    {${name}_agents:Array(String)}, {${name}_from:Array(Int64)}, {${name}_until:Array(Int64)}), ${agentsInvolved})`;

const memberParams = (name: string, { agents, from, until }: Membership) => ({
  [`${name}_agents`]: agents,
  [`${name}_from`]: from,
  [`${name}_until`]: until,
});

/** SQL conditions and parameters that narrow orders to a scope, and further to what was asked for. */
export async function orderConditions(
  clickhouse: ClickHouseTables,
  scope: ScopeFilter,
  asked: {
    readonly agent?: string | undefined;
    readonly team?: string | undefined;
    readonly shop?: string | undefined;
  },
): Promise<{ where: string[]; params: Record<string, unknown> }> {
  const where: string[] = [];
  let params: Record<string, unknown> = {};
  const limit = async (name: string, { agents, teams, shops }: ScopeFilter) => {
    if (agents) {
      where.push(`hasAny(${agentsInvolved}, {${name}_ids:Array(String)})`);
      params = { ...params, [`${name}_ids`]: agents };
    }
    if (teams) {
      where.push(involvedMember(`${name}_team`));
      params = { ...params, ...memberParams(`${name}_team`, await memberships(clickhouse, 'team', teams)) };
    }
    if (shops) {
      where.push(`if(shop = '', ${involvedMember(`${name}_shop`)}, has({${name}_shops:Array(String)}, shop))`);
      params = {
        ...params,
        [`${name}_shops`]: shops,
        ...memberParams(`${name}_shop`, await memberships(clickhouse, 'shop', shops)),
      };
    }
  };
  await limit('scope', scope);
  const one = (value: string | undefined) => (value === undefined ? null : [value]);
  await limit('asked', { agents: one(asked.agent), teams: one(asked.team), shops: one(asked.shop) });
  return { where, params };
}

/** Orders paid (else placed) in a period, those on which the rules differ first, then the latest; from after a cursor. */
export async function ordersOfPeriod(
  clickhouse: ClickHouseTables,
  { where, params }: { where: readonly string[]; params: Record<string, unknown> },
  page: { fromMs: number; toMs: number; limit: number; after: { differs: number; atMs: number; id: string } },
) {
  return await clickhouse.all.query(
    `SELECT ${Object.keys({ ...orderColumns, ...verdictColumns }).join(', ')},
       arrayUniq([${Object.keys(verdictColumns)
         .map((name) => `toString(${name}.agent_id)`)
         .join(', ')}]) > 1 AS differs, toUnixTimestamp64Milli(coalesce(paid_at, created_at)) AS at_ms,
       count() OVER () AS total, countIf(differs) OVER () AS differing
     FROM order_facts FINAL
     WHERE at_ms >= {from:Int64} AND at_ms < {to:Int64} ${where.map((each) => `AND ${each}`).join(' ')}
     QUALIFY (toUInt8(differs), at_ms, order_id) < ({differs:UInt8}, {atMs:Int64}, {id:String})
     ORDER BY differs DESC, at_ms DESC, order_id DESC
     LIMIT {limit:UInt32}`,
    {
      params: { ...params, from: page.fromMs, to: page.toMs, limit: page.limit, ...page.after },
      rows: listed,
    },
  );
}

const wholeOrder = z.object({
  ...orderColumns,
  ...verdictColumns,
  channel: z.string(),
  queue: z.string(),
  sku: z.string(),
  previous_paid_at: z.string().nullable(),
  round_at: z.array(z.string()),
  round_session_id: z.array(z.string()),
  round_agent_id: z.array(z.string()),
  contact_at: z.array(z.string()),
  contact_session_id: z.array(z.string()),
  contact_agent_id: z.array(z.string()),
});
const choicesRow = z.object({ choices: z.array(z.array(storedVerdictRow)) });

/** Which rule and credit stands at each place of `choices`. */
export const ruleAndCredit = verdictRules.flatMap((rule) => creditBys.map((credit) => ({ rule, credit })));

/** The facts of one order and, by rule and credit, its verdict for each window; null when there is none of that id within the conditions. */
export async function orderById(
  clickhouse: ClickHouseTables,
  id: string,
  { where, params }: { where: readonly string[]; params: Record<string, unknown> },
) {
  const choices = ruleAndCredit.map(
    (choice) =>
      `arrayMap(days -> CAST(${verdictSql({ ...choice, windowDays: 'days', clawBackDays: defaultVerdict.clawBackDays })}, 'Tuple(agent_id String, session_id String, reason String)'), range(${windowDays[0]}, ${longestWindowDays + 1}))`,
  );
  const [row] = await clickhouse.all.query(
    `SELECT ${Object.keys(wholeOrder.shape).join(', ')}, [${choices.join(', ')}] AS choices
     FROM order_facts FINAL WHERE order_id = {id:String} ${where.map((each) => `AND ${each}`).join(' ')}`,
    { params: { ...params, id }, rows: z.intersection(wholeOrder, choicesRow) },
  );
  return row ?? null;
}
