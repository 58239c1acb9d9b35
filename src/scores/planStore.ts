import type pg from 'pg';
import type { z } from 'zod';
import { appendEntries } from '../ledger/appendEntries.ts';
import { NotFound } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';
import { planContent } from './planContent.ts';
import { type Plan, planSchema } from './planSchema.ts';
import { planVersionSchema } from './schemas.ts';

/** One version of a plan as stored. */
export interface StoredVersion extends z.infer<typeof planVersionSchema> {
  readonly planId: string;
  readonly plan: Plan;
  /** The draft it was published from; null for what came as a file or with Heng. */
  readonly draft: string | null;
}

interface VersionRow {
  plan_id: string;
  version: number;
  origin: string;
  content: string;
  hash: string;
  in_force_from: string | null;
  published_at: Date;
  published_by: string;
  draft_id: string | null;
}

const columns = 'plan_id, version, origin, content, hash, in_force_from, published_at, published_by, draft_id';
const inOrder = 'ORDER BY plan_id, version';

/** All versions of all plans, or of one, oldest first. */
export async function readVersions(postgres: Queryable, planId?: string): Promise<StoredVersion[]> {
  const { rows } =
    planId === undefined
      ? await postgres.query<VersionRow>(`SELECT ${columns} FROM plan_versions ${inOrder}`)
      : await postgres.query<VersionRow>(`SELECT ${columns} FROM plan_versions WHERE plan_id = $1 ${inOrder}`, [
          planId,
        ]);
  return rows.map(versionOf);
}

/** The version as its author wrote it, comments included; null where only its content was kept. */
export async function readWritten(postgres: Queryable, planId: string, version: number): Promise<string | null> {
  const { rows } = await postgres.query<{ written: string | null }>(
    'SELECT written FROM plan_versions WHERE plan_id = $1 AND version = $2',
    [planId, version],
  );
  return rows[0]?.written ?? null;
}

/** Which of these texts are a version of a plan, to the letter. */
export async function publishedTexts(postgres: Queryable, texts: readonly string[]): Promise<Set<string>> {
  const { rows } = await postgres.query<{ written: string }>(
    'SELECT DISTINCT written FROM plan_versions WHERE written = ANY($1)',
    [texts],
  );
  return new Set(rows.map(({ written }) => written));
}

/**
 * The version a period that begins in this month is scored with: of those in force by then the latest.
 * Before the first one came into force, the first: figures of earlier months can still be looked at.
 */
export function versionInForce(versions: readonly StoredVersion[], month: string): StoredVersion | null {
  const inForce = versions.filter(({ inForceFrom }) => inForceFrom === null || inForceFrom <= month);
  // A later version that starts earlier replaces what came before it: the version number decides.
  return inForce.at(-1) ?? versions[0] ?? null;
}

/** With which version of a plan each closed period was closed that it covered somebody in. */
export async function closedVersions(postgres: Queryable, planId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await postgres.query<{ period: string; version: number }>(
    `SELECT period, (plan->>'version')::integer AS version FROM closings, jsonb_array_elements(plans) AS plan WHERE plan->>'id' = $1`,
    [planId],
  );
  return new Map(rows.map(({ period, version }) => [period, version]));
}

/** The version asked for, or the one in force in that month. Throws NotFound `plan.unknown` or `plan.noVersion`. */
export function pickVersion(
  versions: readonly StoredVersion[],
  id: string,
  version: number | undefined,
  month: string,
): StoredVersion {
  if (versions.length === 0) throw new NotFound('plan.unknown', { plan: id });
  const found =
    version === undefined
      ? (versionInForce(versions, month) ?? versions.at(-1))
      : versions.find((each) => each.version === version);
  if (!found) throw new NotFound('plan.noVersion', { plan: id, version: version ?? 0 });
  return found;
}

export interface NewVersion {
  readonly plan: Plan;
  readonly origin: 'template' | 'own';
  readonly inForceFrom: string | null;
  /** The text it was published from, comments included. */
  readonly written: string;
  readonly draft: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Keeps two publishers of one plan from the same number, until the transaction ends. */
export async function lockPlan(connection: pg.PoolClient, planId: string): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`plan ${planId}`]);
}

/** Stores the plan as its next version, and says so in the ledger. Call it in a transaction that holds `lockPlan`. */
export async function insertVersion(connection: pg.PoolClient, version: NewVersion): Promise<number> {
  const { plan, origin, inForceFrom, written, draft, by, at } = version;
  const kept = planContent(plan);
  const { content, hash } = kept;
  const { rows } = await connection.query<{ version: number }>(
    `INSERT INTO plan_versions
       (plan_id, version, origin, content, hash, in_force_from, created_at, created_by, published_at, published_by, written, draft_id)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7, $6, $7, $8, $9 FROM plan_versions WHERE plan_id = $1
     RETURNING version`,
    [plan.id, origin, content, hash, inForceFrom, at, by, written, draft],
  );
  const number = rows[0]?.version;
  if (number === undefined) throw new Error('the insert of a plan version returned nothing');
  const named = { plan: { id: plan.id, version: number, hash }, origin, inForceFrom, publishedBy: by };
  await appendEntries(connection, [{ record: { kind: 'planPublished', ...named }, contents: [kept] }], {
    now: () => at.getTime(),
  });
  return number;
}

function versionOf(row: VersionRow): StoredVersion {
  return {
    ...planVersionSchema.parse({
      version: row.version,
      origin: row.origin,
      hash: row.hash,
      inForceFrom: row.in_force_from,
      publishedAt: row.published_at.toISOString(),
      publishedBy: row.published_by,
    }),
    planId: row.plan_id,
    draft: row.draft_id,
    plan: planOf(row.content),
  };
}

/** Plans by their content, which never changes: reading one takes milliseconds, and most answers read them all. */
const readPlans = new Map<string, Plan>();
const readPlansMax = 200;

function planOf(content: string): Plan {
  const known = readPlans.get(content);
  if (known) return known;
  const plan = frozen(planSchema.parse(JSON.parse(content)));
  for (const oldest of readPlans.keys()) {
    if (readPlans.size < readPlansMax) break;
    readPlans.delete(oldest);
  }
  readPlans.set(content, plan);
  return plan;
}

/** Shared by everybody who reads it, so nobody may alter it. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value))
    Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
