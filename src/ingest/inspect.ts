import { kindMark } from './columnText.ts';
import { CsvRows } from './csvRows.ts';
import { kindOfName } from './findFiles.ts';
import { guessKind, guessMapping } from './guessMapping.ts';
import { isObject, jsonLines, parseJson } from './jsonRecords.ts';
import { openRecords, type Records } from './records.ts';
import type { Upload } from './schemas.ts';
import { openSource, Refused, readName, type Source } from './source.ts';
import type { StoredUpload } from './uploads.ts';
import { sheetNames } from './xlsxRecords.ts';

const sampleRows = 20;

/** What a file looks like, for the person who maps it. Reads its beginning only. */
export async function inspectUpload(upload: StoredUpload, sheet?: string): Promise<Upload> {
  const nothing = {
    sheets: [],
    encoding: 'none' as const,
    columns: [],
    sample: [],
    guessedKind: null,
    guessedMapping: null,
    isRejects: false,
  };
  const opened: Source[] = [];
  const base = { id: upload.id, name: upload.name, bytes: upload.bytes };
  const { format, packing } = readName(upload.name);
  const open = async () => {
    const source = await openSource(upload.path, packing, { hash: false });
    opened.push(source);
    return source;
  };
  const sheets = async () => (format === 'xlsx' ? sheetNames(await open()) : []);
  try {
    if (!format) throw new Refused('unknownFormat');
    const expected = format === 'jsonl' ? await keysOf(await open()) : [];
    const records = await openRecords(await open(), { format, packing, expected, ...(sheet ? { sheet } : {}) });
    const sample = await firstRows(records, sampleRows);
    const columns = records.file.names;
    const isRejects = columns.includes(kindMark);
    const guessedKind = isRejects ? null : (kindOfName(upload.name) ?? guessKind(columns));
    return {
      ...base,
      sheets: await sheets(),
      encoding: records.encoding(),
      columns: [...columns],
      sample: sample.map((row) => columns.map((_, at) => row[at] ?? '')),
      guessedKind,
      guessedMapping: guessedKind ? guessMapping(guessedKind, records.file.names, sample) : null,
      isRejects,
      refused: null,
    };
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    // One sheet may be a cover that is no table; the others can be asked for.
    return { ...base, ...nothing, sheets: await sheets().catch(noneIfRefused), refused: cause.reason };
  } finally {
    for (const source of opened) source.close();
  }
}

function noneIfRefused(cause: unknown): string[] {
  if (cause instanceof Refused) return [];
  throw cause;
}

/** The fields of the first sound records, without what the framing put in front. */
async function firstRows(records: Records, limit: number): Promise<string[][]> {
  const rows: string[][] = [];
  const reader = new CsvRows(records.delimiter);
  for await (const chunk of records.framed()) {
    const text = chunk.subarray(0, 1 << 20).toString('utf8');
    for (const [, fault, , ...fields] of reader.push(text)) if (fault === '') rows.push(fields);
    if (rows.length >= limit || text.length > 1 << 19) break;
  }
  return rows.slice(0, limit);
}

async function keysOf(source: Source): Promise<string[]> {
  const keys = new Set<string>();
  let seen = 0;
  for await (const { bytes, fault } of jsonLines(source.read())) {
    const value = fault ? undefined : parseJson(bytes.toString('utf8'));
    if (isObject(value)) for (const key of Object.keys(value)) keys.add(key);
    seen++;
    if (seen >= 100) break;
  }
  return [...keys].slice(0, 500);
}
