import type { Queryable } from '../../platform/transaction.ts';
import type { Drawn, Stratum } from './drawSample.ts';
import type { Looked } from './estimate.ts';
import { type SamplePlan, samplePlanSchema } from './samplePlan.ts';

export interface NewSample {
  readonly plan: SamplePlan;
  readonly rubricVersion: number;
  readonly strata: readonly Stratum[];
  readonly units: readonly Drawn[];
  readonly assignees: readonly (string | null)[];
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
}

/** Stores the draw and its tasks; answers the sample's id. Call it in a transaction. */
export async function insertSample(connection: Queryable, sample: NewSample): Promise<number> {
  const { plan, at, by } = sample;
  const { rows } = await connection.query<{ id: string }>(
    `INSERT INTO inspection_samples (name, plan, seed, drawn_at, drawn_by, drawn_name) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [plan.name, JSON.stringify(plan), plan.seed, at, by.userId, by.name],
  );
  const id = Number(rows[0]?.id);
  await connection.query(
    `INSERT INTO inspection_strata (sample_id, stratum, population, drawn)
     SELECT $1, stratum, population, drawn FROM jsonb_to_recordset($2) AS s(stratum text, population int, drawn int)`,
    [id, JSON.stringify(sample.strata)],
  );
  const tasks = sample.units.map(({ candidate, stratum, reasons }, i) => ({
    ...{
      stratum,
      reasons,
      session_id: candidate.sessionId,
      agent_id: candidate.agentId,
      agent_name: candidate.agentName,
    },
    ...{ team: candidate.team, shop: candidate.shop, happened_at: candidate.at, assignee: sample.assignees[i] ?? null },
  }));
  await connection.query(
    `INSERT INTO inspection_tasks (sample_id, stratum, reasons, session_id, agent_id, agent_name, team, shop, happened_at,
       rubric_id, rubric_version, hide_agent, assignee, created_at, state)
     SELECT $1, stratum, reasons, session_id, agent_id, agent_name, team, shop, happened_at, $3, $4, $5, assignee, $6, 'open'
     FROM jsonb_to_recordset($2) AS t(stratum text, reasons text[], session_id text, agent_id text, agent_name text, team text,
       shop text, happened_at timestamptz, assignee text)`,
    [id, JSON.stringify(tasks), plan.rubric, sample.rubricVersion, plan.hideAgent, at],
  );
  return id;
}

export interface StoredSample {
  readonly id: number;
  readonly plan: SamplePlan;
  readonly drawnAt: string;
  readonly drawnBy: string;
  readonly drawn: number;
  readonly done: number;
  readonly unassigned: number;
  readonly population: number;
}

/** The samples, or the one of this id, newest first, with how far they are. */
export async function storedSamples(postgres: Queryable, id?: number): Promise<StoredSample[]> {
  const { rows } = await postgres.query<{
    id: string;
    plan: unknown;
    drawn_at: Date;
    drawn_name: string;
    drawn: string;
    done: string;
    unassigned: string;
    population: string;
  }>(
    `SELECT s.id, s.plan, s.drawn_at, s.drawn_name, count(t.id) AS drawn, count(t.id) FILTER (WHERE t.state <> 'open') AS done,
       count(t.id) FILTER (WHERE t.state = 'open' AND t.assignee IS NULL) AS unassigned,
       (SELECT coalesce(sum(population), 0) FROM inspection_strata i WHERE i.sample_id = s.id) AS population
     FROM inspection_samples s LEFT JOIN inspection_tasks t ON t.sample_id = s.id
     WHERE $1::bigint IS NULL OR s.id = $1
     GROUP BY s.id ORDER BY s.id DESC LIMIT 200`,
    [id ?? null],
  );
  return rows.map((row) => ({
    ...{ id: Number(row.id), plan: samplePlanSchema.parse(row.plan), drawnAt: row.drawn_at.toISOString() },
    ...{
      drawnBy: row.drawn_name,
      drawn: Number(row.drawn),
      done: Number(row.done),
      unassigned: Number(row.unassigned),
    },
    population: Number(row.population),
  }));
}

export interface StratumStand extends Looked {
  readonly stratum: string;
  readonly drawn: number;
}

/** The strata of a sample with the scores of those tasks that are done. */
export async function strataOf(postgres: Queryable, sampleId: number): Promise<StratumStand[]> {
  const { rows } = await postgres.query<{
    stratum: string;
    population: number;
    drawn: number;
    scores: string[] | null;
  }>(
    `SELECT i.stratum, i.population, i.drawn, array_agg(coalesce(t.counted, f.score)::text) FILTER (WHERE f.score IS NOT NULL) AS scores
     FROM inspection_strata i
     LEFT JOIN inspection_tasks t ON t.sample_id = i.sample_id AND t.stratum = i.stratum
     LEFT JOIN inspection_forms f ON f.id = t.final_form
     WHERE i.sample_id = $1 GROUP BY i.stratum, i.population, i.drawn ORDER BY i.stratum`,
    [sampleId],
  );
  return rows.map(({ stratum, population, drawn, scores }) => ({
    ...{ stratum, population, drawn, values: (scores ?? []).map(Number) },
  }));
}
