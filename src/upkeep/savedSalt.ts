import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Manifest } from './manifest.ts';
import { openPart } from './parts.ts';

/**
 * What ids were hashed with in the installation that a backup is of; null where nobody had been erased there, so that any list's salt may
 * take its place. Read from the files, so that it is known before anything is loaded.
 */
export async function savedSalt(folder: string, manifest: Pick<Manifest, 'postgres'>): Promise<string | null> {
  const erased = await savedCells(folder, manifest, 'erasures', ['kind']);
  if (erased.every(([kind]) => kind === 'texts')) return null;
  const settings = await savedCells(folder, manifest, 'settings', ['name', 'value']);
  const [, value] = settings.find(([name]) => name === 'erasure.salt') ?? [];
  return value === undefined ? null : z.string().parse(JSON.parse(value));
}

/** Columns of a small table, of which the values hold nothing that COPY escapes. None where the backup is from before there was the table. */
async function savedCells(
  folder: string,
  { postgres }: Pick<Manifest, 'postgres'>,
  table: string,
  columns: readonly string[],
): Promise<string[][]> {
  const part = postgres.find((each) => each.table === table);
  if (!part) return [];
  const places = columns.map((column) => part.columns.indexOf(column));
  const lines = (await text(openPart(folder, part))).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const cells = line.split('\t');
    return places.map((place) => cells[place] ?? '');
  });
}
