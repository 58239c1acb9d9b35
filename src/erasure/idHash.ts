import { createHash } from 'node:crypto';
import type { IdKind } from './personalParts.ts';

/** The hash by which an erased id is known, in hexadecimal; the engine computes the same (`hashSql`). */
export const hashOf = (salt: string, kind: IdKind, id: string): string =>
  createHash('sha256').update(`${salt}${kind}:${id}`).digest('hex');

export const isStandIn = (id: string): boolean => id.startsWith('erased-');

/** What an erased person is called from then on; the engine says the same (`employeeTables.ts`). */
export const standInOf = (salt: string, kind: IdKind, id: string): string =>
  `erased-${hashOf(salt, kind, id).slice(0, 16)}`;
