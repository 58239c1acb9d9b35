import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkpointText, readCheckpoint } from './checkpoint.ts';
import {
  cosignedBy,
  cosignedText,
  makeKey,
  type NoteSignature,
  readKey,
  readNote,
  signedBy,
  signNote,
  writeKey,
  writeNote,
} from './note.ts';
import { readTlogProof, writeTlogProof } from './tlogProof.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
const signing = (bytes: Uint8Array): Uint8Array =>
  sign(null, bytes, createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })));

test('a note that others signed is read and verified: the example of the reference implementation', () => {
  const written = [
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n",
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
  ].join('');
  const key = readKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  const note = readNote(written);
  if (!key || !note) throw new Error('the example could not be read');
  expect(signedBy(note, key)).toBe('valid');
  expect(signedBy({ ...note, text: note.text.replace('think', 'thinl') }, key)).toBe('invalid');
  expect(signedBy(note, { ...key, keyId: '00000000' })).toBe('unknown');
  expect(writeNote(note)).toBe(written);
  expect(writeKey(key)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
});

test('a key whose id is not its own, and a text that is no note, are refused', () => {
  expect(readKey('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeNull();
  expect(readKey('Peter+Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeNull();
  const key = makeKey('heng.example/ledger', 1, raw);
  const written = writeNote({ text: 'a\n', signatures: [signNote('a\n', key, signing)] });
  expect(readNote(written)).not.toBeNull();
  for (const bad of [
    '',
    'a\n',
    written.slice(0, -1),
    `${written}x`,
    written.replace('— ', '- '),
    `\u0000${written}`,
    written.replace('\n\n', '\n'),
  ])
    expect(readNote(bad)).toBeNull();
});

test('a cosignature holds for its own checkpoint and instant alone, and is no signature of the log', () => {
  const witness = makeKey('witness.example/w1', 4, raw);
  const text = checkpointText({ origin: 'heng.example/ledger', size: 7, root: new Uint8Array(32).fill(5) });
  const at = 1_796_000_000;
  const stamped = (seconds: number): NoteSignature => {
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
    const signature = signing(cosignedText(text, BigInt(at)));
    return { name: witness.name, keyId: witness.keyId, signature: Uint8Array.of(...time, ...signature) };
  };
  const note = { text, signatures: [stamped(at)] };
  expect(cosignedBy(note, witness)).toBe(at);
  expect(cosignedBy({ ...note, text: text.replace('7', '8') }, witness)).toBeNull();
  expect(cosignedBy({ text, signatures: [stamped(at + 1)] }, witness)).toBeNull();
  expect(cosignedBy(note, makeKey('witness.example/w2', 4, raw))).toBeNull();
  expect(signedBy(note, { ...witness, type: 1 })).toBe('invalid');
});

test('checkpoints and proofs are read as they are written, and nothing else is one', () => {
  const checkpoint = { origin: 'heng.example/ledger', size: 20_852_163, root: new Uint8Array(32).fill(9) };
  expect(readCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
  const text = checkpointText(checkpoint);
  for (const bad of [
    '',
    text.slice(0, -1),
    text.replace('20852163', '020852163'),
    text.replace('20852163', '-1'),
    `${text}\n`,
    `\n${text}`,
  ])
    expect(readCheckpoint(bad)).toBeNull();
  for (const extra of [null, new Uint8Array([1, 2, 3])]) {
    const proof = {
      extra,
      index: 3,
      proof: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
      checkpoint: `${text}\n— a AAAAAA==\n`,
    };
    expect(readTlogProof(writeTlogProof(proof))).toEqual(proof);
    const written = writeTlogProof(proof);
    for (const bad of [
      written.replace('@v1', '@v2'),
      written.replace('index 3', 'index 03'),
      written.replace('index 3\n', ''),
      written.replace('AQEB', 'AQE'),
    ])
      expect(readTlogProof(bad)).toBeNull();
  }
});
