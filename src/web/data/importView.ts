import type { Import } from '../../ingest/schemas.ts';

/** Names of the files without their folders, each once. */
export function filesOf(run: Import): string[] {
  return [...new Set(run.files.map((file) => file.path.replace(/^.*[\\/]/, '')))];
}

export function countOf(run: Import, what: 'read' | 'accepted' | 'duplicates'): number {
  return run.files.reduce((sum, file) => sum + file[what], 0);
}

export interface RejectRow {
  /** Its place in the file, from 1. */
  readonly id: number;
  readonly file: string;
  readonly line: string;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** The rows of a rejects file, as many as asked for. An unfinished last row (the file was cut) is left out. */
export function parseRejects(csv: string, limit: number): RejectRow[] {
  const [head, ...rows] = csvRows(csv, limit + 1);
  const place = (name: string) => head?.indexOf(name) ?? -1;
  const at = {
    file: place('_file'),
    line: place('_line'),
    column: place('_column'),
    value: place('_value'),
    reason: place('_reason'),
  };
  return rows.map((row, place) => ({
    id: place + 1,
    file: row[at.file] ?? '',
    line: row[at.line] ?? '',
    column: row[at.column] ?? '',
    value: row[at.value] ?? '',
    reason: row[at.reason] ?? '',
  }));
}

function csvRows(csv: string, limit: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const text = csv.replace(/^\uFEFF/, '');
  for (let at = 0; at < text.length && rows.length < limit; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      row.push(field);
      field = '';
    } else if (letter === '\n') {
      row.push(field.replace(/\r$/, ''));
      rows.push(row);
      row = [];
      field = '';
    } else field += letter;
  }
  return rows;
}
