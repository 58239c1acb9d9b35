import { createHash, randomBytes } from 'node:crypto';
import type { Queryable } from '../platform/transaction.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { LedgerContent } from './ledgerContent.ts';
import { insertContents, insertEntries, type StoredEntry, takeEntryIds } from './ledgerStore.ts';
import { agentOf, contentsNamed, type LedgerRecord, type NewRecord, recordFormat, recordSchema } from './records.ts';

/** A record to be appended, and what it names by hash (see `contentsNamed`). */
export interface LedgerEntry {
  readonly record: NewRecord;
  readonly contents?: readonly LedgerContent[];
}

const batchRows = 2000;
const saltBytes = 32;

/**
 * Appends entries within the caller's transaction: they are in the ledger if and only if what they tell of happened. Their place in the
 * tree is given soon after the commit. Answers each one's hash (its commitment in hex), by which other entries and features name it.
 * However many there are, a batch at a time is in memory. Throws where a record is not of its schema or names
 * contents that are not given in the same call.
 */
export async function appendEntries(
  connection: Queryable,
  entries: Iterable<LedgerEntry> | AsyncIterable<LedgerEntry>,
  { now }: { readonly now: () => number },
): Promise<string[]> {
  const hashes: string[] = [];
  const given = new Set<string>();
  let batch: Omit<StoredEntry, 'entryId'>[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const ids = await takeEntryIds(connection, batch.length);
    await insertEntries(
      connection,
      batch.map((entry, i) => ({ ...entry, entryId: ids[i] ?? '' })),
    );
    batch = [];
  };
  for await (const { record, contents = [] } of entries) {
    const at = new Date(now());
    const checked = recordSchema.parse({ ...record, format: recordFormat, at: at.toISOString() });
    await insertContents(
      connection,
      contents.filter(({ hash }) => !given.has(hash)),
    );
    for (const { hash } of contents) given.add(hash);
    const missing = contentsNamed(checked).find((hash) => !given.has(hash));
    if (missing !== undefined)
      throw new RangeError(`a ${checked.kind} names the content ${missing}, which is not given`);
    const entry = sealed(checked, at);
    hashes.push(entry.commitment.toString('hex'));
    batch.push(entry);
    if (batch.length === batchRows) await flush();
  }
  await flush();
  return hashes;
}

/** The record as it is kept, with a fresh salt: whoever has both can make the commitment again, and nobody else can guess it. */
function sealed(record: LedgerRecord, at: Date): Omit<StoredEntry, 'entryId'> {
  const text = canonicalJson(record);
  const salt = randomBytes(saltBytes);
  return {
    kind: record.kind,
    at,
    agentId: agentOf(record),
    period: 'period' in record ? record.period : null,
    salt,
    record: text,
    commitment: createHash('sha256').update(salt).update(text).digest(),
  };
}
