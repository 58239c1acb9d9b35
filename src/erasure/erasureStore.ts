import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';

/** agent: an employee by their number; account: an employee by the e-mail they signed in with. */
export const employeeKinds = ['agent', 'account'] as const;
const erasureKinds = ['customer', 'texts', ...employeeKinds] as const;

const row = z.object({
  id: z.string(),
  kind: z.enum(erasureKinds),
  idHash: z.string().nullable(),
  textsBefore: z.date().nullable(),
  askedAt: z.date(),
  byName: z.string(),
  reason: z.string(),
  counts: z.record(z.string(), z.number()).nullable(),
  doneAt: z.date().nullable(),
});
/** Something that was erased, or is being erased. */
export type Erasure = z.infer<typeof row>;

const columns = `id, kind, id_hash AS "idHash", texts_before AS "textsBefore", asked_at AS "askedAt", by_name AS "byName", reason, counts, done_at AS "doneAt"`;

/** The latest first. */
export async function readErasures(postgres: Queryable, limit: number): Promise<Erasure[]> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM erasures ORDER BY id DESC LIMIT $1`, [limit]);
  return rows.map((each) => row.parse(each));
}

/** Hashes of every customer who was to be erased. */
export async function erasedCustomers(postgres: Queryable): Promise<string[]> {
  const { rows } = await postgres.query<{ hash: string }>(
    `SELECT id_hash AS hash FROM erasures WHERE kind = 'customer' ORDER BY id`,
  );
  return rows.map(({ hash }) => hash);
}

/** An employee who was to be erased: what they are known by, and until when whatever has the same number or e-mail is theirs. */
export interface ErasedEmployee {
  readonly kind: (typeof employeeKinds)[number];
  readonly hash: string;
  readonly at: Date;
}

export async function erasedEmployees(postgres: Queryable): Promise<ErasedEmployee[]> {
  const { rows } = await postgres.query<ErasedEmployee>(
    `SELECT kind, id_hash AS hash, asked_at AS at FROM erasures WHERE kind = ANY ($1) ORDER BY id`,
    [employeeKinds],
  );
  return rows;
}

export async function unfinished(postgres: Queryable): Promise<Erasure[]> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM erasures WHERE done_at IS NULL ORDER BY id`);
  return rows.map((each) => row.parse(each));
}

export interface NewErasure {
  readonly what:
    | { readonly kind: 'customer' | ErasedEmployee['kind']; readonly idHash: string }
    | { readonly textsBefore: Date };
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  readonly reason: string;
}

/** Writes down that it is to be done. Whoever was erased before is erased again, under the first entry. */
export async function insertErasure(postgres: Queryable, { what, at, by, reason }: NewErasure): Promise<string> {
  const [kind, hash, before] = 'idHash' in what ? [what.kind, what.idHash, null] : ['texts', null, what.textsBefore];
  const { rows } = await postgres.query<{ id: string }>(
    `INSERT INTO erasures (kind, id_hash, texts_before, asked_at, by_id, by_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (kind, id_hash) WHERE id_hash IS NOT NULL
     DO UPDATE SET done_at = NULL, counts = NULL, asked_at = greatest(erasures.asked_at, excluded.asked_at) RETURNING id`,
    [kind, hash, before, at, by.userId, by.name, reason],
  );
  return z.string().parse(rows[0]?.id);
}

export async function endErasure(
  postgres: Queryable,
  id: string,
  { at, counts }: { readonly at: Date; readonly counts: Readonly<Record<string, number>> },
): Promise<void> {
  await postgres.query('UPDATE erasures SET done_at = $2, counts = $3 WHERE id = $1', [id, at, JSON.stringify(counts)]);
}
