import { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';

const nominationRow = z.object({
  id: z.number(),
  period: z.string(),
  planId: z.string(),
  formId: z.string(),
  item: z.string(),
  most: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  team: z.string(),
  shop: z.string(),
  what: z.string(),
  evidence: z.string(),
  at: z.date(),
  byId: z.string(),
  byName: z.string(),
  /** The latest decision; null while nobody has decided. */
  decision: z
    .object({
      accepted: z.boolean(),
      points: z.string(),
      reason: z.string(),
      byName: z.string(),
      at: z.string(),
      version: z.number(),
    })
    .nullable(),
});
export type Nomination = z.infer<typeof nominationRow>;

const select = `SELECT n.id::int AS id, n.period, n.plan_id AS "planId", n.form_id AS "formId", n.item, trim_scale(n.most)::text AS most,
    n.agent_id AS "agentId", n.agent_name AS "agentName", n.team, n.shop, n.what, n.evidence, n.at, n.by_id AS "byId", n.by_name AS "byName",
    CASE WHEN d.version IS NULL THEN NULL ELSE json_build_object('accepted', d.accepted, 'points', trim_scale(d.points)::text, 'reason', d.reason,
      'byName', d.by_name, 'at', d.at, 'version', d.version) END AS decision
  FROM nominations n
  LEFT JOIN LATERAL (SELECT * FROM nomination_decisions WHERE nomination_id = n.id ORDER BY version DESC LIMIT 1) AS d ON true`;

/** The nominations of these periods, the latest first. */
export async function nominationsIn(postgres: Queryable, periods: readonly string[]): Promise<Nomination[]> {
  const { rows } = await postgres.query(`${select} WHERE n.period = ANY($1) ORDER BY n.id DESC`, [periods]);
  return rows.map((row) => nominationRow.parse(row));
}

/** One nomination, held until the transaction ends. Throws NotFound `nomination.unknown`. */
export async function nominationById(connection: Queryable, id: number): Promise<Nomination> {
  await connection.query('SELECT 1 FROM nominations WHERE id = $1 FOR UPDATE', [id]);
  const { rows } = await connection.query(`${select} WHERE n.id = $1`, [id]);
  if (!rows[0]) throw new NotFound('nomination.unknown', { nomination: id });
  return nominationRow.parse(rows[0]);
}

export interface NewNomination extends Omit<Nomination, 'id' | 'decision' | 'byId' | 'byName'> {
  readonly planVersion: number;
}

export async function insertNomination(connection: Queryable, actor: Actor, given: NewNomination): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO nominations (period, plan_id, plan_version, form_id, item, most, agent_id, agent_name, team, shop, what, evidence, at, by_id, by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id::int AS id`,
    [
      ...[
        given.period,
        given.planId,
        given.planVersion,
        given.formId,
        given.item,
        given.most,
        given.agentId,
        given.agentName,
      ],
      ...[given.team, given.shop, given.what, given.evidence, given.at, actor.userId, actor.name],
    ],
  );
  if (!rows[0]) throw new Error('a nomination returned no id');
  return rows[0].id;
}

export interface Deciding {
  readonly accepted: boolean;
  readonly points: string;
  readonly reason: string;
  readonly at: Date;
}

/** The next decision on a nomination; its points go out anew. */
export async function insertDecision(
  connection: Queryable,
  { id, decision }: Nomination,
  by: Actor,
  { accepted, points, reason, at }: Deciding,
): Promise<void> {
  await connection.query(
    `INSERT INTO nomination_decisions (nomination_id, version, at, by_id, by_name, accepted, points, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, decision === null ? 1 : decision.version + 1, at, by.userId, by.name, accepted, points, reason],
  );
  await connection.query('UPDATE nominations SET facts_revision = facts_revision + 1 WHERE id = $1', [id]);
}

export interface Unsent {
  readonly period: string;
  readonly planId: string;
  readonly formId: string;
  readonly agentId: string;
  readonly item: string;
  readonly most: string;
  /** The points of every accepted nomination of this person in this form and period. */
  readonly accepted: readonly string[];
  readonly ids: readonly { readonly id: number; readonly revision: number }[];
  readonly revision: number;
}

/** People whose nominations were decided on since their points went out last. */
export async function unsentNominations(postgres: Queryable): Promise<Unsent[]> {
  const { rows } = await postgres.query<{ [Key in keyof Unsent]: Unsent[Key] }>(
    `SELECT n.period, n.plan_id AS "planId", n.form_id AS "formId", n.agent_id AS "agentId", max(n.item) AS item,
       trim_scale(max(n.most))::text AS most,
       coalesce(json_agg(trim_scale(d.points)::text) FILTER (WHERE d.accepted), '[]') AS accepted,
       json_agg(json_build_object('id', n.id, 'revision', n.facts_revision)) AS ids,
       sum(n.facts_revision)::int AS revision
     FROM nominations n
     LEFT JOIN LATERAL (SELECT * FROM nomination_decisions WHERE nomination_id = n.id ORDER BY version DESC LIMIT 1) AS d ON true
     GROUP BY n.period, n.plan_id, n.form_id, n.agent_id
     HAVING bool_or(n.facts_sent < n.facts_revision)
     ORDER BY n.period, n.agent_id`,
  );
  return rows;
}

export async function markNominationsSent(postgres: Queryable, ids: Unsent['ids']): Promise<void> {
  for (const { id, revision } of ids)
    await postgres.query('UPDATE nominations SET facts_sent = $2 WHERE id = $1', [id, revision]);
}
