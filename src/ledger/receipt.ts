import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { fromBase64, toBase64 } from './base64.ts';
import { canonicalJson } from './canonicalJson.ts';
import { readTlogProof, type TlogProof, writeTlogProof } from './tlogProof.ts';

const receiptFormat = 'heng-receipt/1';

/** A proof that an entry is in the ledger, and what the entry says: a C2SP tlog-proof whose extra data are the record and its salt. */
export interface Receipt extends Omit<TlogProof, 'extra'> {
  /** Canonical JSON, as it was committed to. */
  readonly record: string;
  readonly salt: Uint8Array;
  /** What the record names by hash, by that hash. */
  readonly contents: Readonly<Record<string, string>>;
  /** The log's keys as it gives them, oldest first. Unsigned: whoever trusts nobody compares them with what they noted down. */
  readonly keys: readonly string[];
  /** Whole receipts of the entries that the record refers to and that its reader may see: the totals it was ranked among. */
  readonly referred: readonly string[];
}

const keysMost = 1000;

const extraSchema = z.strictObject({
  format: z.literal(receiptFormat),
  record: z.string(),
  salt: z.string(),
  contents: z.record(z.string(), z.string()),
  keys: z.array(z.string()).max(keysMost),
  /** One for each key after the first, and the totals of a rank. */
  referred: z.array(z.string()).max(keysMost),
});

export function writeReceipt({ index, proof, checkpoint, salt, ...rest }: Receipt): string {
  const { record, contents, keys, referred } = rest;
  const extra = { format: receiptFormat, record, salt: toBase64(salt), contents, keys, referred };
  return writeTlogProof({ index, proof, checkpoint, extra: utf8ToBytes(canonicalJson(extra)) });
}

/** null where the text is no receipt of this format. */
export function readReceipt(text: string): Receipt | null {
  const proof = readTlogProof(text);
  const extra = proof?.extra ? extraSchema.safeParse(jsonOf(proof.extra)) : undefined;
  const salt = extra?.success ? fromBase64(extra.data.salt) : null;
  if (!proof || !extra?.success || salt?.length !== 32) return null;
  const { record, contents, keys, referred } = extra.data;
  const { index, checkpoint } = proof;
  return { index, proof: proof.proof, checkpoint, record, salt, contents, keys, referred };
}

/** undefined for what is no JSON. */
export function jsonOf(bytes: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
