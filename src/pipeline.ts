import { compactFacts, derive } from './facts/derive.ts';
import { factsAreOutdated } from './facts/factsDefinition.ts';
import { readyRows } from './facts/readyRows.ts';
import type { AfterCommit } from './ingest/importFiles.ts';
import type { KindName } from './ingest/kinds.ts';
import { asSoleWriter } from './platform/soleWriter.ts';
import type { Stores } from './platform/stores.ts';
import { inSpan } from './platform/tracing.ts';

/**
 * Derives facts of everything that is imported and not yet derived, and everything anew where an older Heng derived it. One derivation
 * runs at a time over all processes of the installation; what was committed while one ran, the next takes in. Repeating it after a
 * crash changes nothing.
 */
export async function deriveCommitted({ stores, timeZone }: { stores: Stores; timeZone: string }): Promise<void> {
  await asSoleWriter(stores, 'derivers', async (clickhouse, connection) => {
    const parts = await connection.query<{ id: number; kind: KindName }>(
      `SELECT id, kind FROM import_parts WHERE state = 'committed' ORDER BY id`,
    );
    const imports = parts.rows;
    if (imports.length === 0 && !(await factsAreOutdated(clickhouse))) return;
    const next = await connection.query<{ version: string }>(`SELECT nextval('derivation_versions') AS version`);
    const version = Number(next.rows[0]?.version);
    await readyRows(clickhouse, imports);
    const { sessions, wholesale } = await inSpan('derive', { 'heng.imports': imports.length }, () =>
      derive(clickhouse, { version, imports, timeZone }),
    );
    await connection.query('INSERT INTO derivations (version, sessions) VALUES ($1, $2)', [version, sessions]);
    if (wholesale) await compactFacts(clickhouse);
  });
}

/** What an import does once its rows are in: derive their facts. */
export const deriveAfterCommit =
  (deps: { stores: Stores; timeZone: string }): AfterCommit =>
  async () =>
    deriveCommitted(deps);
