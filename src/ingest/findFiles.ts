import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput } from '../platform/errors.ts';
import { type KindName, kindNames } from './kinds.ts';
import type { Reason } from './reasons.ts';
import { Refused, readName, unreadable } from './source.ts';

export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** A file or a folder that cannot even be looked at. */
  readonly refused?: Reason;
  /** It was not named, but is in a folder that was. */
  readonly inFolder?: boolean;
}

/**
 * Files under the paths given, folders recursed and links followed; in folders only what has a format Heng reads, hidden files left out.
 * What cannot be looked at is among them, refused. Throws BadInput `ingest.noFile`, and `ingest.nothingFound` where there is nothing to read.
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  // A link may lead back to a folder that it is in.
  const walked = new Set<string>();
  const refuse = (path: string) => (cause: unknown) => {
    const refusal = unreadable(cause);
    if (!(refusal instanceof Refused)) throw cause;
    found.push({ path, bytes: 0, refused: refusal.reason });
    return null;
  };
  async function walk(folder: string, { dev, ino }: Stats): Promise<void> {
    const identity = `${dev} ${ino}`;
    if (walked.has(identity)) return;
    walked.add(identity);
    const names = (await readdir(folder).catch(refuse(folder))) ?? [];
    for (const name of names.sort()) {
      if (name.startsWith('.')) continue;
      const path = join(folder, name);
      const info = await stat(path).catch(refuse(path));
      if (info?.isDirectory()) await walk(path, info);
      else if (info?.isFile() && readName(path).format !== null) found.push({ path, bytes: info.size, inFolder: true });
    }
  }
  for (const path of paths) {
    const info = await stat(path).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
        throw new BadInput('ingest.noFile', { path });
      return refuse(path)(cause);
    });
    if (info?.isDirectory()) await walk(path, info);
    else if (info) found.push({ path, bytes: info.size });
  }
  if (found.length === 0) throw new BadInput('ingest.nothingFound', { path: paths.join(', ') });
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
