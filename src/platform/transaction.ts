import type pg from 'pg';

/** A pool, or the one connection of a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/** Runs `work` on one connection, all of it or none. Inside, use only the connection it is given. */
export async function transaction<T>(pool: pg.Pool, work: (connection: pg.PoolClient) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    return await transactionOn(connection, work, (error) => {
      broken = error;
    });
  } finally {
    // A connection that could not even roll back is closed, not handed to the next query.
    connection.release(broken);
  }
}

/** The same on a connection one has: on that of a lock nothing is committed once the lock is gone. */
export async function transactionOn<T>(
  connection: pg.PoolClient,
  work: (connection: pg.PoolClient) => Promise<T>,
  onBroken: (error: Error) => void = () => undefined,
): Promise<T> {
  try {
    await connection.query('BEGIN');
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (cause) {
    await connection.query('ROLLBACK').catch(onBroken);
    throw cause;
  }
}
