import { seededDraws } from '../../metrics/seededDraws.ts';
import type { Queryable } from '../../platform/transaction.ts';
import type { Marks } from '../rubrics/marksSchema.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';
import { rubricVersions } from '../rubrics/rubricStore.ts';
import { agreementOf } from './agree.ts';
import type { KeptAssistant } from './assistantStore.ts';
import { type Discarded, marksOf, type SuggestedItem } from './readAnswer.ts';
import type { AgreementView } from './schemas.ts';

export interface Suggestion {
  readonly model: string;
  readonly askedAt: Date;
  readonly items: readonly SuggestedItem[];
  readonly discarded: readonly Discarded[];
}

/** Keeps a suggestion; of two that come at once the first stays. */
export async function insertSuggestion(postgres: Queryable, task: number, one: Suggestion): Promise<void> {
  await postgres.query(
    `INSERT INTO assistant_suggestions (task_id, model, asked_at, items, discarded) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (task_id, model) DO NOTHING`,
    [task, one.model, one.askedAt, JSON.stringify(one.items), JSON.stringify(one.discarded)],
  );
}

export async function suggestionOf(postgres: Queryable, task: number, model: string): Promise<Suggestion | null> {
  const { rows } = await postgres.query<Suggestion>(
    'SELECT model, asked_at AS "askedAt", items, discarded FROM assistant_suggestions WHERE task_id = $1 AND model = $2',
    [task, model],
  );
  return rows[0] ?? null;
}

export async function markShown(postgres: Queryable, task: number, model: string, at: Date): Promise<void> {
  await postgres.query(
    'UPDATE assistant_suggestions SET shown_at = $3 WHERE task_id = $1 AND model = $2 AND shown_at IS NULL',
    [task, model, at],
  );
}

const pairsMost = 500;
const unasked = `FROM inspection_tasks t
     WHERE t.rubric_id = $1 AND t.final_form IS NOT NULL AND t.state <> 'open'
       AND NOT EXISTS (SELECT FROM assistant_suggestions s WHERE s.task_id = t.id AND s.model = $2)`;

/** The model's agreement with people over the last conversations of a rubric; only forms handed in before anybody was shown the suggestion. */
export async function agreementWith(
  postgres: Queryable,
  rubricId: string,
  model: string,
  needs: Pick<KeptAssistant, 'threshold' | 'sharedMin'>,
): Promise<AgreementView> {
  const { rows } = await postgres.query<{ version: number; items: SuggestedItem[]; marks: Marks }>(
    `SELECT t.rubric_version AS version, s.items, f.marks
     FROM assistant_suggestions s JOIN inspection_tasks t ON t.id = s.task_id JOIN inspection_forms f ON f.id = t.final_form
     WHERE s.model = $1 AND t.rubric_id = $2 AND f.score IS NOT NULL AND (s.shown_at IS NULL OR f.submitted_at < s.shown_at)
     ORDER BY s.id DESC LIMIT $3`,
    [model, rubricId, pairsMost],
  );
  const versions = new Map<number, Rubric>(
    (await rubricVersions(postgres, rubricId)).map(({ version, rubric }) => [version, rubric]),
  );
  const pairs = rows.flatMap(({ version, items, marks }) => {
    const rubric = versions.get(version);
    return rubric ? [{ rubric, people: marks, model: marksOf(items) }] : [];
  });
  return agreementOf(pairs, needs, seededDraws(`agreement of ${model}`));
}

/** How many tasks of a rubric people have scored and the model has not. */
export async function countUnasked(postgres: Queryable, rubricId: string, model: string): Promise<number> {
  const { rows } = await postgres.query<{ count: number }>(`SELECT count(*)::int AS count ${unasked}`, [
    rubricId,
    model,
  ]);
  return Number(rows[0]?.count);
}

/** Tasks of a rubric that people have scored and the model has not, newest first; what was tried since `triedAfter` in vain comes last. */
export async function unaskedTasks(
  postgres: Queryable,
  rubricId: string,
  model: string,
  limit: number,
  triedAfter: Date,
): Promise<number[]> {
  const { rows } = await postgres.query<{ id: number }>(
    `SELECT t.id::int AS id ${unasked}
     ORDER BY EXISTS (SELECT FROM assistant_requests r WHERE r.task_id = t.id AND r.model = $2 AND r.at > $4), t.id DESC LIMIT $3`,
    [rubricId, model, limit, triedAfter],
  );
  return rows.map(({ id }) => id);
}
