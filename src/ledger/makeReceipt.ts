import { Conflict, NotFound } from '../platform/errors.ts';
import type { Queryable } from '../platform/transaction.ts';
import { cosignedNote } from './cosignatureStore.ts';
import { readContents, readEntry, rotationFrom, type VisibleAgents } from './entryStore.ts';
import {
  firstCheckpointFrom,
  lastCheckpoint,
  readKeys,
  type StoredCheckpoint,
  type StoredKey,
  tilesIn,
} from './logStore.ts';
import { nativeSha256 } from './nativeSha256.ts';
import { writeReceipt } from './receipt.ts';
import { contentsNamed, type LedgerRecord, recordSchema } from './records.ts';
import { hashesFromTiles } from './tiles.ts';
import { proveInclusion } from './tree.ts';

export type EntryName = { readonly leaf: number } | { readonly hash: string };

/**
 * The receipt of an entry under the newest checkpoint, with what its record names, the totals it was ranked among, and the entries by
 * which the log's key changed. Throws NotFound `ledger.noEntry`, `ledger.erased`, Conflict `ledger.notSigned` for one that no checkpoint
 * covers yet.
 */
export async function makeReceipt(postgres: Queryable, name: EntryName, agents: VisibleAgents): Promise<string> {
  const [checkpoint, keys] = await Promise.all([lastCheckpoint(postgres), readKeys(postgres)]);
  if (!checkpoint) throw new NotFound('ledger.noEntry');
  return receiptUnder(postgres, name, { agents, checkpoint, keys, whole: true });
}

interface Under {
  readonly agents: VisibleAgents;
  readonly checkpoint: StoredCheckpoint;
  readonly keys: readonly StoredKey[];
  /** Whether the receipts of other entries go along. */
  readonly whole: boolean;
}

async function receiptUnder(postgres: Queryable, name: EntryName, under: Under): Promise<string> {
  const { agents, checkpoint, keys, whole } = under;
  const { size } = checkpoint;
  const entry = await readEntry(postgres, name, agents);
  if (!entry) throw new NotFound('ledger.noEntry');
  const { leaf, record, salt } = entry;
  if (record === null || salt === null) throw new NotFound('ledger.erased', { leaf });
  if (leaf >= size) throw new Conflict('ledger.notSigned', { leaf });
  const read = recordSchema.parse(JSON.parse(record));
  const reader = hashesFromTiles(nativeSha256, tilesIn(postgres), size);
  const proof = await proveInclusion(nativeSha256, reader, leaf, size);
  return writeReceipt({
    ...{ index: leaf, proof, checkpoint: await cosignedNote(postgres, checkpoint), record, salt: new Uint8Array(salt) },
    contents: await readContents(postgres, contentsNamed(read)),
    keys: keys.map(({ key }) => key),
    referred: whole ? await referredBy(postgres, read, under) : [],
  });
}

/** Whoever may see a card may see the totals it was ranked among; who holds an old key is told of its successors. */
async function referredBy(postgres: Queryable, record: LedgerRecord, under: Under): Promise<string[]> {
  const found: string[] = [];
  const pool = record.kind === 'scorecard' ? record.rank?.distribution : null;
  if (pool) found.push(await receiptUnder(postgres, { hash: pool }, { ...under, agents: null, whole: false }));
  for (const { sinceSize } of under.keys.slice(1)) {
    const checkpoint = await firstCheckpointFrom(postgres, sinceSize + 1);
    const leaf = await rotationFrom(postgres, sinceSize);
    if (checkpoint && leaf !== null)
      found.push(await receiptUnder(postgres, { leaf }, { ...under, checkpoint, agents: null, whole: false }));
  }
  return found;
}
