import type pg from 'pg';
import { Unavailable } from './errors.ts';

/** Numbers under which PostgreSQL knows the locks of an installation: all of them here, so that no two are the same. */
const numbers = {
  migrations: 0x68_65_6e_67,
  writers: 0x48_45_4e_47,
  importers: 0x48_45_4e_48,
  derivers: 0x48_45_4e_49,
  jobs: 0x48_45_4e_4a,
  signals: 0x48_45_4e_4b,
  inspectionFacts: 0x48_45_4e_4d,
  assessmentFacts: 0x48_45_4e_52,
  inspection: 0x48_45_4e_4c,
  cycles: 0x48_45_4e_50,
  ledger: 0x48_45_4e_4f,
  appealFacts: 0x48_45_4e_51,
  backup: 0x48_45_4e_53,
  starting: 0x48_45_4e_54,
  /** Held together by commands while they work: what must not have any beside it takes it alone. */
  commands: 0x48_45_4e_58,
  nodes: 0x48_45_4e_55,
  outcomeFacts: 0x48_45_4e_59,
  erasure: 0x48_45_4e_56,
  /** Held by an erasure beside `backup` and `cycles`, so that whoever is refused these can be told why. */
  copiesBarred: 0x48_45_4e_57,
} as const;
export type LockName = keyof typeof numbers;

/** wait: alone, when the others are done. share: together with others who share. try: alone, or not at all. */
export type LockWay = 'wait' | 'share' | 'try';

const sql: Readonly<Record<LockWay, { lock: string; unlock: string }>> = {
  wait: { lock: 'SELECT pg_advisory_lock($1)', unlock: 'SELECT pg_advisory_unlock($1)' },
  share: { lock: 'SELECT pg_advisory_lock_shared($1)', unlock: 'SELECT pg_advisory_unlock_shared($1)' },
  try: { lock: 'SELECT pg_try_advisory_lock($1) AS held', unlock: 'SELECT pg_advisory_unlock($1)' },
};

type Work<Result> = (held: boolean, connection: pg.PoolClient) => Promise<Result>;

/**
 * Runs `work` under a lock that holds over all processes of the installation. `held` is false only for `try` when another holds it.
 * The lock goes with its connection, so a killed process holds nothing.
 */
export const holding = <Result>(db: pg.Pool, name: LockName, way: LockWay, work: Work<Result>): Promise<Result> =>
  way === 'try'
    ? withLock(db, { name, way }, work, () => undefined)
    : inTurn(db, name, (held) => withLock(db, { name, way }, work, held));

const turns = new WeakMap<pg.Pool, Map<LockName, Promise<void>>>();

/**
 * Of all in this process who wait for a lock only one waits with a connection: a hundred requests that wait for what a long piece of work
 * holds would leave none for that work to end with. `work` says when it has the lock; the next one's turn comes then.
 */
function inTurn<Result>(db: pg.Pool, name: LockName, work: (held: () => void) => Promise<Result>): Promise<Result> {
  const last = turns.get(db) ?? new Map<LockName, Promise<void>>();
  turns.set(db, last);
  const before = last.get(name) ?? Promise.resolve();
  let next = (): void => undefined;
  last.set(
    name,
    new Promise((resolve) => {
      next = resolve;
    }),
  );
  return before.then(() => work(next)).finally(next);
}

async function withLock<Result>(
  db: pg.Pool,
  { name, way }: { readonly name: LockName; readonly way: LockWay },
  work: Work<Result>,
  hasIt: () => void,
): Promise<Result> {
  const client = await db.connect();
  let failure: Error | undefined;
  try {
    const { rows } = await client.query<{ held?: boolean }>(sql[way].lock, [numbers[name]]);
    const held = rows[0]?.held !== false;
    hasIt();
    const result = await work(held, client);
    if (held) await client.query(sql[way].unlock, [numbers[name]]);
    return result;
  } catch (cause) {
    // Returned with an error the connection is closed, and the lock with it, whatever state it was in; the engine takes a moment for
    // that, in which whoever tries at once again would find the lock held.
    await client.query(sql[way].unlock, [numbers[name]]).catch(() => undefined);
    failure = cause instanceof Error ? cause : new Error(String(cause));
    throw cause;
  } finally {
    client.release(failure);
  }
}

/**
 * Runs `work` under several locks, waited for one after the other in this order, all of them with one connection: whoever needs many must
 * not use up those that the work itself needs.
 */
export const holdingAll = <Result>(
  db: pg.Pool,
  [first, ...rest]: readonly [LockName, ...LockName[]],
  work: () => Promise<Result>,
): Promise<Result> =>
  holding(db, first, 'wait', async (_held, connection) => {
    for (const name of rest) await connection.query(sql.wait.lock, [numbers[name]]);
    // Where the work fails the connection is closed, and all of them go with it.
    const result = await work();
    for (const name of rest.toReversed()) await connection.query(sql.wait.unlock, [numbers[name]]);
    return result;
  });

const answerWithinMs = 20_000;

/**
 * Makes sure that a lock is still held, by asking over the connection it was taken with: where that is gone the lock went with it, and
 * another may have it already. Whoever changes what the lock stands for asks right before. Throws Unavailable `postgres.unreachable`.
 */
export async function demandHeld(connection: pg.PoolClient): Promise<void> {
  const question: pg.QueryConfig & { query_timeout: number } = { text: 'SELECT 1', query_timeout: answerWithinMs };
  try {
    await connection.query(question);
  } catch (cause) {
    throw new Unavailable('postgres.unreachable', 2, { cause });
  }
}

/** How many hold a lock just now, alone or together. */
export async function holders(db: pg.Pool, name: LockName): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_locks JOIN pg_database ON pg_database.oid = database
     WHERE locktype = 'advisory' AND datname = current_database() AND classid = 0 AND objid = $1 AND objsubid = 1 AND granted`,
    [numbers[name]],
  );
  const [counted] = rows;
  if (!counted) throw new Error('a count without a row');
  return counted.n;
}

/** Whether anybody holds a lock just now. */
export const isHeld = async (db: pg.Pool, name: LockName): Promise<boolean> => (await holders(db, name)) > 0;
