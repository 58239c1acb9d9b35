import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import type { Form, Task } from './task.ts';

interface TaskRow {
  id: string;
  sample_id: string | null;
  stratum: string | null;
  reasons: string[];
  session_id: string;
  message: number | null;
  agent_id: string;
  agent_name: string;
  team: string;
  shop: string;
  happened_at: Date;
  rubric_id: string;
  rubric_version: number;
  hide_agent: boolean;
  assignee: string | null;
  state: Task['state'];
  final_form: string | null;
  counted: string | null;
  facts_revision: number;
  facts_items: string[];
  own_record: boolean;
}

const taskOf = (row: TaskRow): Task => ({
  ...{ id: Number(row.id), sampleId: row.sample_id === null ? null : Number(row.sample_id), stratum: row.stratum },
  ...{ reasons: row.reasons, sessionId: row.session_id, message: row.message, agentId: row.agent_id },
  ...{ agentName: row.agent_name, team: row.team, shop: row.shop, happenedAt: row.happened_at.toISOString() },
  ...{ rubricId: row.rubric_id, rubricVersion: row.rubric_version, hideAgent: row.hide_agent, assignee: row.assignee },
  ...{ state: row.state, finalForm: row.final_form === null ? null : Number(row.final_form), counted: row.counted },
  ...{ factsRevision: row.facts_revision, factsItems: row.facts_items, ownRecord: row.own_record },
});

/** The task; with `lock` nobody else changes it until the transaction ends. Throws NotFound `inspection.unknown`. */
export async function taskById(postgres: Queryable, id: number, lock: 'lock' | 'read' = 'read'): Promise<Task> {
  const { rows } = await postgres.query<TaskRow>(
    `SELECT * FROM inspection_tasks WHERE id = $1${lock === 'lock' ? ' FOR UPDATE' : ''}`,
    [id],
  );
  if (!rows[0]) throw new NotFound('inspection.unknown', { inspection: id });
  return taskOf(rows[0]);
}

/**
 * What the task's score weighs beside the others of its sample, to three places: population ÷ drawn of its stratum, over the same of all that
 * was drawn from, so that the mean weight is 1 and no sample outweighs what comes from elsewhere. null outside samples.
 */
export async function weightInSample(postgres: Queryable, { sampleId, stratum }: Task): Promise<string | null> {
  if (sampleId === null) return null;
  const { rows } = await postgres.query<{ weight: string }>(
    `SELECT round(population::numeric / drawn * whole.units / whole.conversations, 3)::text AS weight FROM inspection_strata,
       (SELECT sum(population) AS conversations, sum(drawn) AS units FROM inspection_strata WHERE sample_id = $1 AND drawn > 0) AS whole
     WHERE sample_id = $1 AND stratum = $2`,
    [sampleId, stratum],
  );
  if (!rows[0]) throw new Error(`sample ${sampleId} has no stratum of a task of its own`);
  return rows[0].weight;
}

/** Tasks whose last change has not gone out as facts, oldest first. */
export async function unsentTasks(postgres: Queryable, limit: number): Promise<Task[]> {
  const { rows } = await postgres.query<TaskRow>(
    'SELECT * FROM inspection_tasks WHERE facts_sent < facts_revision ORDER BY id LIMIT $1',
    [limit],
  );
  return rows.map(taskOf);
}

interface FormRow {
  id: string;
  inspector: string;
  inspector_name: string;
  inspector_agent: string | null;
  purpose: Form['purpose'];
  marks: Form['marks'];
  comment: string;
  revision: number;
  seconds: number;
  submitted_at: Date | null;
  score: string | null;
}

/** The forms of a task, the oldest first. */
export async function formsOf(postgres: Queryable, taskId: number): Promise<Form[]> {
  const { rows } = await postgres.query<FormRow>(
    `SELECT id, inspector, inspector_name, inspector_agent, purpose, marks, comment, revision, seconds, submitted_at, score
     FROM inspection_forms WHERE task_id = $1 ORDER BY id`,
    [taskId],
  );
  return rows.map((row) => ({
    ...{
      id: Number(row.id),
      inspector: row.inspector,
      inspectorName: row.inspector_name,
      inspectorAgent: row.inspector_agent,
    },
    ...{ purpose: row.purpose, marks: row.marks, comment: row.comment, revision: row.revision, seconds: row.seconds },
    ...{ submittedAt: row.submitted_at?.toISOString() ?? null, score: row.score },
  }));
}

export interface EventRow {
  readonly at: Date;
  readonly by_id: string;
  readonly by_name: string;
  readonly what: 'submitted' | 'undone' | 'second' | 'asked' | 'disputed' | 'apart' | 'upheld' | 'changed' | 'appealed';
  readonly text: string;
  readonly score: string | null;
}

export async function eventsOf(postgres: Queryable, taskId: number): Promise<EventRow[]> {
  const { rows } = await postgres.query<EventRow>(
    'SELECT at, by_id, by_name, what, text, score FROM inspection_events WHERE task_id = $1 ORDER BY id',
    [taskId],
  );
  return rows;
}

export async function insertEvent(connection: Queryable, taskId: number, event: EventRow): Promise<void> {
  const { at, by_id, by_name, what, text, score } = event;
  await connection.query(
    'INSERT INTO inspection_events (task_id, at, by_id, by_name, what, text, score) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [taskId, at, by_id, by_name, what, text, score],
  );
}

/** Moves the task on; its facts go out anew. */
export async function moveTask(
  connection: Queryable,
  id: number,
  to: { readonly state: Task['state']; readonly finalForm: number | null; readonly counted?: string | null },
) {
  await connection.query(
    'UPDATE inspection_tasks SET state = $2, final_form = $3, counted = $4, facts_revision = facts_revision + 1 WHERE id = $1',
    [id, to.state, to.finalForm, to.counted ?? null],
  );
}
