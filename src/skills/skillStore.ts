import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';
import { type Catalogue, catalogueOf, type Levels } from './matrix.ts';
import { type Evidence, evidenceSchema, jobSchema, type Level, levelSchema, skillSchema } from './skillSchema.ts';

export interface By {
  readonly at: Date;
  readonly userId: string;
  readonly name: string;
}

const stored = <Content extends z.ZodType>(content: Content) =>
  z.object({ id: z.string(), version: z.number(), content });
const skillRow = stored(skillSchema);
const jobRow = stored(jobSchema);

/** Skills and jobs as they hold, retired ones included. */
export async function readCatalogue(postgres: Queryable): Promise<Catalogue> {
  const skills = await postgres.query(
    'SELECT DISTINCT ON (skill_id) skill_id AS id, version, content FROM skill_versions ORDER BY skill_id, version DESC',
  );
  const jobs = await postgres.query(
    'SELECT DISTINCT ON (job_id) job_id AS id, version, content FROM job_versions ORDER BY job_id, version DESC',
  );
  return catalogueOf(
    skills.rows.map((row) => skillRow.parse(row)),
    jobs.rows.map((row) => jobRow.parse(row)),
  );
}

interface NewContent {
  readonly id: string;
  readonly version: number;
  readonly content: object;
}

export async function insertSkill(connection: Queryable, { id, version, content }: NewContent, by: By): Promise<void> {
  await connection.query(
    'INSERT INTO skill_versions (skill_id, version, content, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, version, JSON.stringify(content), by.at, by.userId, by.name],
  );
}

export async function insertJob(connection: Queryable, { id, version, content }: NewContent, by: By): Promise<void> {
  await connection.query(
    'INSERT INTO job_versions (job_id, version, content, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, version, JSON.stringify(content), by.at, by.userId, by.name],
  );
}

/** One at a time changes skills, jobs, levels or the rotations that follow from them, until the transaction ends. Take it first. */
export async function lockSkills(connection: Queryable): Promise<void> {
  await connection.query("SELECT pg_advisory_xact_lock(hashtext('skills and jobs'))");
}

const levelRow = z.object({
  agentId: z.string(),
  skill: z.string(),
  level: levelSchema.nullable(),
  reason: z.string(),
  evidence: z.array(evidenceSchema),
  wasProposed: z.boolean(),
  at: z.date(),
  by: z.string(),
});
export type StoredLevel = z.infer<typeof levelRow>;
const levelColumns = `agent_id AS "agentId", skill_id AS skill, level, reason, evidence, was_proposed AS "wasProposed", at, by_name AS by`;

/** Of each skill of these people (null: everybody) the latest level, also one that was taken back. */
export async function latestLevels(postgres: Queryable, agents: readonly string[] | null): Promise<StoredLevel[]> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id, skill_id) ${levelColumns} FROM skill_levels
     WHERE $1::text[] IS NULL OR agent_id = ANY($1) ORDER BY agent_id, skill_id, id DESC`,
    [agents],
  );
  return rows.map((row) => levelRow.parse(row));
}

/** Everything that was given somebody, the latest first. */
export async function levelHistory(postgres: Queryable, agentId: string): Promise<StoredLevel[]> {
  const { rows } = await postgres.query(
    `SELECT ${levelColumns} FROM skill_levels WHERE agent_id = $1 ORDER BY id DESC`,
    [agentId],
  );
  return rows.map((row) => levelRow.parse(row));
}

/** By agent and skill, what counts of levels as they were read: those taken back are unknown. */
export function heldLevels(latest: readonly StoredLevel[]): ReadonlyMap<string, Levels> {
  const held = new Map<string, Map<string, Level>>();
  for (const { agentId, skill, level } of latest) {
    if (level === null) continue;
    const own = held.get(agentId) ?? new Map<string, Level>();
    held.set(agentId, own.set(skill, level));
  }
  return held;
}

export interface NewLevel {
  readonly agentId: string;
  readonly skill: string;
  readonly level: Level | null;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly wasProposed: boolean;
}

export async function insertLevel(connection: Queryable, given: NewLevel, by: By): Promise<void> {
  const { agentId, skill, level, reason, evidence, wasProposed } = given;
  await connection.query(
    `INSERT INTO skill_levels (agent_id, skill_id, level, reason, evidence, was_proposed, at, by_id, by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [agentId, skill, level, reason, JSON.stringify(evidence), wasProposed, by.at, by.userId, by.name],
  );
}

const declineRow = z.object({ agentId: z.string(), skill: z.string(), level: levelSchema, facts: z.string() });

/** What was declined for these people; null: for everybody. */
export async function readDeclines(
  postgres: Queryable,
  agents: readonly string[] | null,
): Promise<z.infer<typeof declineRow>[]> {
  const { rows } = await postgres.query(
    `SELECT agent_id AS "agentId", skill_id AS skill, level, facts FROM skill_declines
     WHERE $1::text[] IS NULL OR agent_id = ANY($1)`,
    [agents],
  );
  return rows.map((row) => declineRow.parse(row));
}

export async function insertDecline(
  connection: Queryable,
  declined: z.infer<typeof declineRow> & { readonly reason: string },
  by: By,
): Promise<void> {
  const { agentId, skill, level, facts, reason } = declined;
  await connection.query(
    `INSERT INTO skill_declines (agent_id, skill_id, level, facts, reason, at, by_id, by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [agentId, skill, level, facts, reason, by.at, by.userId, by.name],
  );
}

const personJobRow = z.object({
  agentId: z.string(),
  job: z.string(),
  reason: z.string(),
  at: z.date(),
  by: z.string(),
});
export type StoredPersonJob = z.infer<typeof personJobRow>;

/** The jobs people were given, the latest of each person first; null: everybody's. */
export async function readPersonJobs(
  postgres: Queryable,
  agents: readonly string[] | null,
): Promise<StoredPersonJob[]> {
  const { rows } = await postgres.query(
    `SELECT agent_id AS "agentId", job_id AS job, reason, at, by_name AS by FROM person_jobs
     WHERE $1::text[] IS NULL OR agent_id = ANY($1) ORDER BY agent_id, id DESC`,
    [agents],
  );
  return rows.map((row) => personJobRow.parse(row));
}

/** By agent the job that counts, of jobs as `readPersonJobs` has them. */
export function givenJobs(read: readonly StoredPersonJob[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const { agentId, job } of read) if (!given.has(agentId)) given.set(agentId, job);
  return given;
}

export async function insertPersonJob(
  connection: Queryable,
  { agentId, job, reason }: { readonly agentId: string; readonly job: string; readonly reason: string },
  by: By,
): Promise<void> {
  await connection.query(
    'INSERT INTO person_jobs (agent_id, job_id, reason, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6)',
    [agentId, job, reason, by.at, by.userId, by.name],
  );
}
