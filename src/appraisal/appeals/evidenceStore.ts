import { z } from 'zod';
import type { Queryable } from '../../platform/transaction.ts';
import { linkKinds } from './schemas.ts';

const rowSchema = z.object({
  id: z.coerce.number(),
  at: z.date(),
  byName: z.string(),
  kind: z.enum(['text', ...linkKinds, 'file']),
  text: z.string(),
  mediaType: z.string().nullable(),
  bytes: z.number().nullable(),
});
export type StoredEvidence = z.infer<typeof rowSchema>;

/** What was attached to an appeal, oldest first; of files their names and sizes. */
export async function evidenceOf(postgres: Queryable, appeal: number): Promise<StoredEvidence[]> {
  const { rows } = await postgres.query(
    `SELECT id, at, by_name AS "byName", kind, text, media_type AS "mediaType", length(content) AS bytes
     FROM appeal_evidence WHERE appeal_id = $1 ORDER BY id`,
    [appeal],
  );
  return rows.map((row) => rowSchema.parse(row));
}

interface NewEvidence {
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  readonly kind: StoredEvidence['kind'];
  readonly text: string;
  readonly file?: { readonly mediaType: string; readonly content: Uint8Array };
}

export async function insertEvidence(connection: Queryable, appeal: number, added: NewEvidence): Promise<void> {
  const { at, by, kind, text, file } = added;
  await connection.query(
    `INSERT INTO appeal_evidence (appeal_id, at, by_id, by_name, kind, text, media_type, content)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [appeal, at, by.userId, by.name, kind, text, file?.mediaType ?? null, file ? Buffer.from(file.content) : null],
  );
}

const fileRow = z.object({ text: z.string(), mediaType: z.string(), content: z.instanceof(Buffer) });

/** One attached file; null where the appeal has none of that number. */
export async function readFileOf(postgres: Queryable, appeal: number, id: number) {
  const { rows } = await postgres.query(
    `SELECT text, media_type AS "mediaType", content FROM appeal_evidence WHERE appeal_id = $1 AND id = $2 AND kind = 'file'`,
    [appeal, id],
  );
  return rows[0] === undefined ? null : fileRow.parse(rows[0]);
}
