import { Conflict } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';

/**
 * Which of these numbers were an employee's who was erased, or are what one became: nobody gets such a number again, for the data do not
 * take its rows, and whoever had it would see another's. Hashed as the erasure does it (`idHash.ts`).
 */
export async function erasedNumbers(postgres: Queryable, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await postgres.query<{ number: string }>(
    `SELECT number FROM unnest($1::text[]) AS number
     WHERE starts_with(number, 'erased-') OR EXISTS (
       SELECT FROM erasures, settings WHERE settings.name = 'erasure.salt' AND kind = 'agent'
         AND id_hash = encode(sha256(convert_to((settings.value #>> '{}') || 'agent:' || number, 'UTF8')), 'hex'))`,
    [numbers],
  );
  return new Set(rows.map(({ number }) => number));
}

/** Throws Conflict `person.agentErased`. */
export async function refuseErasedNumber(postgres: Queryable, agentId: string | null): Promise<void> {
  if (agentId !== null && (await erasedNumbers(postgres, [agentId])).size > 0)
    throw new Conflict('person.agentErased', { agentId });
}
