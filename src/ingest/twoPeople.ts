import { kinds, storedName } from './kinds.ts';
import { literal } from './literal.ts';
import type { Stage } from './stage.ts';

/**
 * SELECT of the agent ids under which new rows hold two people: two names valid from the same day, or another name together with
 * another hiring date, also than the row that holds now. A new name alone is a correction, a new hiring date alone a return.
 */
export function twoPeopleSql(rows: string, stored: string, where = '1'): string {
  const person = `toString(name), ifNull(toString(valid_from), ''), ifNull(toString(hired_on), '')`;
  return `SELECT agent_id FROM (
    SELECT agent_id, groupUniqArray((${person}, 1)) AS fresh FROM ${rows} WHERE ${where} GROUP BY agent_id
  ) AS given
  LEFT JOIN (
    SELECT agent_id, [(${person}, 0)] AS held FROM ${stored}
    WHERE agent_id IN (SELECT agent_id FROM ${rows}) ORDER BY import_id DESC, line DESC LIMIT 1 BY agent_id
  ) AS known USING agent_id
  WHERE arrayExists(a -> arrayExists(b -> a.1 != b.1 AND ((b.4 = 1 AND a.2 = b.2) OR (a.3 != '' AND b.3 != '' AND a.3 != b.3)),
    arrayConcat(fresh, held)), fresh)`;
}

/** Moves the rows of such ids from the stage to its rejects: which of the two is meant only a person can say. */
export async function rejectTwoPeople(stage: Stage, rejectColumns: readonly string[]): Promise<void> {
  const { connection, rows, rejects, raw } = stage;
  const found = await connection.query<{ agent_id: string }>(twoPeopleSql(rows, `${connection.database}.agents`));
  if (found.length === 0) return;
  const params = { agents: found.map((row) => row.agent_id) };
  const these = 'has({agents:Array(String)}, agent_id)';
  await connection.command(
    `INSERT INTO ${rejects} SELECT line, 'agent_id', substringUTF8(agent_id, 1, 200), 'twoPeople', [${rejectColumns.map((name) => fieldSql(name, raw.types)).join(', ')}]
     FROM ${rows} WHERE ${these}`,
    { params },
  );
  await connection.command(`DELETE FROM ${rows} WHERE ${these}`, { params, settings: { lightweight_deletes_sync: 2 } });
}

/** A field of a row as a file would hold it, out of the row as it is stored. */
function fieldSql(name: string, types: ReadonlyMap<string, string>): string {
  const column = kinds.agents.columns.find((each) => each.name === name);
  const stored = column ? storedName(column) : undefined;
  if (!column || stored === undefined || !types.has(stored)) return `attributes[${literal(name)}]`;
  return column.type.is === 'money'
    ? `ifNull(toString(toDecimal64(\`${stored}\`, 2) / 100), '')`
    : `ifNull(toString(\`${stored}\`), '')`;
}
