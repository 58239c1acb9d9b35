import { Conflict } from './errors.ts';
import { withoutComments } from './migrations.ts';

/** Where the tables live: in one database, or on the shards of a cluster with a Distributed table for each. */
export type Layout =
  | { readonly kind: 'single' }
  /** Every statement runs on each shard by itself; `everywhere` names a cluster of one shard with all servers as replicas. */
  | {
      readonly kind: 'shards';
      readonly cluster: string;
      readonly everywhere: string;
      readonly local: string;
      readonly all: string;
    }
  /** A cluster with Keeper: ON CLUSTER and Replicated engines carry each statement to all servers. */
  | { readonly kind: 'replicated'; readonly cluster: string; readonly local: string; readonly all: string };

/** How a table's rows spread: by an expression, or as a full copy on each shard. */
export type Spread = { readonly by: string } | 'everywhere';

export interface Rendered {
  /** The database in which unqualified names of the statement resolve. */
  readonly where: 'local' | 'all';
  readonly sql: string;
}

const createTable = /^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(`?)(\w+)\1/i;
const changeTable = /^ALTER\s+TABLE\s+(`?)(\w+)\1/i;
const dropTable = /^DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?(`?)(\w+)\1/i;
const createView = /^CREATE\s+(?:OR\s+REPLACE\s+)?VIEW\s/i;
const spreadComment = /^--\s*shard by\s+(.+)$/im;

/** Which table a statement creates and how it spreads; a table that does not say is refused. */
export function spreadOf(statement: string, file: string): { table: string; spread: Spread } | undefined {
  const table = createTable.exec(withoutComments(statement))?.[2];
  if (table === undefined) return undefined;
  const by = spreadComment.exec(statement)?.[1]?.trim();
  if (by === undefined) throw new Conflict('migration.spread', { file, table });
  return { table, spread: by === 'everywhere' ? by : { by } };
}

/** The statements to run for one statement of a migration. `spreads` knows the tables created so far. */
export function renderStatement(statement: string, layout: Layout, spreads: ReadonlyMap<string, Spread>): Rendered[] {
  const sql = withoutComments(statement);
  const created = createTable.exec(sql)?.[2];
  const changed = changeTable.exec(sql)?.[2];
  const dropped = dropTable.exec(sql)?.[2];
  const local: Rendered = { where: 'local', sql: onCluster(guarded(sql), layout, created, spreads) };
  if (layout.kind === 'single') return [local];
  const touched = created ?? changed;
  const spread = touched === undefined ? undefined : spreads.get(touched);
  if (touched !== undefined && spread !== undefined) return [local, distributed(touched, spread, layout)];
  if (dropped !== undefined) return [{ where: 'all', sql: onCluster(sql, layout) }, local];
  if (createView.test(sql)) return [local, { where: 'all', sql: local.sql }];
  return [local];
}

/** A statement that ran but was not recorded, because power went, runs again. */
function guarded(sql: string): string {
  return sql.replace(/^(CREATE\s+TABLE)\s+(?!IF\s)/i, '$1 IF NOT EXISTS ');
}

/** The table through which the whole is read and written; it holds no rows, so it is made anew with each change. */
function distributed(table: string, spread: Spread, layout: Exclude<Layout, { kind: 'single' }>): Rendered {
  const cluster = layout.kind === 'replicated' ? ` ON CLUSTER '${layout.cluster}'` : '';
  const create = `CREATE OR REPLACE TABLE ${layout.all}.${table}${cluster}`;
  if (spread === 'everywhere' && layout.kind === 'replicated') {
    // Each server has all rows, and replication carries new ones: the local table by another name.
    return { where: 'all', sql: `${create} ENGINE = Alias('${layout.local}', '${table}')` };
  }
  const over = spread === 'everywhere' && layout.kind === 'shards' ? layout.everywhere : layout.cluster;
  const key = spread === 'everywhere' ? '' : `, cityHash64(${spread.by})`;
  return {
    where: 'all',
    sql: `${create} AS ${layout.local}.${table} ENGINE = Distributed('${over}', '${layout.local}', '${table}'${key})`,
  };
}

const statementHead =
  /^((?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW|MATERIALIZED\s+VIEW|DICTIONARY|FUNCTION)|ALTER\s+TABLE|DROP\s+(?:TABLE|VIEW|DICTIONARY|FUNCTION)|RENAME\s+TABLE|EXCHANGE\s+TABLES)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?`?\w+`?)/i;

/** In the path, in Keeper, of a table that all shards share. */
export const everywherePath = '/everywhere/';

function onCluster(sql: string, layout: Layout, created?: string, spreads?: ReadonlyMap<string, Spread>): string {
  if (layout.kind !== 'replicated') return sql;
  const head = sql.replace(statementHead, `$1 ON CLUSTER '${layout.cluster}'`);
  if (created === undefined) return head;
  const everywhere = spreads?.get(created) === 'everywhere';
  const path = `/clickhouse/tables/${layout.local}${everywhere ? everywherePath : '/{shard}/'}${created}`;
  const replica = everywhere ? '{shard}-{replica}' : '{replica}';
  return head.replace(
    /ENGINE\s*=\s*(\w*MergeTree)\b(?:\s*\(([^)]*)\))?/i,
    (_, engine: string, args: string | undefined) =>
      `ENGINE = Replicated${engine}('${path}', '${replica}'${args?.trim() ? `, ${args}` : ''})`,
  );
}
