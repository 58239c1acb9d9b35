import type { ScopeFilter } from '../../people/authorise.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { rubricSchema } from '../rubrics/rubricSchema.ts';
import { type JudgedTalk, judgedKinds } from './confusion.ts';

/** The latest inspections; older ones tell little of the rules as they are now. */
const talksMax = 10_000;
const idsAtOnce = 2000;

/** Whole conversations with a form that counts and is not in dispute, the last word on each, within the scope. */
export async function judgedTalks(postgres: Queryable, scope: ScopeFilter): Promise<JudgedTalk[]> {
  const { rows } = await postgres.query<{ session: string; marks: Record<string, { level: string }>; rubric: string }>(
    `SELECT session_id AS session, marks, rubric FROM (
       SELECT DISTINCT ON (t.session_id) t.id, t.session_id, f.marks, t.rubric_id || ' ' || t.rubric_version AS rubric
       FROM inspection_tasks t JOIN inspection_forms f ON f.id = t.final_form
       WHERE t.message IS NULL AND t.state IN ('submitted', 'reviewed')
         AND ($1::text[] IS NULL OR t.agent_id = ANY($1)) AND ($2::text[] IS NULL OR t.team = ANY($2)) AND ($3::text[] IS NULL OR t.shop = ANY($3))
       ORDER BY t.session_id, t.id DESC
     ) AS last ORDER BY id DESC LIMIT ${talksMax}`,
    [scope.agents, scope.teams, scope.shops],
  );
  const versions = await postgres.query<{ rubric: string; content: unknown }>(
    `SELECT rubric_id || ' ' || version AS rubric, content FROM rubric_versions WHERE rubric_id || ' ' || version = ANY($1)`,
    [[...new Set(rows.map(({ rubric }) => rubric))]],
  );
  const rubrics = new Map(versions.rows.map(({ rubric, content }) => [rubric, rubricSchema.parse(content)]));
  return rows.flatMap(({ session, marks, rubric }) => {
    const by = rubrics.get(rubric);
    return by ? [{ sessionId: session, ...judgedKinds(by, marks) }] : [];
  });
}

/** The rules that hold in these conversations; those that the automatic pass has not seen are left out. */
export async function rulesThatHold(
  { all }: ClickHouse,
  sessions: readonly string[],
): Promise<Map<string, Set<string>>> {
  const hits = new Map<string, Set<string>>();
  for (let at = 0; at < sessions.length; at += idsAtOnce) {
    const rows = await all.query<{ session_id: string; rules: string[] }>(
      `SELECT session_id, rules FROM (SELECT session_id FROM inspected_sessions FINAL WHERE session_id IN {sessions:Array(String)}) AS seen
       LEFT JOIN (
         SELECT session_id, groupUniqArray(toString(rule)) AS rules FROM rule_hits FINAL
         WHERE session_id IN {sessions:Array(String)} AND live = 1 GROUP BY session_id
       ) AS hit USING (session_id)`,
      { params: { sessions: sessions.slice(at, at + idsAtOnce) } },
    );
    for (const { session_id, rules } of rows) hits.set(session_id, new Set(rules));
  }
  return hits;
}
