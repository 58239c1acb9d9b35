import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput } from '../platform/errors.ts';
import { type KindName, kindNames } from './kinds.ts';
import { readName } from './source.ts';

export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
}

/** Files under the paths given, folders recursed; in folders only what has a format Heng reads, hidden files left out. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  async function walk(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() && readName(path).format !== null) found.push({ path, bytes: (await stat(path)).size });
    }
  }
  for (const path of paths) {
    const info = await stat(path).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
        throw new BadInput('ingest.noFile', { path });
      throw cause;
    });
    if (info.isDirectory()) await walk(path);
    else found.push({ path, bytes: info.size });
  }
  return found;
}

/** The kind a file's name states: `messages.csv`, `messages-2026-10.csv.gz`; null when it states none. */
export function kindOfName(path: string): KindName | null {
  const { stem } = readName(path);
  return (
    kindNames.find((kind) => stem === kind || (stem.startsWith(kind) && /^[-_. 0-9(]/.test(stem.slice(kind.length)))) ??
    null
  );
}
