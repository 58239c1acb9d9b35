import type pg from 'pg';

/** Numbers under which PostgreSQL knows the locks; any constants that nothing else of Heng uses. */
const writers = 0x48_45_4e_47;
const importers = writers + 1;

/**
 * One writer at a time, over all processes of the installation: what is a duplicate can only be told while nobody
 * else adds rows.
 */
export function whileOnlyWriter<Result>(db: pg.Pool, work: () => Promise<Result>): Promise<Result> {
  return holding(db, 'SELECT pg_advisory_lock($1)', 'SELECT pg_advisory_unlock($1)', writers, work);
}

/** Marks this process as importing: nobody takes its unfinished parts for those of a crash. */
export function whileImporting<Result>(db: pg.Pool, work: () => Promise<Result>): Promise<Result> {
  return holding(db, 'SELECT pg_advisory_lock_shared($1)', 'SELECT pg_advisory_unlock_shared($1)', importers, work);
}

/** Runs only when no process imports, and keeps others from beginning meanwhile; otherwise does nothing. */
export async function whileNobodyImports(db: pg.Pool, work: () => Promise<void>): Promise<void> {
  await holding(db, 'SELECT pg_try_advisory_lock($1) AS held', 'SELECT pg_advisory_unlock($1)', importers, (held) =>
    held ? work() : Promise.resolve(),
  );
}

/** The lock goes with its connection, so a killed process holds nothing. */
async function holding<Result>(
  db: pg.Pool,
  lock: string,
  unlock: string,
  key: number,
  work: (held: boolean) => Promise<Result>,
): Promise<Result> {
  const client = await db.connect();
  let failure: Error | undefined;
  try {
    const { rows } = await client.query<{ held?: boolean }>(lock, [key]);
    const held = rows[0]?.held !== false;
    const result = await work(held);
    if (held) await client.query(unlock, [key]);
    return result;
  } catch (cause) {
    // Returned with an error the connection is closed, and the lock with it, whatever state it was in.
    failure = cause instanceof Error ? cause : new Error(String(cause));
    throw cause;
  } finally {
    client.release(failure);
  }
}
