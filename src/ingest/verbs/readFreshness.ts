import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Stores } from '../../platform/stores.ts';
import { type KindName, kindNames } from '../kinds.ts';
import type { Freshness } from '../schemas.ts';

/** The column by which each kind's rows happen; null where they state how things are rather than what happened. */
const happened: Readonly<Record<KindName, string | null>> = {
  calendar: null,
  agents: null,
  attendance: 'scheduled_start',
  sessions: 'started_at',
  messages: 'at',
  events: 'at',
  tickets: 'created_at',
  ratings: 'at',
  orders: 'created_at',
  assessments: null,
  incidents: 'at',
};

/** How much of each kind there is, and how new it is. */
export async function readFreshness({ clickhouse, postgres }: Stores, actor: Actor): Promise<Freshness> {
  authorise(actor, 'import.read');
  const selects = kindNames.map((kind) => {
    const at = happened[kind];
    const newest = at ? `if(count() = 0, NULL, toString(toUnixTimestamp64Milli(max(${at}))))` : 'NULL';
    return `SELECT '${kind}' AS kind, count() AS n, CAST(${newest}, 'Nullable(String)') AS newest FROM ${kind}`;
  });
  const uncut = `SELECT 'messages' AS kind, count() AS n, CAST(if(count() = 0, NULL, toString(toUnixTimestamp64Milli(max(at)))), 'Nullable(String)') AS newest FROM uncut_messages`;
  const found = await clickhouse.all.query<{ kind: KindName; n: string; newest: string | null }>(
    `SELECT kind, sum(n) AS n, max(newest) AS newest FROM (${[...selects, uncut].join(' UNION ALL ')}) GROUP BY kind`,
  );
  const { rows: imports } = await postgres.query<{ kind: KindName; id: number; at: Date }>(
    `SELECT DISTINCT ON (p.kind) p.kind, i.id, coalesce(i.finished_at, i.started_at) AS at
     FROM import_parts p JOIN imports i ON i.id = p.import_id WHERE p.accepted > 0 ORDER BY p.kind, p.id DESC`,
  );
  const byKind = new Map(found.map((row) => [row.kind, row]));
  const lastImport = new Map(imports.map((row) => [row.kind, row]));
  return {
    kinds: kindNames.map((kind) => {
      const row = byKind.get(kind);
      const last = lastImport.get(kind);
      return {
        kind,
        rows: row ? Number(row.n) : 0,
        newestAt: row?.newest ? new Date(Number(row.newest)).toISOString() : null,
        lastImportAt: last?.at.toISOString() ?? null,
        lastImportId: last?.id ?? null,
      };
    }),
  };
}
