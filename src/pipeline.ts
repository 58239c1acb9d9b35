import { cutSessions } from './facts/cutSessions.ts';
import { derive } from './facts/derive.ts';
import type { AfterCommit } from './ingest/importFiles.ts';
import type { KindName } from './ingest/kinds.ts';
import type { Stores } from './platform/stores.ts';

/** The number under which PostgreSQL knows the lock; any constant that nothing else of Heng uses. */
const derivers = 0x48_45_4e_49;

/**
 * Derives facts of everything that is imported and not yet derived. One derivation runs at a time over all processes of the
 * installation; what was committed while one ran, the next takes in. Repeating it after a crash changes nothing.
 */
export async function deriveCommitted({ stores, timeZone }: { stores: Stores; timeZone: string }): Promise<void> {
  const client = await stores.postgres.connect();
  let failure: Error | undefined;
  try {
    await client.query('SELECT pg_advisory_lock($1)', [derivers]);
    const parts = await client.query<{ id: number; kind: KindName }>(
      `SELECT id, kind FROM import_parts WHERE state = 'committed' ORDER BY id`,
    );
    const imports = parts.rows;
    if (imports.length > 0) {
      const next = await client.query<{ version: string }>(`SELECT nextval('derivation_versions') AS version`);
      const version = Number(next.rows[0]?.version);
      await cutSessions(
        stores.clickhouse,
        imports.map(({ id }) => id),
      );
      const { sessions } = await derive(stores.clickhouse, { version, imports, timeZone });
      await client.query('INSERT INTO derivations (version, sessions) VALUES ($1, $2)', [version, sessions]);
    }
    await client.query('SELECT pg_advisory_unlock($1)', [derivers]);
  } catch (cause) {
    failure = cause instanceof Error ? cause : new Error(String(cause));
    throw cause;
  } finally {
    // Returned with an error the connection is closed, and with it the lock.
    client.release(failure);
  }
}

/** What an import does once its rows are in: derive their facts. */
export const deriveAfterCommit =
  (deps: { stores: Stores; timeZone: string }): AfterCommit =>
  async () =>
    deriveCommitted(deps);
