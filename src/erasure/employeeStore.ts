import { parsePeriod } from '../metrics/period.ts';
import { isOfErased } from '../people/schemas.ts';
import { allMembers, type Member } from '../people/store.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import type { Queryable } from '../platform/transaction.ts';
import { hasAgentList, peopleIn } from '../scores/organisation.ts';
import { countRecords } from './employeeRecordStore.ts';
import { employeeTables } from './employeeTables.ts';

/** An employee as the data and the sign-in know them. */
export interface Employee {
  /** null for whoever is in no data. */
  readonly number: string | null;
  readonly accounts: readonly Member[];
}

/**
 * Whom somebody means by a number or an e-mail; every account that was ever linked to the same number is theirs. What looks like an e-mail
 * is a number as well where the data have it as one.
 */
export async function employeeOf(tables: ClickHouseTables, postgres: Queryable, who: string): Promise<Employee> {
  const members = (await allMembers(postgres)).filter(({ email }) => !isOfErased(email));
  const named = members.filter(({ email }) => email === who.toLowerCase());
  const linkedTo = named.find(({ agentId }) => agentId !== null)?.agentId ?? null;
  const isNumber = async () => {
    const { conversations, rows, cards } = await countEmployee(tables, postgres, who);
    return conversations + rows + cards > 0;
  };
  const number = !who.includes('@') || (linkedTo === null && (await isNumber())) ? who : linkedTo;
  const linked = number === null ? [] : members.filter(({ agentId }) => agentId === number);
  return { number, accounts: [...new Set([...named, ...linked])] };
}

/** How much the data hold of a number, as whoever it stands there. */
export async function countEmployee(
  { all }: ClickHouseTables,
  postgres: Queryable,
  number: string,
): Promise<{ conversations: number; rows: number; cards: number }> {
  const count = async (sql: string) => {
    const [row] = await all.query<{ n: string }>(sql, { params: { number } });
    return Number(row?.n);
  };
  const named = employeeTables.map(
    ({ table, numbers }) => `(SELECT countIf(has(${numbers}, {number:String})) FROM ${table})`,
  );
  const [conversations, rows, records, cards] = await Promise.all([
    count('SELECT count() AS n FROM session_facts FINAL WHERE has(slice_agent_id, {number:String})'),
    count(`SELECT ${named.join(' + ')} AS n`),
    countRecords(postgres, number),
    postgres.query<{ n: number }>('SELECT count(DISTINCT period)::int AS n FROM scorecards WHERE agent_id = $1', [
      number,
    ]),
  ]);
  return { conversations, rows: rows + records, cards: Number(cards.rows[0]?.n) };
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
