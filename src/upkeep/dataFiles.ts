import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from './manifest.ts';
import { openPart, writePart } from './parts.ts';

/** Without them nobody stays signed in and the ledger cannot go on. */
const keyFiles = ['secret', 'ledger.key', 'ledger.key.next', 'ledger.key.before', 'ledger.checkpoint'] as const;
const rejectFile = /^rejects\/(?!\.{1,2}$)[^/\\\p{Cc}]+$/u;

export const listKeyFiles = (dataDir: string): string[] => keyFiles.filter((path) => existsSync(join(dataDir, path)));

/** Files of rejected rows, which people correct and import again. */
export function listRejectFiles(dataDir: string): string[] {
  const folder = join(dataDir, 'rejects');
  return existsSync(folder) ? readdirSync(folder).map((name) => `rejects/${name}`) : [];
}

export async function saveDataFile(dataDir: string, to: string, path: string): Promise<Manifest['files'][number]> {
  return { path, ...(await writePart(to, `files/${path}.gz`, createReadStream(join(dataDir, path)))) };
}

/** Whether a backup may bring this file: its manifest may have been written by anybody. */
export const isDataFile = (path: string): boolean => keyFiles.some((name) => name === path) || rejectFile.test(path);

export async function restoreDataFile(from: string, dataDir: string, file: Manifest['files'][number]): Promise<void> {
  const path = join(dataDir, file.path);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(openPart(from, file), createWriteStream(path, { mode: 0o600 }));
}
