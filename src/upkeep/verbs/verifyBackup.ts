import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput, Invalid } from '../../platform/errors.ts';
import { clickhouseMigrations } from '../../platform/migrateClickhouse.ts';
import { postgresMigrations } from '../../platform/migratePostgres.ts';
import { pendingMigrations, readMigrations } from '../../platform/migrations.ts';
import { isDataFile } from '../dataFiles.ts';
import { type Manifest, manifestFile, manifestSchema, partsOf } from '../manifest.ts';
import { measurePart } from '../parts.ts';

/**
 * Reads all of a backup and compares each file with what the manifest says of it. Changes nothing.
 * Throws BadInput `backup.none`, `backup.unreadable`; Invalid `backup.damaged` with every file that is missing or altered;
 * Conflict `migration.…` where this Heng is older than the one that made it.
 */
export async function verifyBackup(
  folder: string,
  onProgress: (done: number, of: number) => void,
): Promise<{ readonly manifest: Manifest; readonly hash: string }> {
  const text = await readText(folder);
  const manifest = manifestIn(text, folder);
  pendingMigrations('PostgreSQL', readMigrations(postgresMigrations), manifest.schema.postgres);
  pendingMigrations('ClickHouse', readMigrations(clickhouseMigrations), manifest.schema.clickhouse);
  const parts = partsOf(manifest);
  const issues: { path: string; code: string }[] = [];
  for (const [i, part] of parts.entries()) {
    onProgress(i, parts.length);
    const found = await measurePart(folder, part);
    if (!found) issues.push({ path: part.file, code: 'backup.fileMissing' });
    else if (found.bytes !== part.bytes || found.sha256 !== part.sha256)
      issues.push({ path: part.file, code: 'backup.fileAltered' });
  }
  if (issues.length > 0) throw new Invalid('backup.damaged', issues);
  return { manifest, hash: createHash('sha256').update(text).digest('hex') };
}

async function readText(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, manifestFile), 'utf8');
  } catch (cause) {
    throw new BadInput('backup.none', { folder }, { cause });
  }
}

function manifestIn(text: string, folder: string): Manifest {
  const read = manifestSchema.safeParse(parsed(text));
  if (!read.success || !isInside(read.data))
    throw new BadInput('backup.unreadable', { file: join(folder, manifestFile) });
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a manifest, as any other wrong shape: the schema says so.
    return undefined;
  }
}

/** A manifest is anybody's text: what it names lies in the folder, and what it brings beside the stores is what Heng keeps there. */
const isInside = (manifest: Manifest): boolean =>
  partsOf(manifest).every(({ file }) => !file.startsWith('/') && !file.split(/[/\\]/).includes('..')) &&
  manifest.files.every(({ path }) => isDataFile(path));
