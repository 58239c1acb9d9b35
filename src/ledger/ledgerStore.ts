import type { Queryable } from '../platform/transaction.ts';
import type { LedgerContent } from './ledgerContent.ts';
import type { EntryKind } from './records.ts';

export interface StoredEntry {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly at: Date;
  readonly agentId: string | null;
  readonly period: string | null;
  readonly salt: Buffer;
  readonly record: string;
  readonly commitment: Buffer;
}

/** So many ids that no other transaction gets, in ascending order. */
export async function takeEntryIds(connection: Queryable, count: number): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    `SELECT nextval('ledger_entry_ids') AS id FROM generate_series(1, $1)`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** Entries, their records, and that they wait for a place in the tree. */
export async function insertEntries(connection: Queryable, entries: readonly StoredEntry[]): Promise<void> {
  const ids = entries.map(({ entryId }) => entryId);
  await connection.query(
    `INSERT INTO ledger_entries (entry_id, kind, at, commitment)
     SELECT id, kind, at, substr($4::bytea, (32 * (ordinality - 1) + 1)::integer, 32)
     FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) WITH ORDINALITY AS given (id, kind, at, ordinality)`,
    [
      ids,
      entries.map(({ kind }) => kind),
      entries.map(({ at }) => at.toISOString()),
      joined(entries.map((each) => each.commitment)),
    ],
  );
  // Canonical JSON has no line feeds: lines are taken apart several times faster than an array of quoted texts.
  await connection.query(
    `INSERT INTO ledger_records (entry_id, agent_id, period, salt, record)
     SELECT id, agent_id, period, substr($5::bytea, (32 * (ordinality - 1) + 1)::integer, 32), record
     FROM unnest($1::bigint[], $2::text[], $3::text[], string_to_array($4, E'\\n')) WITH ORDINALITY AS given (id, agent_id, period, record, ordinality)`,
    [
      ids,
      entries.map(({ agentId }) => agentId),
      entries.map(({ period }) => period),
      entries.map(({ record }) => record).join('\n'),
      joined(entries.map(({ salt }) => salt)),
    ],
  );
  await connection.query('INSERT INTO ledger_pending (entry_id) SELECT unnest($1::bigint[])', [ids]);
}

const joined = (parts: readonly Buffer[]): Buffer => Buffer.concat(parts);

/** Keeps contents that are not kept yet. */
export async function insertContents(connection: Queryable, contents: readonly LedgerContent[]): Promise<void> {
  for (const { hash, content } of contents)
    await connection.query('INSERT INTO ledger_contents (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      hash,
      content,
    ]);
}
