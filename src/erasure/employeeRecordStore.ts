import type pg from 'pg';
import { z } from 'zod';
import { eraseAccount } from '../people/accountErasureStore.ts';
import { isOfErased } from '../people/schemas.ts';
import { allMembers, type Member } from '../people/store.ts';
import { type Queryable, transaction } from '../platform/transaction.ts';
import { type EmployeeRecords, employeeRecords, withoutEmployee } from './employeeRecords.ts';
import type { ErasedEmployee } from './erasureStore.ts';
import { hashOf, standInOf } from './idHash.ts';

/** Somebody who is taken out of the records. */
interface Leaving {
  /** null: they never had one. */
  readonly number: string | null;
  readonly standIn: string;
  /** Their accounts as they still are, and the ids of all they had. */
  readonly accounts: readonly Member[];
  readonly ids: readonly string[];
  /** The hashes under which it was asked for. */
  readonly marks: readonly string[];
}

/** The hashes of those whom something stood in the way of, each with what it was. */
export type NotErased = ReadonlyMap<string, unknown>;

interface ErasedRecords {
  readonly counts: Record<string, number>;
  readonly failed: NotErased;
}

/**
 * Takes erased employees out of PostgreSQL: of each all of it or nothing, so that a repetition finds either, and one who cannot be erased
 * keeps no other from it. Answers how many rows of each table changed. The audit log and what the ledger says of others stay as they are.
 */
export async function eraseEmployeeRecords(
  postgres: pg.Pool,
  { salt, erased, now }: { readonly salt: string; readonly erased: readonly ErasedEmployee[]; readonly now: Date },
): Promise<ErasedRecords> {
  const counts: Record<string, number> = {};
  const failed = new Map<string, unknown>();
  const members = await allMembers(postgres);
  const leaving = leavingOf(await numbersIn(postgres), members, { salt, erased });
  const gone = new Set(leaving.flatMap(({ ids }) => ids));
  const others = new Set(members.filter(({ id }) => !gone.has(id)).map(({ name }) => name));
  const count = (table: string, rows: number) => {
    if (rows > 0) counts[table] = (counts[table] ?? 0) + rows;
  };
  for (const person of leaving) {
    const names = person.accounts.map(({ name }) => name).filter((name) => !others.has(name));
    await transaction(postgres, async (connection) => {
      await connection.query(`SET LOCAL heng.erasing = 'on'`);
      await connection.query('SET CONSTRAINTS ALL DEFERRED');
      for (const records of employeeRecords) {
        count(records.table, await eraseRows(connection, records, { ...person, names }));
        count(records.table, await eraseJson(connection, records, person));
      }
      for (const account of person.accounts)
        await eraseAccount(connection, account, { standIn: person.standIn, at: now });
      count('members', person.accounts.length);
    }).catch((cause: unknown) => {
      for (const mark of person.marks) failed.set(mark, cause);
    });
  }
  // The rows from before are only hidden until then.
  for (const table of Object.keys(counts)) await postgres.query(`VACUUM ${table}`);
  return { counts, failed };
}

/** How many rows name a number. */
export async function countRecords(postgres: Queryable, number: string): Promise<number> {
  const parts = employeeRecords
    .filter(({ numbers = [] }) => numbers.length > 0)
    .map(
      ({ table, numbers = [], numbersIf = 'true' }) =>
        `(SELECT count(*) FROM ${table} WHERE ${numbersIf} AND $1 IN (${numbers.join(', ')}))`,
    );
  const { rows } = await postgres.query<{ n: number }>(`SELECT (${parts.join(' + ')})::int AS n`, [number]);
  return Number(rows[0]?.n);
}

/** Every employee's number that stands anywhere. */
async function numbersIn(connection: Queryable): Promise<string[]> {
  const parts = employeeRecords.flatMap(({ table, numbers = [], numbersIf = 'true' }) =>
    numbers.map((column) => `SELECT ${column} AS number FROM ${table} WHERE ${numbersIf}`),
  );
  const { rows } = await connection.query<{ number: string | null }>(
    `${[...parts, 'SELECT agent_id AS number FROM members'].join(' UNION ')}`,
  );
  return rows.flatMap(({ number }) => (number === null || number === '' ? [] : [number]));
}

interface Known {
  readonly salt: string;
  readonly erased: readonly ErasedEmployee[];
}

/** When it was asked for to erase a number or an e-mail, if ever. */
function asking({ salt, erased }: Known): (kind: ErasedEmployee['kind'], id: string) => Date | undefined {
  const askedAt = new Map(erased.map(({ kind, hash, at }) => [`${kind} ${hash}`, at]));
  return (kind, id) => askedAt.get(`${kind} ${hashOf(salt, kind, id)}`);
}

// Whoever came back since has an account of their own.
const had = ({ createdAt }: Member, at: Date | undefined) => at !== undefined && createdAt <= at;

/** The accounts that are still to be erased. */
export function accountsOf(members: readonly Member[], known: Known): Member[] {
  const askedOf = asking(known);
  return members.filter(
    (each) =>
      !isOfErased(each.email) &&
      (had(each, askedOf('account', each.email)) ||
        (each.agentId !== null && had(each, askedOf('agent', each.agentId)))),
  );
}

function leavingOf(numbers: readonly string[], members: readonly Member[], known: Known): Leaving[] {
  const { salt } = known;
  const askedOf = asking(known);
  const isErased = ({ email }: Member) => isOfErased(email);
  const marksOf = (accounts: readonly Member[]) => accounts.map(({ email }) => hashOf(salt, 'account', email));
  const idsOf = (accounts: readonly Member[]) =>
    accounts.flatMap(({ id, userId }) => (userId === null ? [id] : [id, userId]));
  const agents = numbers.flatMap((number): Leaving[] => {
    const at = askedOf('agent', number);
    if (at === undefined) return [];
    const standIn = standInOf(salt, 'agent', number);
    const theirs = members.filter((each) => each.agentId === number && had(each, at));
    const before = members.filter((each) => isErased(each) && each.agentId === standIn);
    const marks = [hashOf(salt, 'agent', number), ...marksOf(theirs)];
    return [{ number, standIn, accounts: theirs, ids: [number, ...idsOf([...theirs, ...before])], marks }];
  });
  const taken = new Set(agents.flatMap(({ accounts }) => accounts));
  const accounts = members
    .filter((each) => !taken.has(each) && !isErased(each) && had(each, askedOf('account', each.email)))
    .map((each) => ({
      ...{ number: null, standIn: standInOf(salt, 'account', each.email), accounts: [each], ids: idsOf([each]) },
      marks: marksOf([each]),
    }));
  return [...agents, ...accounts];
}

async function eraseRows(
  connection: Queryable,
  records: EmployeeRecords,
  { number, standIn, ids, names }: Leaving & { readonly names: readonly string[] },
): Promise<number> {
  const { table, numbers = [], numbersIf = 'true', signed = [], parted = [], become = {} } = records;
  const about = records.about ?? (numbers[0] === undefined ? 'false' : `${numbers[0]} = ANY ($1)`);
  const values = [number === null ? [standIn] : [number, standIn], standIn, ids, names];
  if (records.rows === 'removed') {
    const { rowCount } = await connection.query(`DELETE FROM ${table} WHERE ${about}`, values.slice(0, 1));
    return Number(rowCount);
  }
  const changes = [
    ...numbers.map((column) => ({ column, when: `${numbersIf} AND ${column} = ANY ($1)`, sql: '$2' })),
    ...Object.entries(records.names ?? {}).map(([column, of]) => ({ column, when: `${of} = ANY ($3)`, sql: '$2' })),
    ...signed.map((column) => ({ column, when: `${column} = ANY ($4)`, sql: '$2' })),
    ...parted.map((column) => ({
      column,
      when: `string_to_array(${column}, ' · ') && $1`,
      sql: `array_to_string(array_replace(string_to_array(${column}, ' · '), ($1)[1], $2), ' · ')`,
    })),
    ...Object.entries(become).map(([column, sql]) => ({ column, when: `(${about}) AND ${column} IS NOT NULL`, sql })),
  ];
  if (changes.length === 0) return 0;
  const set = changes.map(({ column, when, sql }) => `${column} = CASE WHEN ${when} THEN ${sql} ELSE ${column} END`);
  const differs = changes.map(({ column, when, sql }) => `(${when} AND ${column} IS DISTINCT FROM ${sql})`);
  const { rowCount } = await connection.query(
    // Not every table uses each of them.
    `WITH given AS (SELECT $1::text[], $2::text, $3::text[], $4::text[])
     UPDATE ${table} SET ${set.join(', ')} WHERE ${differs.join(' OR ')}`,
    values,
  );
  return Number(rowCount);
}

const placeRow = z.object({ place: z.string(), json: z.record(z.string(), z.unknown()) });

async function eraseJson(
  connection: Queryable,
  { table, json = [] }: EmployeeRecords,
  { number, standIn }: Leaving,
): Promise<number> {
  if (json.length === 0 || number === null) return 0;
  const columns = json.map((column) => `'${column}', ${column}`).join(', ');
  const { rows } = await connection.query(
    `SELECT ctid::text AS place, jsonb_build_object(${columns}) AS json FROM ${table}
     WHERE ${json.map((column) => `strpos(${column}::text, $1) > 0`).join(' OR ')} FOR UPDATE`,
    [JSON.stringify(number)],
  );
  for (const row of rows) {
    const found = placeRow.parse(row);
    const become = Object.fromEntries(
      json.map((column) => [column, withoutEmployee(found.json[column], number, standIn)]),
    );
    await connection.query(
      `UPDATE ${table} SET ${json.map((column) => `${column} = nullif($2::jsonb -> '${column}', 'null')`).join(', ')} WHERE ctid = $1::tid`,
      [found.place, JSON.stringify(become)],
    );
  }
  return rows.length;
}
