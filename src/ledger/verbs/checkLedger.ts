import { createHash } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { checkAudit } from '../checkAudit.ts';
import { checkpointText } from '../checkpoint.ts';
import { type CheckedRow, readToCheck, strayRows } from '../entryStore.ts';
import { keepLedger, type LedgerDeps } from '../keepLedger.ts';
import { checkpointsFrom, readKeys, readLog, type StoredCheckpoint, tilesIn } from '../logStore.ts';
import { nativeSha256 } from '../nativeSha256.ts';
import { readKey, readNote, signedBy } from '../note.ts';
import { jsonOf } from '../receipt.ts';
import type { Signing } from '../signCheckpoint.ts';
import { grow, hashesFromTiles, openTiles, type TileBytes, widthAt } from '../tiles.ts';
import type { Told } from '../told.ts';
import { leafHash, rootHash, sameBytes } from '../tree.ts';

export interface CheckedLedger {
  readonly size: number;
  readonly checkpoints: number;
  readonly erased: number;
  readonly signing: Signing;
  readonly faults: readonly Told[];
  readonly notes: readonly Told[];
}

const sharedSchema = z.object({ kind: z.string(), at: z.string() });
const batch = 4096;
const toldMax = 20;

/**
 * Looks at the whole ledger: every record that is still there against its commitment, the tree built anew from the commitments against
 * the one that is kept, rows that lead nowhere, every checkpoint against the tree and its signature, every row of the audit log against its seal.
 */
export async function checkLedger(deps: LedgerDeps, actor: Actor): Promise<CheckedLedger> {
  authorise(actor, 'ledger.write');
  const { postgres } = deps.stores;
  const signing = await keepLedger(deps);
  const log = await readLog(postgres);
  if (!log) throw new Error('a log that was kept has a name');
  const faults: Told[] = signing === 'ready' ? [] : [{ code: `ledger.${signing}`, params: {} }];
  const { erased, notes } = await checkEntries(postgres, log.size, faults);
  const strays = await strayRows(postgres);
  if (Object.values(strays).some((count) => count > 0)) faults.push({ code: 'ledger.rowsStray', params: strays });
  const checkpoints = await checkCheckpoints(postgres, log, faults);
  const audited = await checkAudit(postgres, toldMax);
  faults.push(...audited.faults);
  notes.push(...audited.notes);
  return { size: log.size, checkpoints, erased, signing, faults: faults.slice(0, toldMax), notes };
}

async function checkEntries(postgres: pg.Pool, size: number, faults: Told[]) {
  let [erased, next, latestMs] = [0, 0, Number.NEGATIVE_INFINITY];
  let open: readonly TileBytes[] = [];
  const back: number[] = [];
  while (next < size) {
    const rows = await readToCheck(postgres, next, batch);
    const first = next;
    for (const row of rows) {
      if (row.leaf !== next) break;
      if (row.record === null) erased += 1;
      else if (!isCommittedTo(row)) faults.push({ code: 'ledger.recordAltered', params: { leaf: row.leaf } });
      else if (!isOfItsRecord(row)) faults.push({ code: 'ledger.entryAltered', params: { leaf: row.leaf } });
      if (row.at.getTime() < latestMs) back.push(row.leaf);
      latestMs = Math.max(latestMs, row.at.getTime());
      next += 1;
    }
    const leaves = rows.slice(0, next - first).map(({ commitment }) => leafHash(nativeSha256, commitment));
    const changed = grow(nativeSha256, first, open, leaves);
    await compareTiles(postgres, changed, faults);
    open = openTiles(next).map(({ level, tile }) => newest(level, tile, changed, open));
    if (next - first < rows.length || rows.length === 0) {
      faults.push({ code: 'ledger.leafMissing', params: { leaf: next } });
      break;
    }
  }
  const [leaf] = back;
  return {
    erased,
    notes: leaf === undefined ? ([] as Told[]) : [{ code: 'ledger.clockBack', params: { leaf, count: back.length } }],
  };
}

const isCommittedTo = ({ salt, record, commitment }: CheckedRow): boolean =>
  createHash('sha256')
    .update(salt ?? '')
    .update(record ?? '')
    .digest()
    .equals(commitment);

/** Kind and time stand beside the record too, for whoever looks entries up, and must not hide it. */
function isOfItsRecord({ kind, at, record }: CheckedRow): boolean {
  const said = sharedSchema.safeParse(jsonOf(record ?? ''));
  return said.success && said.data.kind === kind && said.data.at === at.toISOString();
}

function newest(level: number, tile: number, changed: readonly TileBytes[], open: readonly TileBytes[]): TileBytes {
  const found = [...changed, ...open].find((each) => each.level === level && each.tile === tile);
  if (!found) throw new Error(`tile ${level}/${tile} was not built`);
  return found;
}

async function compareTiles(postgres: pg.Pool, built: readonly TileBytes[], faults: Told[]): Promise<void> {
  const asked = built.map(({ level, tile, hashes }) => ({ level, tile, width: hashes.length / 32 }));
  const kept = await tilesIn(postgres).readTiles(asked);
  built.forEach(({ level, tile, hashes }, i) => {
    if (!sameBytes(kept[i] ?? new Uint8Array(), hashes))
      faults.push({ code: 'ledger.tileAltered', params: { level, tile } });
  });
}

async function checkCheckpoints(
  postgres: pg.Pool,
  { origin, size }: { readonly origin: string; readonly size: number },
  faults: Told[],
): Promise<number> {
  const keys = (await readKeys(postgres)).map(({ key }) => readKey(key));
  let [count, from] = [0, 0];
  for (;;) {
    const some = await checkpointsFrom(postgres, from, 1000);
    for (const checkpoint of some) {
      if (checkpoint.size > size || !(await isRootOf(postgres, checkpoint)))
        faults.push({ code: 'ledger.checkpointOfOtherTree', params: { size: checkpoint.size } });
      const note = readNote(checkpoint.note);
      const isOwn = note?.text === checkpointText({ origin, size: checkpoint.size, root: checkpoint.root });
      if (!isOwn || !keys.some((key) => key && signedBy(note, key) === 'valid'))
        faults.push({ code: 'ledger.checkpointUnsigned', params: { size: checkpoint.size } });
    }
    count += some.length;
    const last = some.at(-1);
    if (!last) return count;
    from = last.size + 1;
  }
}

async function isRootOf(postgres: pg.Pool, { size, root }: StoredCheckpoint): Promise<boolean> {
  // Of a tree that lost tiles there is no root.
  const reader = tilesIn(postgres);
  const tiles = openTiles(size);
  const kept = await reader.readTiles(tiles.map((each) => ({ ...each, width: widthAt(size, each.level, each.tile) })));
  if (kept.some(({ length }, i) => length !== (tiles[i]?.width ?? 0) * 32)) return false;
  return sameBytes(await rootHash(nativeSha256, hashesFromTiles(nativeSha256, reader, size), size), root);
}
