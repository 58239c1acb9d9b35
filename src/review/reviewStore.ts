import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import { type Action, type ActionMove, actionMoves, actionStates, interviewees, occasionKinds } from './schemas.ts';

export interface By {
  readonly at: Date;
  readonly userId: string;
  readonly name: string;
}
const id = z.coerce.number();
const isoInJson = z.iso.datetime({ offset: true });

const occasionRow = z.object({
  id,
  kind: z.enum(occasionKinds),
  title: z.string(),
  day: z.string(),
  note: z.string(),
  madeAt: z.date(),
  madeName: z.string(),
  dropped: z.object({ at: isoInJson, by: z.string(), reason: z.string() }).nullable(),
  plans: z.array(
    z.object({
      plan: z.string(),
      decided: z
        .object({
          outcome: z.enum(['kept', 'changed']),
          reason: z.string(),
          draft: z.string().nullable(),
          version: z.number().nullable(),
          at: isoInJson,
          by: z.string(),
        })
        .nullable(),
    }),
  ),
});
export type StoredOccasion = z.infer<typeof occasionRow>;

/** All occasions, the latest day first, or one. */
export async function readOccasions(postgres: Queryable, one: number | null = null): Promise<StoredOccasion[]> {
  const { rows } = await postgres.query(
    `SELECT id, kind, title, day::text AS day, note, made_at AS "madeAt", made_name AS "madeName",
       CASE WHEN dropped_at IS NOT NULL THEN jsonb_build_object('at', dropped_at, 'by', dropped_name, 'reason', dropped_reason) END AS dropped,
       coalesce((
         SELECT jsonb_agg(jsonb_build_object('plan', plan_id, 'decided', CASE WHEN outcome IS NOT NULL THEN jsonb_build_object(
           'outcome', outcome, 'reason', reason, 'draft', draft_id, 'version', version, 'at', decided_at, 'by', decided_name
         ) END) ORDER BY plan_id)
         FROM reviewed_plans WHERE occasion_id = review_occasions.id
       ), '[]') AS plans
     FROM review_occasions WHERE $1::bigint IS NULL OR id = $1 ORDER BY day DESC, id DESC`,
    [one],
  );
  return rows.map((row) => occasionRow.parse(row));
}

/** Held until the transaction ends; null where there is none. */
export async function lockOccasion(connection: Queryable, one: number): Promise<StoredOccasion | null> {
  await connection.query('SELECT 1 FROM review_occasions WHERE id = $1 FOR UPDATE', [one]);
  return (await readOccasions(connection, one))[0] ?? null;
}

interface NewOccasion {
  readonly kind: StoredOccasion['kind'];
  readonly title: string;
  readonly day: string;
  readonly note: string;
  readonly plans: readonly string[];
}

export async function insertOccasion(connection: Queryable, occasion: NewOccasion, by: By): Promise<number> {
  const { kind, title, day, note, plans } = occasion;
  const made = await idOf(
    connection,
    `INSERT INTO review_occasions (kind, title, day, note, made_at, made_by, made_name) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [kind, title, day, note, by.at, by.userId, by.name],
  );
  await connection.query('INSERT INTO reviewed_plans (occasion_id, plan_id) SELECT $1, unnest($2::text[])', [
    made,
    plans,
  ]);
  return made;
}

export async function dropOccasion(connection: Queryable, one: number, reason: string, by: By): Promise<void> {
  await connection.query(
    'UPDATE review_occasions SET dropped_at = $2, dropped_name = $3, dropped_reason = $4 WHERE id = $1',
    [one, by.at, by.name, reason],
  );
}

export interface PlanOutcome {
  readonly occasion: number;
  readonly plan: string;
  readonly outcome: 'kept' | 'changed';
  readonly reason: string;
  readonly draft: string | null;
  readonly version: number | null;
}

export async function keepOutcome(connection: Queryable, decided: PlanOutcome, by: By): Promise<void> {
  const { occasion, plan, outcome, reason, draft, version } = decided;
  await connection.query(
    `UPDATE reviewed_plans SET outcome = $3, reason = $4, draft_id = $5, version = $6, decided_at = $7, decided_by = $8, decided_name = $9
     WHERE occasion_id = $1 AND plan_id = $2`,
    [occasion, plan, outcome, reason, draft, version, by.at, by.userId, by.name],
  );
}

const interviewRow = z.object({
  id,
  occasion: id.nullable(),
  whom: z.enum(interviewees),
  agentId: z.string().nullable(),
  team: z.string().nullable(),
  shop: z.string().nullable(),
  name: z.string(),
  day: z.string(),
  summary: z.string(),
  at: z.date(),
  by: z.string(),
  changes: z.array(
    z.object({ what: z.enum(['plan', 'definition']), subject: z.string(), version: z.number(), by: z.string() }),
  ),
});
export type StoredInterview = z.infer<typeof interviewRow>;

/** The latest day first. */
export async function readInterviews(postgres: Queryable): Promise<StoredInterview[]> {
  const { rows } = await postgres.query(
    `SELECT id, occasion_id AS occasion, whom, agent_id AS "agentId", team, shop, name, day::text AS day, summary, at, by_name AS by,
       coalesce((
         SELECT jsonb_agg(jsonb_build_object('what', what, 'subject', subject, 'version', version, 'by', by_name) ORDER BY changes.at, what, subject)
         FROM interview_changes AS changes WHERE interview_id = review_interviews.id
       ), '[]') AS changes
     FROM review_interviews ORDER BY day DESC, id DESC`,
  );
  return rows.map((row) => interviewRow.parse(row));
}

export type NewInterview = Omit<StoredInterview, 'id' | 'at' | 'by' | 'changes'>;

export async function insertInterview(connection: Queryable, given: NewInterview, by: By): Promise<number> {
  const { occasion, whom, agentId, team, shop, name, day, summary } = given;
  return idOf(
    connection,
    `INSERT INTO review_interviews (occasion_id, whom, agent_id, team, shop, name, day, summary, at, by_id, by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
    [occasion, whom, agentId, team, shop, name, day, summary, by.at, by.userId, by.name],
  );
}

/** null where there is none. */
export async function dayOfInterview(connection: Queryable, one: number): Promise<string | null> {
  const { rows } = await connection.query<{ day: string }>(
    'SELECT day::text AS day FROM review_interviews WHERE id = $1',
    [one],
  );
  return rows[0]?.day ?? null;
}

/** Linking the same again changes nothing. */
export async function insertChange(
  connection: Queryable,
  interview: number,
  change: { readonly what: 'plan' | 'definition'; readonly subject: string; readonly version: number },
  by: By,
): Promise<void> {
  await connection.query(
    `INSERT INTO interview_changes (interview_id, what, subject, version, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING`,
    [interview, change.what, change.subject, change.version, by.at, by.userId, by.name],
  );
}

const meetingRow = z.object({
  id,
  day: z.string(),
  departments: z.array(z.string()),
  notes: z.string(),
  at: z.date(),
  by: z.string(),
});
export type StoredMeeting = z.infer<typeof meetingRow>;

export async function readMeetings(postgres: Queryable): Promise<StoredMeeting[]> {
  const { rows } = await postgres.query(
    'SELECT id, day::text AS day, departments, notes, at, by_name AS by FROM committee_meetings ORDER BY day DESC, id DESC',
  );
  return rows.map((row) => meetingRow.parse(row));
}

/** Which departments came to a meeting; null where there is none. */
export async function departmentsOf(connection: Queryable, one: number): Promise<string[] | null> {
  const { rows } = await connection.query<{ departments: string[] }>(
    'SELECT departments FROM committee_meetings WHERE id = $1',
    [one],
  );
  return rows[0]?.departments ?? null;
}

export async function insertMeeting(
  connection: Queryable,
  { day, departments, notes }: Pick<StoredMeeting, 'day' | 'departments' | 'notes'>,
  by: By,
): Promise<number> {
  return idOf(
    connection,
    'INSERT INTO committee_meetings (day, departments, notes, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id',
    [day, departments, notes, by.at, by.userId, by.name],
  );
}

const actionRow = z.object({
  id,
  meeting: id,
  occasion: id.nullable(),
  department: z.string(),
  owner: z.string(),
  what: z.string(),
  dueOn: z.string(),
  state: z.enum(actionStates),
  events: z.array(
    z.object({ what: z.enum(actionMoves), reason: z.string(), dueOn: z.string(), at: isoInJson, by: z.string() }),
  ),
});
export type StoredAction = z.infer<typeof actionRow>;

const actionColumns = `id, meeting_id AS meeting, occasion_id AS occasion, department, owner, what, due_on::text AS "dueOn", state,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('what', events.what, 'reason', reason, 'dueOn', events.due_on, 'at', events.at, 'by', events.by_name)
      ORDER BY events.id)
    FROM action_events AS events WHERE action_id = committee_actions.id
  ), '[]') AS events`;

/** Open ones first, the soonest due first. */
export async function readActions(postgres: Queryable): Promise<StoredAction[]> {
  const { rows } = await postgres.query(
    `SELECT ${actionColumns} FROM committee_actions ORDER BY state = 'open' DESC, due_on, id`,
  );
  return rows.map((row) => actionRow.parse(row));
}

export async function lockAction(connection: Queryable, one: number): Promise<StoredAction | null> {
  const { rows } = await connection.query(`SELECT ${actionColumns} FROM committee_actions WHERE id = $1 FOR UPDATE`, [
    one,
  ]);
  return rows[0] === undefined ? null : actionRow.parse(rows[0]);
}

export async function insertAction(
  connection: Queryable,
  action: Omit<StoredAction, 'id' | 'state' | 'events'>,
  by: By,
): Promise<number> {
  const { meeting, occasion, department, owner, what, dueOn } = action;
  return idOf(
    connection,
    `INSERT INTO committee_actions (meeting_id, occasion_id, department, owner, what, due_on, state, at, by_id, by_name)
     VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9) RETURNING id`,
    [meeting, occasion, department, owner, what, dueOn, by.at, by.userId, by.name],
  );
}

interface Moved {
  readonly move: ActionMove;
  readonly state: Action['state'];
  readonly dueOn: string;
  readonly reason: string;
}

export async function keepMove(connection: Queryable, one: number, moved: Moved, by: By): Promise<void> {
  const { move, state, dueOn, reason } = moved;
  await connection.query('UPDATE committee_actions SET state = $2, due_on = $3 WHERE id = $1', [one, state, dueOn]);
  await connection.query(
    'INSERT INTO action_events (action_id, what, reason, due_on, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [one, move, reason, dueOn, by.at, by.userId, by.name],
  );
}

export async function isOccasion(connection: Queryable, one: number): Promise<boolean> {
  const { rows } = await connection.query('SELECT 1 FROM review_occasions WHERE id = $1', [one]);
  return rows.length > 0;
}

async function idOf(connection: Queryable, sql: string, values: unknown[]): Promise<number> {
  const { rows } = await connection.query<{ id: string }>(sql, values);
  const [row] = rows;
  if (!row) throw new Error('an insert returned nothing');
  return Number(row.id);
}
