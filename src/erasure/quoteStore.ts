import type { Queryable } from '../platform/transaction.ts';

/** Conversations of which PostgreSQL keeps something that was said: by their ids, or by when they took place. */
type Quoted = { readonly sessions: readonly string[] } | { readonly before: Date };

const condition = (which: Quoted): readonly [string, Date | readonly string[]] =>
  'before' in which ? ['happened_at < $1', which.before] : ['session_id = ANY ($1)', which.sessions];

/** Conversations of which something may be kept. */
export async function quotedSessions(postgres: Queryable): Promise<string[]> {
  const { rows } = await postgres.query<{ id: string }>(
    'SELECT session_id AS id FROM inspection_tasks UNION SELECT session_id FROM best_cases',
  );
  return rows.map(({ id }) => id);
}

/** How many quotes, and rules tried on history, are from before an instant. */
export async function countQuotes(postgres: Queryable, before: Date): Promise<number> {
  const { rows } = await postgres.query<{ n: number }>(
    `SELECT (
       (SELECT count(*) FROM assistant_suggestions WHERE task_id IN (SELECT id FROM inspection_tasks WHERE happened_at < $1)) +
       (SELECT count(*) FROM service_templates WHERE excerpt <> '[]' AND case_id IN (SELECT id FROM best_cases WHERE happened_at < $1)) +
       (SELECT count(*) FROM rule_trials WHERE started_at < $1))::int AS n`,
    [before],
  );
  const [counted] = rows;
  if (!counted) throw new Error('a count without a row');
  return counted.n;
}

/**
 * Takes away what a language model quoted of these conversations and what service templates show of them; what people wrote beside it
 * stays. Tried rules quote whatever they were tried on, and go as a whole: they are kept for a week at most. Answers how many rows of which table.
 */
export async function eraseQuotes(postgres: Queryable, which: Quoted): Promise<Record<string, number>> {
  const [of, value] = condition(which);
  const suggestions = await postgres.query(
    `DELETE FROM assistant_suggestions WHERE task_id IN (SELECT id FROM inspection_tasks WHERE ${of})`,
    [value],
  );
  const templates = await postgres.query(
    `UPDATE service_templates SET excerpt = '[]', searched = title || E'\n' || own_words
     WHERE excerpt <> '[]' AND case_id IN (SELECT id FROM best_cases WHERE ${of})`,
    [value],
  );
  const trials = await postgres.query('DELETE FROM rule_trials');
  await postgres.query('VACUUM assistant_suggestions, service_templates, rule_trials');
  return {
    assistant_suggestions: Number(suggestions.rowCount),
    service_templates: Number(templates.rowCount),
    rule_trials: Number(trials.rowCount),
  };
}

/** What the best cases among these conversations are about. */
export async function casesOf(postgres: Queryable, sessions: readonly string[]) {
  const { rows } = await postgres.query<{ id: string; issue: string }>(
    `SELECT id, issue FROM best_cases WHERE issue <> '' AND session_id = ANY ($1)`,
    [sessions],
  );
  return rows;
}

export async function renameIssue(postgres: Queryable, id: string, issue: string): Promise<void> {
  await postgres.query('UPDATE best_cases SET issue = $2 WHERE id = $1', [id, issue]);
}
