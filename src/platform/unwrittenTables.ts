import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A table that was being made when the disk was full is left with an empty description, with which the engine does not start. Removes
 * those of tables that serve a moment: of imports (`ingest_…`), which are made anew, and of a copy, which is replaced when the period is
 * closed again; the latter is put aside, as a trace of what a closed period lacks. An empty description of any other table stays, and the engine says so. Answers which were removed.
 */
export function removeUnwritten(data: string): string[] {
  const databases = join(data, 'metadata');
  if (!existsSync(databases)) return [];
  return readdirSync(databases).flatMap((database) => {
    const folder = join(databases, database);
    // A folder, or a link to one whose target may be gone; beside each database stands a file with its own description.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
    const isCopy = database.startsWith('heng_copy_');
    return readdirSync(folder)
      .filter((file) => file.endsWith('.sql') && (isCopy || file.startsWith('ingest_')))
      .filter((file) => statSync(join(folder, file)).size === 0)
      .map((file) => {
        // Out of the folder: the engine drops no database in whose folder anything is left.
        if (isCopy) {
          mkdirSync(join(data, 'unwritten'), { recursive: true });
          renameSync(join(folder, file), join(data, 'unwritten', `${database}.${file}`));
        } else rmSync(join(folder, file));
        return `${database}.${file.slice(0, -'.sql'.length)}`;
      });
  });
}
