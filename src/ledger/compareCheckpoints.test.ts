import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { toBase64 } from './base64.ts';
import { checkpointText } from './checkpoint.ts';
import { compareCheckpoints } from './compareCheckpoints.ts';
import { nativeSha256 } from './nativeSha256.ts';
import { makeKey, signNote, writeKey, writeNote } from './note.ts';
import { grow, hashesFromTiles, openTiles } from './tiles.ts';
import { leafHash, proveConsistency, rootHash } from './tree.ts';

test('two signatures are compared by themselves: continued, contradicted, of another log, by another key, or no text at all', async () => {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const leaves = Array.from({ length: 9 }, (_, n) => leafHash(nativeSha256, Uint8Array.of(n)));
  const [tile] = grow(nativeSha256, 0, [], leaves);
  const reader = hashesFromTiles(nativeSha256, { readTiles: async () => [tile?.hashes ?? new Uint8Array()] }, 9);
  expect(openTiles(9)).toHaveLength(1);
  const signed = async (size: number, { origin = 'heng.example/ledger', other = false } = {}) => {
    const key = makeKey(origin, 1, publicKey);
    const root = await rootHash(nativeSha256, reader, size);
    const text = checkpointText({ origin, size, root: other ? root.map((byte) => byte ^ 1) : root });
    return writeNote({ text, signatures: [signNote(text, key, (bytes) => sign(null, bytes, pair.privateKey))] });
  };
  const proof = (await proveConsistency(nativeSha256, reader, 4, 9)).map(toBase64);
  const keys = [writeKey(makeKey('heng.example/ledger', 1, publicKey))];
  const [early, late] = [await signed(4), await signed(9)];
  expect(compareCheckpoints(early, late, proof, keys)).toBe('continues');
  expect(compareCheckpoints(early, await signed(9, { other: true }), proof, keys)).toBe('contradicts');
  expect(compareCheckpoints(late, early, proof, keys)).toBe('contradicts');
  expect(compareCheckpoints(early, await signed(9, { origin: 'other/ledger' }), proof, keys)).toBe('otherLog');
  expect(compareCheckpoints(early, late, proof, [])).toBe('unsigned');
  expect(compareCheckpoints(early.replace('\n4\n', '\n5\n'), late, proof, keys)).toBe('unsigned');
  expect(compareCheckpoints('no text', late, proof, keys)).toBe('unreadable');
});
