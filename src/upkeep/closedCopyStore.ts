import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';

/** Names of the copies of facts that closed periods answer from; one that is only being made is not among them. */
export async function closedCopies(connection: Queryable): Promise<string[]> {
  const { rows } = await connection.query('SELECT copy FROM closings ORDER BY copy');
  return z
    .array(z.object({ copy: z.string() }))
    .parse(rows)
    .map(({ copy }) => copy);
}
