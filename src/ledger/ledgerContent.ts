import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';

/** Something that records name by its hash instead of repeating it: canonical JSON and its sha256 in hex. */
export interface LedgerContent {
  readonly hash: string;
  readonly content: string;
}

export function ledgerContent(value: unknown): LedgerContent {
  const content = canonicalJson(value);
  return { content, hash: sha256Hex(content) };
}

/** As reasons and contents are named. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
