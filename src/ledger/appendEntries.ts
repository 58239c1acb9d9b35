import { createHash, randomBytes } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
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
/** After so many the database and whoever else waits for this process have their turn. */
const turnRows = 100;
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
  let batch: Written[] = [];
  let storing: Promise<void> = Promise.resolve();
  /** While the database takes in a batch the next one is made. */
  const flush = async () => {
    await storing;
    storing = store(connection, batch, hashes);
    // A failure is told by the await that comes next.
    storing.catch(() => undefined);
    batch = [];
  };
  try {
    for await (const { record, contents = [] } of entries) {
      const at = new Date(now());
      const checked = recordSchema.parse({ ...record, format: recordFormat, at: at.toISOString() });
      const fresh = contents.filter(({ hash }) => !given.has(hash));
      if (fresh.length > 0) {
        // One statement at a time: a connection that still takes in a batch is asked for nothing else.
        await storing;
        await insertContents(connection, fresh);
      }
      for (const { hash } of fresh) given.add(hash);
      const missing = contentsNamed(checked).find((hash) => !given.has(hash));
      if (missing !== undefined)
        throw new RangeError(`a ${checked.kind} names the content ${missing}, which is not given`);
      batch.push(written(checked, at));
      if (batch.length === batchRows) await flush();
      else if (batch.length % turnRows === 0) await othersTurn();
    }
    await flush();
  } finally {
    // Also where an entry fails: nothing may reach the connection after its transaction has ended.
    await storing;
  }
  return hashes;
}

/** Adds the hash of each. */
async function store(connection: Queryable, batch: readonly Written[], hashes: string[]): Promise<void> {
  if (batch.length === 0) return;
  const ids = await takeEntryIds(connection, batch.length);
  // Asked for once: each question for random bytes costs more than all else of an entry.
  const salts = randomBytes(saltBytes * batch.length);
  const entries = batch.map((each, i): StoredEntry => {
    const salt = salts.subarray(saltBytes * i, saltBytes * (i + 1));
    return { ...each, entryId: ids[i] ?? '', salt, commitment: commitmentOf(salt, each.record) };
  });
  await insertEntries(connection, entries);
  for (const { commitment } of entries) hashes.push(commitment.toString('hex'));
}

type Written = Omit<StoredEntry, 'entryId' | 'salt' | 'commitment'>;

const written = (record: LedgerRecord, at: Date): Written => ({
  kind: record.kind,
  at,
  agentId: agentOf(record),
  period: 'period' in record ? record.period : null,
  record: canonicalJson(record),
});

/** With a fresh salt: whoever has record and salt can make the commitment again, and nobody else can guess it. */
const commitmentOf = (salt: Buffer, record: string): Buffer =>
  createHash('sha256').update(salt).update(record).digest();
