import type pg from 'pg';
import { appendEntries } from '../ledger/appendEntries.ts';
import { ledgerContent } from '../ledger/ledgerContent.ts';
import type { Queryable } from '../platform/transaction.ts';
import {
  contentSchema,
  type DefinitionContent,
  type Definitions,
  type DefinitionVersion,
} from './definitionVersions.ts';

interface Row {
  metric_id: string;
  version: number;
  content: string;
  in_force_from: string | null;
  reason: string;
  created_at: Date;
  created_by: string;
}

/** Everything that was decided, by metric, oldest version first. */
export async function readDefinitions(postgres: Queryable): Promise<Definitions> {
  const { rows } = await postgres.query<Row>(
    `SELECT metric_id, version, content, in_force_from, reason, created_at, created_by
     FROM definition_versions ORDER BY metric_id, version`,
  );
  const found = new Map<string, DefinitionVersion[]>();
  for (const row of rows) found.set(row.metric_id, [...(found.get(row.metric_id) ?? []), versionOf(row)]);
  return found;
}

/** Names the state of the definitions: they are only ever added to. */
export async function definitionsStamp(postgres: Queryable): Promise<string> {
  const { rows } = await postgres.query<{ count: string }>('SELECT count(*) AS count FROM definition_versions');
  return rows[0]?.count ?? '';
}

/** Keeps two writers from one number, until the transaction ends. */
export async function lockDefinitions(connection: pg.PoolClient): Promise<void> {
  await connection.query(`SELECT pg_advisory_xact_lock(hashtext('definitions'))`);
}

export interface NewDefinition {
  readonly metricId: string;
  readonly content: DefinitionContent;
  readonly inForceFrom: string | null;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** Adds the next version of a metric's definition, and says so in the ledger. Call it in a transaction that holds `lockDefinitions`. */
export async function insertDefinition(connection: pg.PoolClient, definition: NewDefinition): Promise<number> {
  const { metricId, content, inForceFrom, reason, by, at } = definition;
  const { rows } = await connection.query<{ version: number }>(
    `INSERT INTO definition_versions (metric_id, version, kind, content, in_force_from, reason, created_at, created_by)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7 FROM definition_versions WHERE metric_id = $1
     RETURNING version`,
    [metricId, content.kind, JSON.stringify(content), inForceFrom, reason, at, by],
  );
  const number = rows[0]?.version;
  if (number === undefined) throw new Error('the insert of a definition returned nothing');
  const kept = ledgerContent(content);
  const named = { metric: metricId, version: number, inForceFrom, definition: kept.hash, reason, changedBy: by };
  await appendEntries(connection, [{ record: { kind: 'definitionChanged', ...named }, contents: [kept] }], {
    now: () => at.getTime(),
  });
  return number;
}

function versionOf(row: Row): DefinitionVersion {
  return {
    metricId: row.metric_id,
    version: row.version,
    inForceFrom: row.in_force_from,
    content: contentSchema.parse(JSON.parse(row.content)),
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  };
}
