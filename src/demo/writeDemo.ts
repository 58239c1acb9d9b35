import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type KindName, kindNames, kinds } from '../ingest/kinds.ts';
import type { Cell, DemoRow } from './demoRow.ts';

interface Sheet {
  readonly columns: readonly string[];
  readonly file: WriteStream;
  buffered: string[];
  rows: number;
}

const rowsPerWrite = 2_000;

/**
 * Writes one CSV per kind (UTF-8, header names of the open format) into `directory`, made if missing; files of the same
 * names are replaced. Holds a few thousand rows at a time, whatever the size. Returns the rows per kind.
 */
export async function writeDemo(rows: Iterable<DemoRow>, directory: string): Promise<Record<KindName, number>> {
  await mkdir(directory, { recursive: true });
  const sheets = new Map(kindNames.map((kind) => [kind, openSheet(kind, directory)]));
  const failed = Promise.race(
    [...sheets.values()].map(({ file }) => once(file, 'error').then(([error]) => Promise.reject(error))),
  );
  failed.catch(() => undefined);
  try {
    for (const { kind, row } of rows) {
      const sheet = sheets.get(kind) as Sheet;
      sheet.buffered.push(sheet.columns.map((name) => cell(row[name])).join(','));
      sheet.rows++;
      if (sheet.buffered.length >= rowsPerWrite && !flush(sheet))
        await Promise.race([once(sheet.file, 'drain'), failed]);
    }
    for (const sheet of sheets.values()) {
      flush(sheet);
      sheet.file.end();
      await finished(sheet.file);
    }
  } finally {
    for (const { file } of sheets.values()) file.destroy();
  }
  return Object.fromEntries([...sheets].map(([kind, sheet]) => [kind, sheet.rows])) as Record<KindName, number>;
}

/** Columns beyond those of the format, which an import keeps as attributes. */
const more: Partial<Record<KindName, readonly string[]>> = { incidents: ['acted_at'] };

function openSheet(kind: KindName, directory: string): Sheet {
  const columns = [...kinds[kind].columns.map((column) => column.name), ...(more[kind] ?? [])];
  const file = createWriteStream(join(directory, `${kind}.csv`));
  file.write(`${columns.join(',')}\n`);
  return { columns, file, buffered: [], rows: 0 };
}

function flush(sheet: Sheet): boolean {
  if (sheet.buffered.length === 0) return true;
  const text = `${sheet.buffered.join('\n')}\n`;
  sheet.buffered = [];
  return sheet.file.write(text);
}

function cell(value: Cell): string {
  if (value === undefined) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
