import type pg from 'pg';
import type { KindName } from './kinds.ts';
import type { Reason } from './reasons.ts';
import type { Import, ImportedFile } from './schemas.ts';

/** The import journal in PostgreSQL: what was taken in, how far it got, and what a restart has to finish. */
export type ImportSource = Import['source'];
export type ImportState = Import['state'];
export type PartState = 'reading' | 'staged' | 'committed' | 'derived' | 'refused' | 'abandoned';

export interface PartCounts {
  readonly read: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly orderDependent: number;
  /** Rows that the mapping's filter left out; in no other count. */
  readonly skipped: number;
}

export async function beginImport(
  db: pg.Pool,
  entry: {
    source: ImportSource;
    by: string;
    bytes: number;
    startedAt: number;
    agentsKnown: boolean;
    state?: ImportState;
  },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO imports (source, by, state, started_at, bytes_total, agents_known)
     VALUES ($1, $2, $6, to_timestamp($3::double precision / 1000), $4, $5) RETURNING id`,
    [entry.source, entry.by, entry.startedAt, entry.bytes, entry.agentsKnown, entry.state ?? 'reading'],
  );
  return (rows[0] as { id: number }).id;
}

export async function updateImport(
  db: pg.Pool,
  id: number,
  change: Partial<{
    state: ImportState;
    bytesRead: number;
    rowsRead: number;
    finishedAt: number;
    rejectsFile: string;
    error: string;
    agentsKnown: boolean;
  }>,
): Promise<void> {
  await db.query(
    `UPDATE imports SET state = coalesce($2, state), bytes_read = coalesce($3, bytes_read),
       rows_read = coalesce($4, rows_read),
       finished_at = coalesce(to_timestamp($5::double precision / 1000), finished_at),
       rejects_file = coalesce($6, rejects_file), error = coalesce($7, error), agents_known = coalesce($8, agents_known)
     WHERE id = $1`,
    [
      id,
      change.state,
      change.bytesRead,
      change.rowsRead,
      change.finishedAt,
      change.rejectsFile,
      change.error,
      change.agentsKnown,
    ],
  );
}

export async function beginPart(
  db: pg.Pool,
  entry: { importId: number; path: string; kind: KindName | null; bytes: number; refused?: Reason; state?: PartState },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO import_parts (import_id, path, kind, bytes, state, refused, read, rejected)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id`,
    [
      entry.importId,
      entry.path,
      entry.kind,
      entry.bytes,
      entry.refused ? 'refused' : (entry.state ?? 'reading'),
      entry.refused ?? null,
      entry.refused ? 1 : 0,
    ],
  );
  return (rows[0] as { id: number }).id;
}

export async function updatePart(
  db: pg.Pool,
  id: number,
  state: PartState,
  change: { counts?: PartCounts; refused?: Reason; sha256?: string; endsOpen?: boolean } = {},
): Promise<void> {
  const counts = change.counts;
  await db.query(
    `UPDATE import_parts SET state = $2, read = coalesce($3, read), accepted = coalesce($4, accepted),
       duplicates = coalesce($5, duplicates), rejected = coalesce($6, rejected),
       order_dependent = coalesce($7, order_dependent), refused = coalesce($8, refused), sha256 = coalesce($9, sha256),
       skipped = coalesce($10, skipped), ends_open = coalesce($11, ends_open)
     WHERE id = $1`,
    [
      id,
      state,
      counts?.read,
      counts?.accepted,
      counts?.duplicates,
      counts?.rejected,
      counts?.orderDependent,
      change.refused,
      change.sha256,
      counts?.skipped,
      change.endsOpen,
    ],
  );
}

const hourMs = 3_600_000;

/** The import that batches over HTTP belong to just now, over all nodes: one for each hour. The caller is the only writer. */
export async function httpImport(db: pg.Pool, nowMs: number): Promise<{ id: number; until: number }> {
  const { rows } = await db.query<{ id: number; started_at: Date }>(
    `SELECT id, started_at FROM imports WHERE source = 'http' AND started_at > $1 AND started_at <= $2 ORDER BY id DESC LIMIT 1`,
    [new Date(nowMs - hourMs), new Date(nowMs)],
  );
  const [found] = rows;
  if (found) return { id: found.id, until: found.started_at.getTime() + hourMs };
  const entry = { source: 'http', by: 'HTTP', bytes: 0, startedAt: nowMs, agentsKnown: true, state: 'done' } as const;
  return { id: await beginImport(db, entry), until: nowMs + hourMs };
}

/** Parts that came over HTTP and whose facts may not be derived yet. */
export async function unfollowedHttpParts(db: pg.Pool): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `SELECT p.id FROM import_parts p JOIN imports i ON i.id = p.import_id
     WHERE p.state = 'committed' AND i.source = 'http' ORDER BY p.id`,
  );
  return rows.map(({ id }) => id);
}

export async function markDerived(db: pg.Pool, parts: readonly number[]): Promise<void> {
  await db.query(`UPDATE import_parts SET state = 'derived' WHERE id = ANY($1)`, [parts]);
}

/** One entry for each kind and hour is enough: later parts are added up into the first. The caller is the only writer. */
export async function mergeHttpParts(db: pg.Pool): Promise<void> {
  await db.query(
    `WITH grouped AS (
       SELECT import_id, kind, min(id) AS first, sum(read) AS read, sum(accepted) AS accepted,
         sum(duplicates) AS duplicates, sum(rejected) AS rejected
       FROM import_parts WHERE path = 'HTTP' AND state = 'derived' GROUP BY import_id, kind HAVING count(*) > 1
     ), gone AS (
       DELETE FROM import_parts p USING grouped g
       WHERE p.import_id = g.import_id AND p.kind = g.kind AND p.id > g.first AND p.path = 'HTTP' AND p.state = 'derived'
     )
     UPDATE import_parts p SET read = g.read, accepted = g.accepted, duplicates = g.duplicates, rejected = g.rejected
     FROM grouped g WHERE p.id = g.first`,
  );
}

/** A part of an import of files, `p` of `i`, that has not come to its end. */
const isOpenPart = `p.state IN ('reading', 'staged', 'committed') AND i.source <> 'http'`;

export interface OpenPart {
  readonly id: number;
  readonly kind: KindName;
  readonly state: 'reading' | 'staged' | 'committed';
}

/** Parts that are being worked on, and those that a crash or a failure left where they were. */
export async function openParts(db: pg.Pool): Promise<OpenPart[]> {
  const { rows } = await db.query<OpenPart>(
    `SELECT p.id, p.kind, p.state FROM import_parts p JOIN imports i ON i.id = p.import_id WHERE ${isOpenPart} ORDER BY p.id`,
  );
  return rows;
}

/** Whether a part is staged now: whoever had it may have been quicker. */
export async function isStaged(db: pg.Pool, id: number): Promise<boolean> {
  const { rowCount } = await db.query(`SELECT FROM import_parts WHERE id = $1 AND state = 'staged'`, [id]);
  return rowCount === 1;
}

/** Whether there is an import that has begun and not ended (it is being read, or whoever read it died), or failed with a part left open. */
export async function anyImportOpen(db: pg.Pool): Promise<boolean> {
  const { rows } = await db.query<{ open: boolean }>(
    `SELECT EXISTS (SELECT FROM imports WHERE state NOT IN ('done', 'failed'))
       OR EXISTS (SELECT FROM import_parts p JOIN imports i ON i.id = p.import_id WHERE ${isOpenPart}) AS open`,
  );
  return rows[0]?.open === true;
}

interface ImportRow {
  id: number;
  source: ImportSource;
  by: string;
  state: ImportState;
  started_at: Date;
  finished_at: Date | null;
  bytes_total: string;
  bytes_read: string;
  rows_read: string;
  agents_known: boolean;
  rejects_file: string | null;
  error: string | null;
  parts: {
    path: string;
    kind: KindName | null;
    read: number;
    accepted: number;
    duplicates: number;
    rejected: number;
    order_dependent: number;
    skipped: number;
    ends_open: boolean;
    refused: Reason | null;
  }[];
}

/** Newest first. */
export async function listImports(
  db: pg.Pool,
  where: { id?: number; before?: number; limit: number },
): Promise<(Import & { rejectsFile: string | null })[]> {
  const { rows } = await db.query<ImportRow>(
    `SELECT i.*, coalesce((SELECT json_agg(p ORDER BY p.id) FROM import_parts p
       WHERE p.import_id = i.id AND p.state <> 'abandoned'), '[]') AS parts
     FROM imports i WHERE ($1::int IS NULL OR i.id = $1) AND ($2::int IS NULL OR i.id < $2)
     ORDER BY i.id DESC LIMIT $3`,
    [where.id ?? null, where.before ?? null, where.limit],
  );
  return rows.map((row) => {
    const files: ImportedFile[] = row.parts.map((part) => ({
      path: part.path,
      kind: part.kind,
      read: part.read,
      accepted: part.accepted,
      duplicates: part.duplicates,
      rejected: part.rejected,
      orderDependent: part.order_dependent,
      skipped: part.skipped,
      endsOpen: part.ends_open,
      refused: part.refused,
    }));
    return {
      id: row.id,
      source: row.source,
      by: row.by,
      state: row.state,
      startedAt: row.started_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      bytesTotal: Number(row.bytes_total),
      bytesRead: Number(row.bytes_read),
      rowsRead: Number(row.rows_read),
      agentsKnown: row.agents_known,
      files,
      rejected: files.reduce((sum, file) => sum + file.rejected, 0),
      hasRejectsFile: row.rejects_file !== null,
      error: row.error,
      rejectsFile: row.rejects_file,
    };
  });
}
