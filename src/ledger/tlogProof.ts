import { fromBase64, toBase64 } from './base64.ts';
import type { Hash } from './tree.ts';

/** That an entry is in a log, to be checked by whoever knows the log's key: C2SP tlog-proof. */
export interface TlogProof {
  /** What goes along, unsigned; null: nothing. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly proof: readonly Hash[];
  /** The checkpoint as it was signed, cosignatures included. */
  readonly checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';
const proofMax = 64;

export function writeTlogProof({ extra, index, proof, checkpoint }: TlogProof): string {
  const lines = [header, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...proof.map(toBase64), ''];
  return `${lines.join('\n')}\n${checkpoint}`;
}

/** null where the text is no proof of this format. */
export function readTlogProof(text: string): TlogProof | null {
  const [first, ...rest] = lines(text, 3 + proofMax);
  if (first !== header) return null;
  const encoded = rest[0]?.startsWith('extra ') ? rest.shift()?.slice('extra '.length) : undefined;
  const extra = encoded === undefined ? null : fromBase64(encoded);
  if (encoded !== undefined && !extra) return null;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(rest.shift() ?? '')?.[1];
  const end = rest.indexOf('');
  if (index === undefined || end < 0 || !Number.isSafeInteger(Number(index))) return null;
  const proof = rest.slice(0, end).map(fromBase64);
  if (!proof.every((hash): hash is Hash => hash?.length === 32)) return null;
  const start = text.indexOf('\n\n') + 2;
  return { extra, index: Number(index), proof, checkpoint: text.slice(start) };
}

/** The first lines, each without its end; however long the text is, no more than these are cut out of it. */
function lines(text: string, max: number): string[] {
  const found: string[] = [];
  let at = 0;
  while (found.length < max) {
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    found.push(text.slice(at, end));
    at = end + 1;
  }
  return found;
}
