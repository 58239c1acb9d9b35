import type { Queryable } from '../../platform/transaction.ts';

export interface InspectionState {
  /** Every session of the derivations up to this one is inspected. */
  readonly through: number;
  /** The rule set that all text follows. */
  readonly ruleSet: number;
  readonly doing: 'fresh' | 'rules' | null;
  readonly done: number;
  readonly total: number;
  readonly inspectedAt: string | null;
  readonly lagMs: number | null;
  readonly failure: string | null;
  readonly failedAt: string | null;
}

export async function readState(postgres: Queryable): Promise<InspectionState> {
  const { rows } = await postgres.query<{
    through: string;
    rule_set: number;
    doing: 'fresh' | 'rules' | null;
    done: string;
    total: string;
    inspected_at: Date | null;
    lag_ms: string | null;
    failure: string | null;
    failed_at: Date | null;
  }>('SELECT * FROM inspection_state');
  const [row] = rows;
  if (!row) throw new Error('inspection_state has no row');
  return {
    ...{ through: Number(row.through), ruleSet: row.rule_set, doing: row.doing },
    ...{ done: Number(row.done), total: Number(row.total) },
    inspectedAt: row.inspected_at?.toISOString() ?? null,
    lagMs: row.lag_ms === null ? null : Number(row.lag_ms),
    failure: row.failure,
    failedAt: row.failed_at?.toISOString() ?? null,
  };
}

const columns = {
  ...{ through: 'through', ruleSet: 'rule_set', doing: 'doing', done: 'done', total: 'total' },
  ...{ inspectedAt: 'inspected_at', lagMs: 'lag_ms', failure: 'failure', failedAt: 'failed_at' },
} as const satisfies Record<keyof InspectionState, string>;

/** Writes down what changed; the rest stays. */
export async function noteState(
  postgres: Queryable,
  change: { readonly [Column in keyof InspectionState]?: InspectionState[Column] | Date },
): Promise<void> {
  const names = Object.keys(change) as (keyof InspectionState)[];
  const sets = names.map((name, i) => `${columns[name]} = $${i + 1}`);
  await postgres.query(
    `UPDATE inspection_state SET ${sets.join(', ')}`,
    names.map((name) => change[name]),
  );
}

/** The last derivation that ended and when; version 0 before the first. */
export async function lastDerivation(postgres: Queryable): Promise<{ version: number; atMs: number }> {
  const { rows } = await postgres.query<{ version: string; finished_at: Date }>(
    'SELECT version, finished_at FROM derivations ORDER BY version DESC LIMIT 1',
  );
  const [row] = rows;
  return row ? { version: Number(row.version), atMs: row.finished_at.getTime() } : { version: 0, atMs: 0 };
}

/** Whether rows are in whose facts are still to be derived. */
export async function isDeriving(postgres: Queryable): Promise<boolean> {
  const { rows } = await postgres.query(`SELECT 1 FROM import_parts WHERE state = 'committed' LIMIT 1`);
  return rows.length > 0;
}

/** Two numbers for the rows of a batch: what it puts out of force, then what it finds; the greater wins. */
export async function nextVersions(postgres: Queryable): Promise<{ retire: string; write: string }> {
  const { rows } = await postgres.query<{ version: string }>(`SELECT nextval('inspection_versions') AS version`);
  const version = BigInt(rows[0]?.version ?? 0);
  return { retire: String(version), write: String(version + 1n) };
}
