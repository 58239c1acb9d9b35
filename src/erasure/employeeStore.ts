import { parsePeriod } from '../metrics/period.ts';
import { allMembers, erasedDomain, type Member } from '../people/store.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Queryable } from '../platform/transaction.ts';
import { hasAgentList, peopleIn } from '../scores/organisation.ts';

/** An employee as the data and the sign-in know them. */
export interface Employee {
  /** null for whoever is in no data. */
  readonly number: string | null;
  readonly accounts: readonly Member[];
}

/** Whom somebody means by a number or an e-mail; every account that was ever linked to the same number is theirs. */
export async function employeeOf(postgres: Queryable, who: string): Promise<Employee> {
  const members = (await allMembers(postgres)).filter(({ email }) => !email.endsWith(`@${erasedDomain}`));
  const named = members.filter(({ email }) => email === who.toLowerCase());
  const number = who.includes('@') ? (named[0]?.agentId ?? null) : who;
  const linked = number === null ? [] : members.filter(({ agentId }) => agentId === number);
  return { number, accounts: [...new Set([...named, ...linked])] };
}

/** How much the data hold of a number. */
export async function countEmployee(
  { all }: ClickHouseTables,
  postgres: Queryable,
  number: string,
): Promise<{ conversations: number; rows: number; cards: number }> {
  const count = async (sql: string) => {
    const [row] = await all.query<{ n: string }>(sql, { params: { number } });
    return Number(row?.n);
  };
  const [conversations, rows, cards] = await Promise.all([
    count('SELECT count() AS n FROM session_facts FINAL WHERE has(slice_agent_id, {number:String})'),
    count(`SELECT (SELECT count() FROM agents WHERE agent_id = {number:String})
      + (SELECT count() FROM messages WHERE sender != 'customer' AND sender_id = {number:String})
      + (SELECT count() FROM tickets WHERE agent_id = {number:String})
      + (SELECT count() FROM assessments WHERE agent_id = {number:String})
      + (SELECT count() FROM incidents WHERE agent_id = {number:String})
      + (SELECT count() FROM attendance WHERE agent_id = {number:String}) AS n`),
    postgres.query<{ n: number }>('SELECT count(DISTINCT period)::int AS n FROM scorecards WHERE agent_id = $1', [
      number,
    ]),
  ]);
  return { conversations, rows, cards: Number(cards.rows[0]?.n) };
}

/** Cycles that go on and in which somebody is appraised, and how many appeals about them are not decided. */
export async function goingOnFor(
  clickhouse: ClickHouseTables,
  postgres: Queryable,
  { number, timeZone }: { readonly number: string; readonly timeZone: string },
): Promise<{ cycles: string[]; appeals: number }> {
  const [going, appeals] = await Promise.all([
    postgres.query<{ period: string; state: string; has_card: boolean }>(
      `SELECT period, state, EXISTS (SELECT FROM scorecards WHERE scorecards.period = cycles.period AND agent_id = $1) AS has_card
       FROM cycles WHERE state IN ('open', 'closed', 'published') ORDER BY period`,
      [number],
    ),
    postgres.query<{ n: number }>(
      `SELECT ((SELECT count(*) FROM appeals WHERE agent_id = $1 AND state <> 'final')
         + (SELECT count(*) FROM appeal_reviews WHERE agent_id = $1 AND state = 'open'))::int AS n`,
      [number],
    ),
  ]);
  const isListed = await hasAgentList(clickhouse);
  const cycles: string[] = [];
  for (const { period, state, has_card } of going.rows) {
    const isIn =
      state !== 'open' ||
      !isListed ||
      (await peopleIn(clickhouse, parsePeriod(period, timeZone))).some(({ agentId }) => agentId === number);
    if (state === 'open' ? isIn : has_card) cycles.push(period);
  }
  return { cycles, appeals: Number(appeals.rows[0]?.n) };
}
