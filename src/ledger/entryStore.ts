import type { Queryable } from '../platform/transaction.ts';
import type { EntryKind } from './records.ts';

/** An entry that has its place in the tree. */
export interface PlacedEntry {
  readonly leaf: number;
  readonly kind: EntryKind;
  readonly at: Date;
  /** Its commitment in hex: what other entries name it by. */
  readonly hash: string;
  /** null: erased. */
  readonly said: { readonly agentId: string | null; readonly period: string | null } | null;
}

/** Who may know of which entries; null: of all of them. */
export type VisibleAgents = readonly string[] | null;

interface EntryRow {
  leaf: string;
  kind: EntryKind;
  at: Date;
  hash: string;
  kept: boolean;
  agent_id: string | null;
  period: string | null;
}

const columns = `leaf, kind, at, encode(commitment, 'hex') AS hash, records.entry_id IS NOT NULL AS kept, agent_id, period`;
const from = `ledger_leaves JOIN ledger_entries USING (entry_id) LEFT JOIN ledger_records AS records USING (entry_id)`;
/** What concerns nobody in particular is everybody's to know; totals of a pool are not. */
const visible = `($1::text[] IS NULL OR agent_id = ANY ($1) OR kind IN ('planPublished', 'definitionChanged', 'keyRotated'))`;

export interface EntryQuery {
  readonly agents: VisibleAgents;
  readonly kind: EntryKind | null;
  readonly agentId: string | null;
  /** Entries of smaller leaves than this. */
  readonly before: number;
  readonly limit: number;
}

/** Newest first. */
export async function readEntries(postgres: Queryable, query: EntryQuery): Promise<PlacedEntry[]> {
  const { rows } = await postgres.query<EntryRow>(
    `SELECT ${columns} FROM ${from}
     WHERE ${visible} AND leaf < $2 AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR agent_id = $4)
     ORDER BY leaf DESC LIMIT $5`,
    [query.agents, query.before, query.kind, query.agentId, query.limit],
  );
  return rows.map(entryOf);
}

/** An entry and what it says, by its place or by its hash; null where there is none, or no right to know of it. */
export async function readEntry(
  postgres: Queryable,
  by: { readonly leaf: number } | { readonly hash: string },
  agents: VisibleAgents,
): Promise<(PlacedEntry & { readonly record: string | null; readonly salt: Buffer | null }) | null> {
  const { rows } = await postgres.query<EntryRow & { record: string | null; salt: Buffer | null }>(
    `SELECT ${columns}, record, salt FROM ${from}
     WHERE ${visible} AND ${'leaf' in by ? 'leaf = $2::bigint' : `commitment = decode($2, 'hex')`}`,
    [agents, 'leaf' in by ? by.leaf : by.hash],
  );
  const [row] = rows;
  return row ? { ...entryOf(row), record: row.record, salt: row.salt } : null;
}

function entryOf({ leaf, kind, at, hash, kept, agent_id, period }: EntryRow): PlacedEntry {
  return { leaf: Number(leaf), kind, at, hash, said: kept ? { agentId: agent_id, period } : null };
}

/** The first entry from this place on that tells of a new key. */
export async function rotationFrom(postgres: Queryable, leaf: number): Promise<number | null> {
  const { rows } = await postgres.query<{ leaf: string }>(
    `SELECT leaf FROM ledger_leaves JOIN ledger_entries USING (entry_id)
     WHERE kind = 'keyRotated' AND leaf >= $1 ORDER BY leaf LIMIT 1`,
    [leaf],
  );
  return rows[0] ? Number(rows[0].leaf) : null;
}

export async function readContents(postgres: Queryable, hashes: readonly string[]): Promise<Record<string, string>> {
  const { rows } = await postgres.query<{ hash: string; content: string }>(
    'SELECT hash, content FROM ledger_contents WHERE hash = ANY ($1)',
    [hashes],
  );
  return Object.fromEntries(rows.map(({ hash, content }) => [hash, content]));
}

/** The commitments of a bundle of leaves, in their order. */
export async function readCommitments(postgres: Queryable, first: number, count: number): Promise<Buffer[]> {
  const { rows } = await postgres.query<{ commitment: Buffer }>(
    `SELECT commitment FROM ledger_leaves JOIN ledger_entries USING (entry_id)
     WHERE leaf >= $1 AND leaf < $2 ORDER BY leaf`,
    [first, first + count],
  );
  return rows.map(({ commitment }) => commitment);
}

/** What is kept of an entry, for whoever checks all of them. */
export interface CheckedRow {
  readonly leaf: number;
  readonly kind: string;
  readonly at: Date;
  readonly commitment: Buffer;
  readonly record: string | null;
  readonly salt: Buffer | null;
}

export async function readToCheck(postgres: Queryable, first: number, limit: number): Promise<CheckedRow[]> {
  const { rows } = await postgres.query<Omit<CheckedRow, 'leaf'> & { leaf: string }>(
    `SELECT leaf, kind, at, commitment, record, salt
     FROM ledger_leaves JOIN ledger_entries USING (entry_id) LEFT JOIN ledger_records USING (entry_id)
     WHERE leaf >= $1 ORDER BY leaf LIMIT $2`,
    [first, limit],
  );
  return rows.map((row) => ({ ...row, leaf: Number(row.leaf) }));
}

/** How many rows of the ledger's tables lead nowhere: the database itself refuses none of them. All of one moment. */
export async function strayRows(postgres: Queryable): Promise<{ readonly records: number; readonly entries: number }> {
  const { rows } = await postgres.query<{ records: number; entries: number }>(`SELECT
    (SELECT count(*)::integer FROM ledger_records LEFT JOIN ledger_entries AS entry USING (entry_id) WHERE entry.entry_id IS NULL) AS records,
    (SELECT count(*)::integer FROM ledger_entries LEFT JOIN ledger_leaves AS leaf USING (entry_id) LEFT JOIN ledger_pending AS pending USING (entry_id)
      WHERE leaf.entry_id IS NULL AND pending.entry_id IS NULL) AS entries`);
  const [row] = rows;
  if (!row) throw new Error('a count is one row');
  return row;
}

/** Deletes what entries about a person say, salts included. The entries' places, times and commitments stay. */
export async function eraseRecords(postgres: Queryable, agentId: string): Promise<number> {
  const { rowCount } = await postgres.query('DELETE FROM ledger_records WHERE agent_id = $1', [agentId]);
  return Number(rowCount);
}
