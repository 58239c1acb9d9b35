import { z } from 'zod';
import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { textSchema } from '../../scores/schemas.ts';
import { type Correction, correctionSchema } from './correction.ts';
import { appealKinds, appealStates, type Compared, outcomes } from './schemas.ts';

const rowSchema = z.object({
  id: z.coerce.number(),
  period: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  team: z.string(),
  shop: z.string(),
  cardVersion: z.number(),
  issuedVersion: z.number(),
  planId: z.string(),
  kind: z.enum(appealKinds),
  subject: z.string(),
  title: textSchema,
  items: z.array(z.string()),
  whole: z.boolean(),
  rule: z.string().nullable(),
  judgedBy: z.array(z.string()),
  judgeName: z.string().nullable(),
  reason: z.string(),
  submittedAt: z.date(),
  submittedBy: z.string(),
  submittedName: z.string(),
  state: z.enum(appealStates),
  outcome: z.enum(outcomes).nullable(),
  dueOn: z.string().nullable(),
  // Written by us when it was decided, and never altered since.
  result: z.custom<Compared>().nullable(),
});
export type StoredAppeal = z.infer<typeof rowSchema>;

const columns = `id, period, agent_id AS "agentId", agent_name AS "agentName", team, shop, card_version AS "cardVersion", issued_version AS "issuedVersion",
  plan_id AS "planId", kind, subject, title, items, whole, rule, judged_by AS "judgedBy", judge_name AS "judgeName", reason,
  submitted_at AS "submittedAt", submitted_by AS "submittedBy", submitted_name AS "submittedName", state, outcome,
  due_on::text AS "dueOn", result`;

/** One appeal; with `lock` nobody else decides on it until the transaction ends. Throws NotFound `appeal.unknown`. */
export async function appealById(postgres: Queryable, id: number, lock = false): Promise<StoredAppeal> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM appeals WHERE id = $1${lock ? ' FOR UPDATE' : ''}`, [
    id,
  ]);
  if (!rows[0]) throw new NotFound('appeal.unknown', { appeal: id });
  return rowSchema.parse(rows[0]);
}

/** Whose appeals somebody may see; null leaves a column free. */
export interface Reach {
  readonly agents: readonly string[] | null;
  readonly teams: readonly string[] | null;
  readonly shops: readonly string[] | null;
}

const within = `($1::text[] IS NULL OR agent_id = ANY($1)) AND ($2::text[] IS NULL OR team = ANY($2))
  AND ($3::text[] IS NULL OR shop = ANY($3))`;
const reachOf = ({ agents, teams, shops }: Reach) => [agents, teams, shops];

/** Those that wait, the one due first first; or those that are decided, the latest first. */
export async function listAppeals(postgres: Queryable, reach: Reach, view: 'open' | 'final'): Promise<StoredAppeal[]> {
  const { rows } = await postgres.query(
    view === 'open'
      ? `SELECT ${columns} FROM appeals WHERE ${within} AND state <> 'final' ORDER BY due_on, id`
      : `SELECT ${columns} FROM appeals WHERE ${within} AND state = 'final' ORDER BY id DESC LIMIT 500`,
    reachOf(reach),
  );
  return rows.map((row) => rowSchema.parse(row));
}

export async function appealsOfCard(postgres: Queryable, period: string, agentId: string): Promise<StoredAppeal[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM appeals WHERE period = $1 AND agent_id = $2 ORDER BY id`,
    [period, agentId],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** How many wait, how many of them past the day they were due, and how many cases wait to be looked at again. */
export async function countAppeals(
  postgres: Queryable,
  reach: Reach,
  today: string,
): Promise<{ open: number; overdue: number; reviews: number }> {
  const { rows } = await postgres.query(
    `SELECT
       (SELECT count(*)::int FROM appeals WHERE ${within} AND state <> 'final') AS open,
       (SELECT count(*)::int FROM appeals WHERE ${within} AND due_on < $4::date) AS overdue,
       (SELECT count(*)::int FROM appeal_reviews WHERE ${within} AND state = 'open') AS reviews`,
    [...reachOf(reach), today],
  );
  return z.object({ open: z.number(), overdue: z.number(), reviews: z.number() }).parse(rows[0]);
}

export type NewAppeal = Omit<StoredAppeal, 'id' | 'state' | 'outcome' | 'result'>;

/** Null where the same of this result was appealed against before, or an appeal against it is open. */
export async function insertAppeal(connection: Queryable, appeal: NewAppeal): Promise<number | null> {
  const { rows } = await connection.query<{ id: string }>(
    `INSERT INTO appeals (period, agent_id, agent_name, team, shop, card_version, issued_version, plan_id, kind, subject, title, items, whole, rule,
       judged_by, judge_name, reason, submitted_at, submitted_by, submitted_name, state, due_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'submitted', $21)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      ...[appeal.period, appeal.agentId, appeal.agentName, appeal.team, appeal.shop, appeal.cardVersion],
      ...[
        appeal.issuedVersion,
        appeal.planId,
        appeal.kind,
        appeal.subject,
        JSON.stringify(appeal.title),
        appeal.items,
        appeal.whole,
        appeal.rule,
        appeal.judgedBy,
      ],
      ...[appeal.judgeName, appeal.reason, appeal.submittedAt, appeal.submittedBy, appeal.submittedName, appeal.dueOn],
    ],
  );
  return rows[0] === undefined ? null : Number(rows[0].id);
}

/** Moves an appeal on: to HR, or to its end with what came of it. */
export async function moveAppeal(
  connection: Queryable,
  id: number,
  to:
    | { readonly state: 'hr'; readonly dueOn: string }
    | { readonly state: 'final'; readonly outcome: 'upheld' | 'rejected'; readonly result: Compared | null },
): Promise<void> {
  const [outcome, dueOn, result] =
    to.state === 'hr' ? [null, to.dueOn, null] : [to.outcome, null, to.result && JSON.stringify(to.result)];
  await connection.query('UPDATE appeals SET state = $2, outcome = $3, due_on = $4, result = $5 WHERE id = $1', [
    ...[id, to.state, outcome, dueOn, result],
  ]);
}

const decisionSchema = z.object({
  step: z.enum(['supervisor', 'hr']),
  decision: z.enum(outcomes),
  reason: z.string(),
  corrections: z.array(correctionSchema),
  at: z.date(),
  byId: z.string(),
  byName: z.string(),
  /** Given in a supervisor's place, as there was none without a hand in it. */
  inPlace: z.boolean(),
});
export type StoredDecision = z.infer<typeof decisionSchema>;

/** What was decided so far, the supervisor's word first. */
export async function decisionsOf(postgres: Queryable, appeal: number): Promise<StoredDecision[]> {
  const { rows } = await postgres.query(
    `SELECT step, decision, reason, corrections, at, by_id AS "byId", by_name AS "byName", in_place AS "inPlace"
     FROM appeal_decisions WHERE appeal_id = $1 ORDER BY at, step DESC`,
    [appeal],
  );
  return rows.map((row) => decisionSchema.parse(row));
}

export async function insertDecision(
  connection: Queryable,
  appeal: number,
  decision: Omit<StoredDecision, 'corrections'> & { readonly corrections: readonly Correction[] },
): Promise<void> {
  const { step, reason, corrections, at, byId, byName, inPlace } = decision;
  await connection.query(
    `INSERT INTO appeal_decisions (appeal_id, step, decision, reason, corrections, at, by_id, by_name, in_place)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [appeal, step, decision.decision, reason, JSON.stringify(corrections), at, byId, byName, inPlace],
  );
}

const decidedRow = z.object({
  upheld: z.boolean(),
  rule: z.string().nullable(),
  judgeId: z.string().nullable(),
  judgeName: z.string().nullable(),
  items: z.array(z.string()),
  planId: z.string(),
  /** Incidents that somebody who decided on it named as what was wrong. */
  named: z.array(z.string()),
  /** Of an appeal against an item, the incidents that the card charged under it. */
  charged: z.array(z.string()),
});

/** Every decided appeal within reach, with what it was about. */
export async function decidedAppeals(postgres: Queryable, reach: Reach): Promise<z.infer<typeof decidedRow>[]> {
  const { rows } = await postgres.query(
    `SELECT outcome = 'upheld' AS upheld, rule, judged_by[cardinality(judged_by)] AS "judgeId", judge_name AS "judgeName", items,
       plan_id AS "planId",
       ARRAY(
         SELECT DISTINCT correction->>'incidentId' FROM appeal_decisions, jsonb_array_elements(corrections) AS correction
         WHERE appeal_id = appeals.id AND correction->>'kind' = 'incident' ORDER BY 1
       ) AS named,
       ARRAY(
         SELECT DISTINCT deduction->>'incidentId' FROM scorecards card, jsonb_array_elements(card.card->'items') AS item,
           jsonb_array_elements(item->'deductions') AS deduction
         WHERE kind = 'item' AND card.period = appeals.period AND card.agent_id = appeals.agent_id AND card.version = card_version
           AND item->>'id' = subject AND deduction->>'incidentId' IS NOT NULL ORDER BY 1
       ) AS charged
     FROM appeals WHERE ${within} AND state = 'final' ORDER BY id`,
    reachOf(reach),
  );
  return rows.map((each) => decidedRow.parse(each));
}

/** What of somebody's card waits for the end of an appeal: everything, or these items. */
export type Held = 'all' | readonly string[];

/** By agent and period, what waits while appeals are open. Nobody is in it once everything is decided. */
export async function heldFor(
  postgres: Queryable,
  periods: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Held>>> {
  const { rows } = await postgres.query<{ agentId: string; period: string; whole: boolean; items: string[] }>(
    `SELECT agent_id AS "agentId", period, whole, items FROM appeals
     WHERE period = ANY($1) AND state <> 'final' ORDER BY agent_id, period, id`,
    [periods],
  );
  const held = new Map<string, Map<string, Held>>();
  for (const { agentId, period, whole, items } of rows) {
    const own = held.get(agentId) ?? new Map<string, Held>();
    const known = own.get(period) ?? [];
    own.set(period, whole || known === 'all' ? 'all' : [...new Set([...known, ...items])].sort());
    held.set(agentId, own);
  }
  return held;
}
