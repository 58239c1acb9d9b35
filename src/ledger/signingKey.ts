import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from '../platform/errors.ts';
import { makeKey, type Sign, type VerifierKey } from './note.ts';
import { writeSafely } from './writeSafely.ts';

/** A private key at hand, and the public one that others verify with. */
export interface SigningKey {
  readonly key: VerifierKey;
  readonly sign: Sign;
}

/** Where private keys are: in files beside the data, or given by the environment where several servers share a database. */
export interface KeyPlace {
  readonly dataDir: string;
  /** HENG_LEDGER_KEY and, while a key is being changed, HENG_LEDGER_KEY_BEFORE: 32 bytes in base64url. */
  readonly given: { readonly now: string; readonly before: string | null } | null;
}

/** now: signs. next: made for a rotation that is not committed yet. before: signs once more, so that whoever knows it learns of its successor. */
const files = { now: 'ledger.key', next: 'ledger.key.next', before: 'ledger.key.before' } as const;
const path = ({ dataDir }: KeyPlace, which: keyof typeof files): string => join(dataDir, files[which]);

const seedBytes = 32;

/** Every private key that is at hand, under the log's name. Throws BadInput `ledger.keyUnreadable` for what is none. */
export function keysAtHand(place: KeyPlace, origin: string): SigningKey[] {
  const written = place.given
    ? [place.given.now, ...(place.given.before ? [place.given.before] : [])]
    : (Object.keys(files) as (keyof typeof files)[])
        .map((which) => path(place, which))
        .filter(existsSync)
        .map((file) => readFileSync(file, 'utf8').trim());
  return written.map((text) => keyOf(text, origin));
}

/** The key that a rotation goes to: the file made for it, or the one that the environment gives now. */
export function nextKey(place: KeyPlace, origin: string): SigningKey | null {
  if (place.given) return keyOf(place.given.now, origin);
  const file = path(place, 'next');
  return existsSync(file) ? keyOf(readFileSync(file, 'utf8').trim(), origin) : null;
}

/** Makes a key file: the first one, or the next for a rotation. Nothing is made where the environment gives the key. */
export function makeKeyFile(place: KeyPlace, which: 'now' | 'next'): void {
  if (place.given) return;
  if (which === 'now' && existsSync(path(place, 'now'))) return;
  writeSafely(path(place, which), `${randomBytes(seedBytes).toString('base64url')}\n`);
}

/** After a rotation: the next key signs, and the one before is kept until it has signed once more. Repeating it changes nothing. */
export function takeNextKey(place: KeyPlace): void {
  if (!existsSync(path(place, 'next'))) return;
  if (existsSync(path(place, 'now'))) renameSync(path(place, 'now'), path(place, 'before'));
  renameSync(path(place, 'next'), path(place, 'now'));
}

export const forgetKeyBefore = (place: KeyPlace): void => rmSync(path(place, 'before'), { force: true });

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyOf(text: string, origin: string): SigningKey {
  const seed = Buffer.from(text, 'base64url');
  if (seed.length !== seedBytes) throw new BadInput('ledger.keyUnreadable');
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: makeKey(origin, 1, new Uint8Array(publicKey)), sign: (bytes) => sign(null, bytes, privateKey) };
}
