import { createHash } from 'node:crypto';
import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { type Rubric, rubricSchema } from './rubricSchema.ts';

export interface StoredRubric {
  readonly rubric: Rubric;
  readonly version: number;
  readonly origin: 'template' | 'own';
  readonly written: string;
  readonly hash: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

interface Row {
  version: number;
  origin: 'template' | 'own';
  content: unknown;
  written: string;
  content_hash: string;
  published_at: Date;
  published_by: string;
}

const columns = 'version, origin, content, written, content_hash, published_at, published_by';

const storedOf = (row: Row): StoredRubric => ({
  rubric: rubricSchema.parse(row.content),
  version: row.version,
  origin: row.origin,
  written: row.written,
  hash: row.content_hash,
  publishedAt: row.published_at.toISOString(),
  publishedBy: row.published_by,
});

/** All versions of all rubrics, or of one, oldest first. */
export async function rubricVersions(postgres: Queryable, id?: string): Promise<StoredRubric[]> {
  const { rows } = await postgres.query<Row>(
    `SELECT ${columns} FROM rubric_versions WHERE $1::text IS NULL OR rubric_id = $1 ORDER BY rubric_id, version`,
    [id ?? null],
  );
  return rows.map(storedOf);
}

/** The version asked for, or the latest. Throws NotFound `rubric.unknown`. */
export async function rubricOf(postgres: Queryable, id: string, version?: number): Promise<StoredRubric> {
  const found = (await rubricVersions(postgres, id)).filter(
    (each) => version === undefined || each.version === version,
  );
  const last = found.at(-1);
  if (!last) throw new NotFound('rubric.unknown', { rubric: id.slice(0, 60) });
  return last;
}

export const rubricHash = (rubric: Rubric): string => createHash('sha256').update(JSON.stringify(rubric)).digest('hex');

export interface NewRubric {
  readonly rubric: Rubric;
  readonly origin: StoredRubric['origin'];
  readonly written: string;
  readonly at: Date;
  readonly by: string;
}

/** Stores the rubric as its next version, unless the latest says the same; answers the version. Call it in a transaction. */
export async function insertRubric(
  connection: Queryable,
  each: NewRubric,
): Promise<{ version: number; same: boolean }> {
  const { rubric, origin, written, at, by } = each;
  await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`rubric ${rubric.id}`]);
  const hash = rubricHash(rubric);
  const last = (await rubricVersions(connection, rubric.id)).at(-1);
  if (last?.hash === hash) return { version: last.version, same: true };
  const version = (last?.version ?? 0) + 1;
  await connection.query(
    `INSERT INTO rubric_versions (rubric_id, version, origin, content, written, content_hash, published_at, published_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [rubric.id, version, origin, JSON.stringify(rubric), written, hash, at, by],
  );
  return { version, same: false };
}
