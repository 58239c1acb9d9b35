import { literal } from '../ingest/literal.ts';
import type { ClickHouseConnection } from '../platform/clickhouse.ts';

const atOnce = 2000;

/**
 * Takes rows out of a table of one server, and its replicas: those of the pairs of a text and a number, named one by one, because what a
 * derivation holds lies in the memory of one server alone.
 */
export async function takeOut(
  server: ClickHouseConnection,
  from: { readonly table: string; readonly columns: readonly [string, string]; readonly where: string },
  rows: readonly (readonly [string, string])[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += atOnce) {
    const some = rows.slice(at, at + atOnce).map(([text, number]) => `(${literal(text)}, ${number})`);
    await server.command(
      `DELETE FROM ${from.table} WHERE ${from.where} AND (${from.columns.join(', ')}) IN (${some.join(', ')})`,
      { settings: { lightweight_deletes_sync: 2 } },
    );
  }
}
