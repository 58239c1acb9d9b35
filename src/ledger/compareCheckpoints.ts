import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64 } from './base64.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { readKey, readNote, signedBy } from './note.ts';
import { isConsistent } from './tree.ts';

/** A signed checkpoint as somebody has it; null where the text is none. */
export function openCheckpoint(written: string): Checkpoint | null {
  const note = readNote(written);
  return note && readCheckpoint(note.text);
}

/** continues: the later tree begins with the whole of the earlier one. contradicts: it does not, whatever anybody says. */
export type Compared = 'continues' | 'contradicts' | 'unsigned' | 'otherLog' | 'unreadable';

/** Compares two checkpoints by themselves: both signed by a key of the log, and the proof leads from one to the other. */
export function compareCheckpoints(
  earlier: string,
  later: string,
  proof: readonly string[],
  keys: readonly string[],
): Compared {
  const [before, after] = [openCheckpoint(earlier), openCheckpoint(later)];
  const hashes = proof.map(fromBase64);
  if (!before || !after || !hashes.every((hash) => hash !== null)) return 'unreadable';
  if (before.origin !== after.origin) return 'otherLog';
  if (![earlier, later].every((written) => isSigned(written, keys))) return 'unsigned';
  const { size: oldSize, root: oldRoot } = before;
  const { size, root } = after;
  return isConsistent(sha256, { oldSize, oldRoot, size, root, proof: hashes }) ? 'continues' : 'contradicts';
}

function isSigned(written: string, keys: readonly string[]): boolean {
  const note = readNote(written);
  const found = keys.flatMap((key) => readKey(key) ?? []);
  return note !== null && found.some((key) => signedBy(note, key) === 'valid');
}
