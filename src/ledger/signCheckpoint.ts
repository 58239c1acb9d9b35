import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { checkpointText, readCheckpoint } from './checkpoint.ts';
import {
  firstCheckpointFrom,
  insertCheckpoint,
  insertKey,
  lastCheckpoint,
  readKeys,
  readLog,
  type StoredLog,
  tilesIn,
} from './logStore.ts';
import { nativeSha256 } from './nativeSha256.ts';
import { readNote, signNote, writeKey, writeNote } from './note.ts';
import { forgetKeyBefore, type KeyPlace, keysAtHand, makeKeyFile, type SigningKey, takeNextKey } from './signingKey.ts';
import { hashesFromTiles } from './tiles.ts';
import { type Hash, isConsistent, proveConsistency, rootHash } from './tree.ts';
import { writeSafely } from './writeSafely.ts';

/**
 * Whether the log can be signed. keyLost: its private key is not here. otherKey: another one is. truncated, forked: the tree no longer
 * begins with one that was signed already, so nothing is signed that would contradict it.
 */
export type Signing = 'ready' | 'keyLost' | 'otherKey' | 'truncated' | 'forked';

/** Signs the tree as it is, unless it is signed already. Repeating it, from several processes at once too, gives one checkpoint. */
export async function signCheckpoint(postgres: pg.Pool, place: KeyPlace, now: () => number): Promise<Signing> {
  const log = await readLog(postgres);
  if (!log) throw new Error('the log has no name yet');
  if ((await readKeys(postgres)).length === 0) await takeFirstKey(postgres, place, log.origin, new Date(now()));
  const looked = await lookAtTree(postgres, place, log);
  if (looked.signing !== 'ready' || looked.unsigned === null) return looked.signing;
  const { origin, size } = log;
  const { key, root } = looked.unsigned;
  const text = checkpointText({ origin, size, root });
  const signers = [key, ...(await leavingKey(postgres, place, origin))];
  const note = writeNote({ text, signatures: signers.map(({ key: by, sign }) => signNote(text, by, sign)) });
  await insertCheckpoint(postgres, { size, root: Buffer.from(root), note, signedAt: new Date(now()) });
  writeSafely(seenPath(place), note);
  if (signers.length > 1) forgetKeyBefore(place);
  return 'ready';
}

type Looked =
  | { readonly signing: Exclude<Signing, 'ready'> }
  | { readonly signing: 'ready'; readonly unsigned: { readonly key: SigningKey; readonly root: Hash } | null };

/** Whether the tree may be signed, and with what; `unsigned` is null where it is signed already. */
export async function lookAtTree(postgres: pg.Pool, place: KeyPlace, { origin, size }: StoredLog): Promise<Looked> {
  const key = await currentKey(postgres, place, origin);
  if (typeof key === 'string') return { signing: key };
  const last = await lastCheckpoint(postgres);
  const seen = lastSeen(place);
  const signed = [...(last ? [{ size: last.size, root: new Uint8Array(last.root) }] : []), ...(seen ? [seen] : [])];
  if (signed.some((each) => each.size > size)) return { signing: 'truncated' };
  const reader = hashesFromTiles(nativeSha256, tilesIn(postgres), size);
  const root = await rootHash(nativeSha256, reader, size);
  for (const { size: oldSize, root: oldRoot } of signed) {
    const proof = await proveConsistency(nativeSha256, reader, oldSize, size);
    if (!isConsistent(nativeSha256, { oldSize, oldRoot, size, root, proof })) return { signing: 'forked' };
  }
  return { signing: 'ready', unsigned: size === 0 || last?.size === size ? null : { key, root } };
}

/** The first key is made by itself; later a missing one never is. */
async function takeFirstKey(postgres: pg.Pool, place: KeyPlace, origin: string, at: Date): Promise<void> {
  makeKeyFile(place, 'now');
  const [first] = keysAtHand(place, origin);
  if (first) await insertKey(postgres, { key: writeKey(first.key), sinceSize: 0 }, at);
}

async function currentKey(
  postgres: pg.Pool,
  place: KeyPlace,
  origin: string,
): Promise<SigningKey | 'keyLost' | 'otherKey'> {
  const current = (await readKeys(postgres)).at(-1)?.key;
  const atHand = keysAtHand(place, origin);
  const own = atHand.find(({ key }) => writeKey(key) === current);
  if (!own) return atHand.length === 0 ? 'keyLost' : 'otherKey';
  // A rotation that was cut off after its commit is finished here.
  if (own !== atHand[0]) takeNextKey(place);
  return own;
}

/** The key that signed until now, where it is at hand and the checkpoint is the first one under its successor. */
async function leavingKey(postgres: pg.Pool, place: KeyPlace, origin: string): Promise<SigningKey[]> {
  const keys = await readKeys(postgres);
  const [before, current] = [keys.at(-2), keys.at(-1)];
  if (!before || !current || (await firstCheckpointFrom(postgres, current.sinceSize + 1))) return [];
  return keysAtHand(place, origin).filter(({ key }) => writeKey(key) === before.key);
}

const seenPath = ({ dataDir }: KeyPlace): string => join(dataDir, 'ledger.checkpoint');

/**
 * The last checkpoint that was signed from this data directory: it stands beside the database, so that a database that went back in
 * time is noticed.
 */
function lastSeen(place: KeyPlace) {
  const path = seenPath(place);
  const note = existsSync(path) ? readNote(readFileSync(path, 'utf8')) : null;
  return note && readCheckpoint(note.text);
}
