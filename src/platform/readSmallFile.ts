import { closeSync, openSync, readSync } from 'node:fs';
import { NotFound } from './errors.ts';

const bytesMax = 1024 * 1024;
const noFile = new Set(['ENOENT', 'EACCES', 'EISDIR']);

/** The beginning of a text file, at most a MiB of it, whatever the file is. Throws NotFound `file.unreadable`. */
export function readSmallFile(file: string): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(bytesMax);
      return buffer.subarray(0, readSync(handle, buffer)).toString('utf8');
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (typeof code === 'string' && noFile.has(code)) throw new NotFound('file.unreadable', { file }, { cause });
    throw cause;
  }
}
