import { NotFound } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import type { ExcerptLine } from './excerptOf.ts';
import type { CaseReason, ProposedCase } from './proposeCases.ts';
import type { Strategy } from './strategies.ts';

export interface StoredCase {
  readonly id: number;
  readonly week: string;
  readonly sessionId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly team: string;
  readonly shop: string;
  readonly issue: string;
  readonly happenedAt: Date;
  readonly reasons: CaseReason[];
  readonly rating: number | null;
  readonly feelingStart: number | null;
  readonly feelingEnd: number | null;
  readonly votes: number;
  readonly voted: boolean;
  readonly template: {
    readonly title: string;
    readonly strategies: Strategy[];
    readonly words: string;
    readonly excerpt: ExcerptLine[];
    readonly madeAt: string;
    readonly madeName: string;
  } | null;
}

const columns = `c.id::int AS id, c.week::text AS week, c.session_id AS "sessionId", c.agent_id AS "agentId", c.agent_name AS "agentName", c.team, c.shop, c.issue,
  c.happened_at AS "happenedAt", c.reasons, c.rating, c.feeling_start AS "feelingStart", c.feeling_end AS "feelingEnd",
  (SELECT count(*) FROM best_case_votes v WHERE v.case_id = c.id)::int AS votes,
  EXISTS (SELECT 1 FROM best_case_votes v WHERE v.case_id = c.id AND v.member = $1) AS voted,
  CASE WHEN t.case_id IS NULL THEN NULL ELSE jsonb_build_object('title', t.title, 'strategies', t.strategies, 'words', t.own_words, 'excerpt', t.excerpt,
    'madeAt', to_char(t.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'madeName', t.made_name) END AS template`;
const from = 'best_cases c LEFT JOIN service_templates t ON t.case_id = c.id';

/** A case as this member sees it; with `lock` nobody else changes it until the transaction ends. Throws NotFound `case.unknown`. */
export async function caseById(postgres: Queryable, member: string, id: number, lock: 'lock' | 'read' = 'read') {
  const { rows } = await postgres.query<{ [Name in keyof StoredCase]: StoredCase[Name] }>(
    `SELECT ${columns} FROM ${from} WHERE c.id = $2${lock === 'lock' ? ' FOR UPDATE OF c' : ''}`,
    [member, id],
  );
  if (!rows[0]) throw new NotFound('case.unknown', { case: id });
  return rows[0];
}

export interface CasesAsked {
  readonly member: string;
  readonly view: 'proposed' | 'templates';
  /** Whose; null of all leaves it free. */
  readonly scope: {
    readonly agents: readonly string[] | null;
    readonly teams: readonly string[] | null;
    readonly shops: readonly string[] | null;
  };
  readonly text: string;
  readonly strategy: Strategy | null;
  readonly reason: CaseReason | null;
  readonly id: number | null;
  readonly after: number;
  readonly limit: number;
}

/** Whose cases these are; the three parameters from `first` on, null where free. */
const inScope = (first: number) =>
  (['agent_id', 'team', 'shop'] as const)
    .map((column, i) => `($${first + i}::text[] IS NULL OR c.${column} = ANY($${first + i}))`)
    .join(' AND ');

/** Proposals by week, then votes, then place; templates the latest first. `after` is how many to pass over. */
export async function listOf(postgres: Queryable, asked: CasesAsked): Promise<StoredCase[]> {
  const { member, view, scope, text, strategy, reason, id, after, limit } = asked;
  const order = view === 'proposed' ? 'c.week DESC, votes DESC, c.place, c.id' : 't.made_at DESC, c.id';
  const { rows } = await postgres.query<{ [Name in keyof StoredCase]: StoredCase[Name] }>(
    `SELECT ${columns} FROM ${from}
     WHERE t.case_id IS ${view === 'proposed' ? 'NULL' : 'NOT NULL'} AND ${inScope(2)}
       AND ($5 = '' OR strpos(lower(concat_ws(' ', t.searched, c.issue, c.agent_name)), lower($5)) > 0)
       AND ($6::text IS NULL OR $6 = ANY(t.strategies)) AND ($7::text IS NULL OR $7 = ANY(c.reasons))
       AND ($8::bigint IS NULL OR c.id = $8)
     ORDER BY ${order} OFFSET $9 LIMIT $10`,
    [member, scope.agents, scope.teams, scope.shops, text, strategy, reason, id, after, limit],
  );
  return rows;
}

/** How many proposals of this scope there are, and how many templates in all. */
export async function countCases(postgres: Queryable, scope: CasesAsked['scope']) {
  const { rows } = await postgres.query<{ proposed: number; templates: number }>(
    `SELECT count(*) FILTER (WHERE t.case_id IS NULL AND ${inScope(1)})::int AS proposed, count(t.case_id)::int AS templates FROM ${from}`,
    [scope.agents, scope.teams, scope.shops],
  );
  if (!rows[0]) throw new Error('counting returned nothing');
  return rows[0];
}

/** Weeks that were looked at, since a day. */
export async function weeksLookedAt(postgres: Queryable, since: string): Promise<Set<string>> {
  const { rows } = await postgres.query<{ week: string }>(
    'SELECT week::text AS week FROM best_case_weeks WHERE week >= $1::date',
    [since],
  );
  return new Set(rows.map(({ week }) => week));
}

/** Takes back what was proposed for the week and nobody voted for; answers what stays. */
export async function clearUnvoted(connection: Queryable, week: string) {
  await connection.query(
    `DELETE FROM best_cases c WHERE week = $1::date AND NOT EXISTS (SELECT 1 FROM best_case_votes v WHERE v.case_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM service_templates t WHERE t.case_id = c.id)`,
    [week],
  );
  const { rows } = await connection.query<{ sessionId: string; agentId: string; team: string; place: number }>(
    `SELECT session_id AS "sessionId", agent_id AS "agentId", team, place FROM best_cases WHERE week = $1::date ORDER BY place`,
    [week],
  );
  return rows;
}

export interface NewCase extends ProposedCase {
  readonly agentName: string;
  readonly shop: string;
  readonly issue: string;
  readonly place: number;
}

export async function insertCase(connection: Queryable, week: string, each: NewCase, by: { at: Date; who: string }) {
  const { candidate: of, reasons, agentName, shop, issue, place } = each;
  await connection.query(
    `INSERT INTO best_cases (week, session_id, agent_id, agent_name, team, shop, issue, happened_at, reasons, rating, feeling_start, feeling_end, place, proposed_at, proposed_by)
     VALUES ($1::date, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (session_id) DO NOTHING`,
    [
      ...[week, of.sessionId, of.agentId, agentName, of.team, shop, issue, new Date(of.startedMs), reasons],
      ...[of.rating, of.feelingStart, of.feelingEnd, place, by.at, by.who],
    ],
  );
}

export async function noteWeek(
  connection: Queryable,
  week: string,
  candidates: number,
  by: { at: Date; who: string },
): Promise<void> {
  await connection.query(
    `INSERT INTO best_case_weeks (week, looked_at, looked_by, candidates) VALUES ($1::date, $2, $3, $4)
     ON CONFLICT (week) DO UPDATE SET looked_at = $2, looked_by = $3, candidates = $4`,
    [week, by.at, by.who, candidates],
  );
}

export async function keepVote(connection: Queryable, id: number, member: string, at: Date | null): Promise<void> {
  if (at === null)
    await connection.query('DELETE FROM best_case_votes WHERE case_id = $1 AND member = $2', [id, member]);
  else
    await connection.query(
      'INSERT INTO best_case_votes (case_id, member, voted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [id, member, at],
    );
}

export interface NewTemplate {
  readonly title: string;
  readonly strategies: readonly Strategy[];
  readonly words: string;
  readonly excerpt: readonly ExcerptLine[];
}

export async function keepTemplate(
  connection: Queryable,
  id: number,
  { title, strategies, words, excerpt }: NewTemplate,
  by: { at: Date; id: string; name: string },
): Promise<void> {
  const searched = [title, words, ...excerpt.map(({ text }) => text)].join('\n');
  await connection.query(
    `INSERT INTO service_templates (case_id, title, strategies, own_words, excerpt, searched, made_at, made_by, made_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (case_id) DO UPDATE SET title = $2, strategies = $3, own_words = $4, excerpt = $5, searched = $6, made_at = $7, made_by = $8, made_name = $9`,
    [id, title, strategies, words, JSON.stringify(excerpt), searched, by.at, by.id, by.name],
  );
}

export const removeTemplate = (connection: Queryable, id: number) =>
  connection.query('DELETE FROM service_templates WHERE case_id = $1', [id]);
