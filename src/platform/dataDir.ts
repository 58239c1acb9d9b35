import { accessSync, constants, mkdirSync } from 'node:fs';
import { Conflict } from './errors.ts';

/**
 * Makes the directory of an installation, for its owner alone, where there is none. Throws Conflict `dataDir.unwritable` where it cannot
 * be made or written in: before anything is begun in it that would only half succeed.
 */
export function makeDataDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new Conflict('dataDir.unwritable', { dir, reason }, { cause });
  }
}
