import { z } from 'zod';
import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import type { Reach } from './appealStore.ts';
import type { Compared } from './schemas.ts';
import type { SharedIncident } from './shared.ts';

const rowSchema = z.object({
  id: z.coerce.number(),
  appeal: z.coerce.number(),
  period: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  team: z.string(),
  shop: z.string(),
  incidentId: z.string(),
  incident: z.string(),
  at: z.string(),
  sessionId: z.string().nullable(),
  state: z.enum(['open', 'stands', 'overturned']),
  reason: z.string(),
  decidedName: z.string().nullable(),
});
export type StoredReview = z.infer<typeof rowSchema>;

const columns = `id, appeal_id AS appeal, period, agent_id AS "agentId", agent_name AS "agentName", team, shop,
  incident_id AS "incidentId", incident, happened_at AS at, session_id AS "sessionId", state, reason, decided_name AS "decidedName"`;

/** Opens a case for each; one that there is already, whatever came of it, is not opened again. */
export async function insertReviews(
  connection: Queryable,
  appeal: { readonly id: number; readonly period: string },
  shared: readonly SharedIncident[],
): Promise<void> {
  for (const { card, incidentId, incident, at, sessionId } of shared) {
    const { name, team, shop } = card.person;
    await connection.query(
      `INSERT INTO appeal_reviews (appeal_id, period, agent_id, agent_name, team, shop, incident_id, incident, happened_at, session_id, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open') ON CONFLICT DO NOTHING`,
      [appeal.id, appeal.period, card.agentId, name, team, shop, incidentId, incident, at, sessionId],
    );
  }
}

/** Cases that wait, then those decided, the latest first. */
export async function listReviews(postgres: Queryable, { agents, teams, shops }: Reach): Promise<StoredReview[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM appeal_reviews
     WHERE ($1::text[] IS NULL OR agent_id = ANY($1)) AND ($2::text[] IS NULL OR team = ANY($2))
       AND ($3::text[] IS NULL OR shop = ANY($3))
     ORDER BY state <> 'open', id DESC LIMIT 500`,
    [agents, teams, shops],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** Cases of a period that wait for a decision, oldest first. */
export async function openReviewsIn(postgres: Queryable, period: string): Promise<StoredReview[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM appeal_reviews WHERE period = $1 AND state = 'open' ORDER BY id`,
    [period],
  );
  return rows.map((row) => rowSchema.parse(row));
}

export async function reviewsOfAppeal(postgres: Queryable, appeal: number): Promise<StoredReview[]> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM appeal_reviews WHERE appeal_id = $1 ORDER BY id`, [
    appeal,
  ]);
  return rows.map((row) => rowSchema.parse(row));
}

/** Throws NotFound `appeal.reviewUnknown`. */
export async function reviewById(connection: Queryable, id: number, lock = false): Promise<StoredReview> {
  const { rows } = await connection.query(
    `SELECT ${columns} FROM appeal_reviews WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
  if (!rows[0]) throw new NotFound('appeal.reviewUnknown');
  return rowSchema.parse(rows[0]);
}

export async function closeReview(
  connection: Queryable,
  id: number,
  to: {
    readonly state: 'stands' | 'overturned';
    readonly reason: string;
    readonly at: Date;
    readonly by: { readonly userId: string; readonly name: string };
    readonly result: Compared | null;
  },
): Promise<void> {
  await connection.query(
    `UPDATE appeal_reviews SET state = $2, reason = $3, decided_at = $4, decided_by = $5, decided_name = $6, result = $7 WHERE id = $1`,
    [id, to.state, to.reason, to.at, to.by.userId, to.by.name, to.result && JSON.stringify(to.result)],
  );
}
