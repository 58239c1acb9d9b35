import type { KindName } from '../ingest/kinds.ts';
import { movable, supersededRows } from '../ingest/moved.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import { eachServer } from './eachServer.ts';
import { takeOut } from './takeOut.ts';
import { brought } from './touched.sql.ts';

/**
 * Of ratings and events with an id only the version that came last counts, also where it is about another session or ticket than those
 * before: they are taken out where they lie, on whichever shard, and remembered, so that one of them arriving again stays a duplicate
 * and what it was about is derived again. Versions about the same subject stay; of those the facts pick. Repeating it after a crash at
 * any point ends in the same rows.
 */
export async function removeMoved(
  { all, shards }: ClickHouse,
  imports: readonly { readonly id: number; readonly kind: KindName }[],
): Promise<void> {
  const ids = imports.map(({ id }) => id);
  const params = { imports: ids, firstImport: Math.min(...ids), lastImport: Math.max(...ids) };
  for (const kind of new Set(imports.map((each) => each.kind))) {
    const row = movable[kind];
    if (!row) continue;
    const { id, subjectKind, subjectId } = row;
    const rows = `${all.database}.${kind}`;
    const subject = `(toString(${subjectKind}), ${subjectId})`;
    // Numbers are compared faster than texts; of the few that are found the ids themselves are compared.
    const hash = `cityHash64(${id})`;
    const moved = `SELECT ${id} FROM ${rows}
      WHERE ${id} != '' AND ${hash} GLOBAL IN (SELECT ${hash} FROM ${rows} WHERE ${brought} AND ${id} != '')
      GROUP BY ${id} HAVING min(cityHash64(${subject})) != max(cityHash64(${subject}))`;
    if ((await all.query(`${moved} LIMIT 1`, { params })).length === 0) continue;
    await all.command(
      `INSERT INTO ${supersededRows} SELECT '${kind}', about.1, about.2, content_hash, {lastImport:UInt32} FROM (
         SELECT ${subject} AS about, content_hash,
           first_value(about) OVER (PARTITION BY ${id} ORDER BY import_id DESC, line DESC, content_hash DESC) AS holds
         FROM ${rows} WHERE ${id} GLOBAL IN (${moved})
       ) WHERE about != holds`,
      { params },
    );
    await eachServer(shards, async (shard) => {
      const superseded = await shard.query<{ subject_id: string; content_hash: string }>(
        `SELECT DISTINCT subject_id, content_hash FROM ${supersededRows} WHERE kind = '${kind}' AND import_id = {lastImport:UInt32}`,
        { params },
      );
      await takeOut(
        shard,
        { table: kind, columns: [subjectId, 'content_hash'], where: `${id} != ''` },
        superseded.map((each) => [each.subject_id, each.content_hash]),
      );
    });
  }
}
