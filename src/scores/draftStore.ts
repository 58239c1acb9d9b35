import type { Queryable } from '../platform/transaction.ts';

/** A draft as stored: `content` is YAML as typed, valid or not. */
export interface StoredDraft {
  readonly id: string;
  readonly planId: string;
  readonly content: string;
  /** Counts the saves. */
  readonly revision: number;
  readonly origin: 'template' | 'own';
  /** The version it was made from; null for an uploaded or new plan. */
  readonly baseVersion: number | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly savedAt: Date;
  readonly savedBy: string;
  readonly deletedAt: Date | null;
}

const columns = `id, plan_id AS "planId", content, revision, origin, base_version AS "baseVersion",
  created_at AS "createdAt", created_by AS "createdBy", saved_at AS "savedAt", saved_by AS "savedBy", deleted_at AS "deletedAt"`;

/** Those not deleted, of every plan or of one; last saved first. */
export async function readDrafts(postgres: Queryable): Promise<StoredDraft[]> {
  const { rows } = await postgres.query<StoredDraft>(
    `SELECT ${columns} FROM plan_drafts WHERE deleted_at IS NULL ORDER BY saved_at DESC, id`,
  );
  return rows;
}

/** Deleted ones too: they can be taken back. */
export async function readDraft(postgres: Queryable, id: string): Promise<StoredDraft | null> {
  const { rows } = await postgres.query<StoredDraft>(`SELECT ${columns} FROM plan_drafts WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

export interface NewDraft extends Pick<StoredDraft, 'id' | 'planId' | 'content' | 'origin' | 'baseVersion'> {
  readonly templateHash: string | null;
  readonly by: string;
  readonly at: Date;
}

export async function insertDraft(postgres: Queryable, draft: NewDraft): Promise<void> {
  const { id, planId, content, origin, baseVersion, templateHash, by, at } = draft;
  await postgres.query(
    `INSERT INTO plan_drafts
       (id, plan_id, content, revision, origin, template_hash, base_version, created_at, created_by, saved_at, saved_by)
     VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $7, $8)`,
    [id, planId, content, origin, templateHash, baseVersion, at, by],
  );
}

/** Whether this state of a shipped plan was ever put before people as a draft, declined ones included. */
export async function wasOffered(postgres: Queryable, planId: string, templateHash: string): Promise<boolean> {
  const { rows } = await postgres.query('SELECT 1 FROM plan_drafts WHERE plan_id = $1 AND template_hash = $2 LIMIT 1', [
    planId,
    templateHash,
  ]);
  return rows.length > 0;
}

interface Saving {
  readonly planId: string;
  readonly content: string;
  readonly by: string;
  readonly at: Date;
}

/** Saves over the revision its author saw and gives the new one; null, and nothing is changed, when it is another by now. */
export async function updateDraft(
  postgres: Queryable,
  id: string,
  revision: number,
  { planId, content, by, at }: Saving,
): Promise<number | null> {
  const { rows } = await postgres.query<{ revision: number }>(
    `UPDATE plan_drafts SET plan_id = $3, content = $4, revision = revision + 1, saved_at = $5, saved_by = $6
     WHERE id = $1 AND revision = $2 AND deleted_at IS NULL
     RETURNING revision`,
    [id, revision, planId, content, at, by],
  );
  return rows[0]?.revision ?? null;
}

/** Deletes it, or with null takes it back. */
export async function markDeleted(postgres: Queryable, id: string, at: Date | null): Promise<void> {
  await postgres.query('UPDATE plan_drafts SET deleted_at = $2 WHERE id = $1', [id, at]);
}

/** A draft that became a version is done with. */
export async function removeDraft(postgres: Queryable, id: string): Promise<void> {
  await postgres.query('DELETE FROM plan_drafts WHERE id = $1', [id]);
}
