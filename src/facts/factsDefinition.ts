import type { ClickHouse } from '../platform/clickhouse.ts';

/** Goes up with every change of what a fact means or of the columns there are: facts of an earlier one are derived anew. */
export const factsDefinition = 7;

/** Whether there are facts that an earlier definition derived. Before definitions were noted there was the first. */
export async function factsAreOutdated({ all }: ClickHouse): Promise<boolean> {
  const [row] = await all.query<{ facts: string; definition: number }>(
    `SELECT
       (SELECT count() FROM session_facts) + (SELECT count() FROM ticket_facts) AS facts,
       (SELECT greatest(1, max(definition)) FROM facts_definitions) AS definition`,
  );
  return row !== undefined && Number(row.facts) > 0 && row.definition < factsDefinition;
}

/** Notes that all facts there are follow today's definition. */
export async function noteDefinition({ all }: ClickHouse, version: number): Promise<void> {
  await all.command(`INSERT INTO facts_definitions VALUES (${factsDefinition}, {version:UInt64})`, {
    params: { version: String(version) },
  });
}
