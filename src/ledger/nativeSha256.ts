import { hash } from 'node:crypto';
import type { Sha256 } from './tree.ts';

/** Node's own: of short texts it makes twice as many in a second as one written in JavaScript. */
export const nativeSha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');
