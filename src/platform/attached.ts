import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Holder, holderIn, ownHolder } from './lock.ts';

/** Processes that use the engines of the one that holds the data directory: a file for each, for as long as it does. */
const folderOf = (dataDir: string): string => join(dataDir, 'attached');

let noted = 0;

/** Says that this process uses the engines. Answers how to take that back. */
export function noteAttached(dataDir: string, command: string): () => void {
  const folder = folderOf(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  noted += 1;
  const file = join(folder, `${process.pid}-${noted}.json`);
  // Whoever reads it takes half a file for one that a dead process left.
  writeFileSync(`${file}.new`, `${JSON.stringify(ownHolder(command))}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** Who uses the engines. What a process that died has left is removed. */
export function attachedTo(dataDir: string): Holder[] {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const holder = holderIn(join(folder, name));
    if (!holder) rmSync(join(folder, name), { force: true });
    return holder ? [holder] : [];
  });
}
