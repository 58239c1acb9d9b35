import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './base64.ts';

/** A text and who signed it: C2SP signed-note. */
export interface Note {
  /** With its last line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** 1: a log's Ed25519 key. 4: a witness's, whose signature carries a time. */
export type KeyType = 1 | 4;

export interface VerifierKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

/** Signs the bytes with Ed25519; the private key stays where it is. */
export type Sign = (bytes: Uint8Array) => Uint8Array;

const noteBytesMax = 1_000_000;
const signaturesMax = 64;
const namePattern = /^[^\s+]{1,200}$/u;

export function makeKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError(`${name} cannot name a key`);
  const id = sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4);
  return { name, keyId: bytesToHex(id), type, publicKey };
}

export const isKeyName = (name: string): boolean => namePattern.test(name);

/** As keys are handed on: `name+id+base64`. */
export function writeKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

/** null for a text that is no Ed25519 key of a log or a witness, or whose id is not its own. */
export function readKey(text: string): VerifierKey | null {
  const [, name = '', keyId, encoded = ''] =
    /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,100})$/u.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  const type = bytes?.[0];
  if (bytes?.length !== 33 || (type !== 1 && type !== 4)) return null;
  const key = makeKey(name, type, bytes.slice(1));
  return key.keyId === keyId ? key : null;
}

/** null where the text is no signed note. */
export function readNote(written: string): Note | null {
  if (written.length > noteBytesMax || /[^\P{Cc}\n]|\p{Surrogate}/u.test(written)) return null;
  const split = written.lastIndexOf('\n\n');
  if (split < 0 || !written.endsWith('\n')) return null;
  const lines = written.slice(split + 2, -1).split('\n');
  if (lines.length > signaturesMax) return null;
  const signatures = lines.map(readSignature);
  return signatures.every((each) => each !== null) ? { text: written.slice(0, split + 1), signatures } : null;
}

/** null where the line is no signature line of a note. */
export function readSignature(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = /^— ([^\s+]{1,200}) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!bytes || bytes.length < 5) return null;
  return { name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map((each) => `${writeSignature(each)}\n`).join('')}`;

export const writeSignature = ({ name, keyId, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(concatBytes(hexToBytes(keyId), signature))}`;

export function signNote(text: string, key: VerifierKey, sign: Sign): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature: sign(utf8ToBytes(text)) };
}

/** unknown: the note has no signature by this key. */
export type Signed = 'valid' | 'invalid' | 'unknown';

/** Whether a log's key signed the text. */
export function signedBy({ text, signatures }: Note, key: VerifierKey): Signed {
  const own = signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (own.length === 0 || key.type !== 1) return 'unknown';
  return own.every(({ signature }) => verifies(signature, utf8ToBytes(text), key)) ? 'valid' : 'invalid';
}

/** The instant at which a witness cosigned, in seconds since 1970; null where there is no valid cosignature by this key. */
export function cosignedBy({ text, signatures }: Note, key: VerifierKey): number | null {
  if (key.type !== 4) return null;
  const own = signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (own?.signature.length !== 72) return null;
  const { buffer, byteOffset } = own.signature;
  const seconds = new DataView(buffer, byteOffset, 8).getBigUint64(0);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return verifies(own.signature.subarray(8), cosignedText(text, seconds), key) ? Number(seconds) : null;
}

/** C2SP tlog-cosignature: what a witness signs at an instant. */
export const cosignedText = (text: string, seconds: bigint): Uint8Array =>
  utf8ToBytes(`cosignature/v1\ntime ${seconds}\n${text}`);

const verifies = (signature: Uint8Array, bytes: Uint8Array, { publicKey }: VerifierKey): boolean =>
  signature.length === 64 && ed25519.verify(signature, bytes, publicKey, { zip215: false });
