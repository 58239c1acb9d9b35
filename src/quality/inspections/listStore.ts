import type { Queryable } from '../../platform/transaction.ts';
import type { Inspector } from '../sampling/assign.ts';
import type { InspectionList } from './schemas.ts';
import type { TaskState } from './task.ts';

export interface Line {
  readonly id: number;
  readonly state: TaskState;
  readonly agentId: string;
  readonly agentName: string;
  readonly team: string;
  readonly happenedAt: Date;
  readonly rubricName: { readonly zh: string; readonly en: string };
  readonly reasons: readonly string[];
  readonly sample: string | null;
  readonly assignee: string | null;
  readonly hideAgent: boolean;
  readonly draft: boolean;
  /** A form of the reader's would still say something: until then they see neither whose work it is nor what others gave. */
  readonly judgeable: boolean;
  readonly score: string | null;
  readonly submittedAt: Date | null;
}

/** Who asks: whom they may see, and whether they may judge. */
export interface Reader extends Inspector {
  readonly agents: readonly string[] | null;
  readonly judges: boolean;
}

const me = `(SELECT $1::text AS id, $2::text[] AS agents, $3::text[] AS teams, $4::text[] AS shops, $5::text[] AS own_teams,
  $6::text AS agent, $7::boolean AS judges) AS me`;
const inScope = `(me.agents IS NULL OR t.agent_id = ANY(me.agents)) AND (me.teams IS NULL OR t.team = ANY(me.teams)) AND (me.shops IS NULL OR t.shop = ANY(me.shops))`;
const able = `me.judges AND ${inScope} AND NOT (t.team <> '' AND t.team = ANY(me.own_teams)) AND t.agent_id IS DISTINCT FROM me.agent`;
const notMine = `NOT EXISTS (SELECT 1 FROM inspection_forms o WHERE o.task_id = t.id AND o.inspector = me.id AND o.submitted_at IS NOT NULL)`;
const events = (what: string) =>
  `(SELECT count(*) FROM inspection_events e WHERE e.task_id = t.id AND e.what = '${what}')`;

const wanted = `(t.state = 'disputed' OR (t.state = 'submitted' AND ${events('asked')} > ${events('second')}))`;

const views: Readonly<Record<InspectionList['view'], string>> = {
  mine: `${able} AND t.state = 'open' AND (t.assignee = me.id OR t.assignee IS NULL OR EXISTS (SELECT 1 FROM inspection_forms o WHERE o.task_id = t.id AND o.inspector = me.id))`,
  wanted: `${able} AND ${notMine} AND ${wanted}`,
  done: `${inScope} AND t.state <> 'open'`,
};
// To do: the oldest first. Done: what was handed in last.
const orders: Readonly<Record<InspectionList['view'], string>> = { mine: 't.id', wanted: 't.id', done: 't.id DESC' };
const beyond: Readonly<Record<InspectionList['view'], string>> = {
  mine: 't.id > $8',
  wanted: 't.id > $8',
  done: 't.id < $8',
};

// As `purposeOf` says it of one task: open, disputed, asked for, or begun before another was first.
const judgeable = `(${able} AND (t.state = 'open' OR (${notMine} AND (${wanted} OR (t.state = 'submitted' AND own.id IS NOT NULL)))))`;

const paramsOf = ({ id, agents, teams, shops, ownTeams, agentId, judges }: Reader) => [
  ...[id, agents, teams, shops, ownTeams, agentId, judges],
];

/** A page of a view. */
export async function linesOf(
  postgres: Queryable,
  reader: Reader,
  view: InspectionList['view'],
  after: number | null,
  limit: number,
) {
  const { rows } = await postgres.query<{ [Name in keyof Line]: Line[Name] }>(
    `SELECT t.id::int AS id, t.state, t.agent_id AS "agentId", t.agent_name AS "agentName", t.team, t.happened_at AS "happenedAt",
       r.content->'name' AS "rubricName", t.reasons, s.name AS sample, m.name AS assignee, t.hide_agent AS "hideAgent",
       own.id IS NOT NULL AND own.submitted_at IS NULL AS draft, ${judgeable} AS judgeable,
       coalesce(t.counted, f.score) AS score, f.submitted_at AS "submittedAt"
     FROM inspection_tasks t CROSS JOIN ${me}
     JOIN rubric_versions r ON r.rubric_id = t.rubric_id AND r.version = t.rubric_version
     LEFT JOIN inspection_samples s ON s.id = t.sample_id
     LEFT JOIN members m ON m.id = t.assignee
     LEFT JOIN inspection_forms own ON own.task_id = t.id AND own.inspector = me.id
     LEFT JOIN inspection_forms f ON f.id = t.final_form
     WHERE ${views[view]} AND ($8::bigint IS NULL OR ${beyond[view]})
     ORDER BY ${orders[view]} LIMIT $9`,
    [...paramsOf(reader), after, limit],
  );
  return rows;
}

export async function countsOf(postgres: Queryable, reader: Reader): Promise<InspectionList['counts']> {
  const each = (view: InspectionList['view']) => `count(*) FILTER (WHERE ${views[view]})::int AS ${view}`;
  const { rows } = await postgres.query<InspectionList['counts']>(
    `SELECT ${each('mine')}, ${each('wanted')}, ${each('done')} FROM inspection_tasks t CROSS JOIN ${me}`,
    paramsOf(reader),
  );
  if (!rows[0]) throw new Error('counting returned nothing');
  return rows[0];
}

/** The next to do after this one: from the oldest again at the end; null when nothing else is left. */
export async function nextOf(postgres: Queryable, reader: Reader, id: number): Promise<number | null> {
  const { rows } = await postgres.query<{ id: number }>(
    `SELECT t.id::int AS id FROM inspection_tasks t CROSS JOIN ${me} WHERE ${views.mine} AND t.id <> $8 ORDER BY t.id < $8, t.id LIMIT 1`,
    [...paramsOf(reader), id],
  );
  return rows[0]?.id ?? null;
}
