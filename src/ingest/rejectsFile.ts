import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Stores } from '../platform/stores.ts';
import { transaction } from '../platform/transaction.ts';
import { marks } from './columnText.ts';
import { byteOrderMark } from './csvFields.ts';
import { formulaQuoted, plainCell, quotedSql } from './formulaText.ts';
import type { PartOutcome } from './importPart.ts';
import { literal } from './literal.ts';
import { readPieces, writePieces } from './pieceStore.ts';
import type { Reason } from './reasons.ts';

export const rejectsPath = (dataDir: string, name: string): string => join(dataDir, 'rejects', name);

const piecesOf = (importId: number) => ({ table: 'reject_pieces', file: importId }) as const;

/**
 * Writes the rejected rows of an import as one CSV that can be corrected and imported again as it is: under DATA/rejects of this node, and
 * where every node finds it. Nothing in it is a formula to the spreadsheet in which somebody corrects it (the import takes the quotes away
 * again). Answers its name, or null when nothing was rejected.
 */
export async function writeRejects(
  stores: Stores,
  importId: number,
  parts: readonly PartOutcome[],
  unread: readonly { path: string; refused: Reason }[],
): Promise<string | null> {
  const rejected = parts.filter((part) => 'refused' in part || part.counts.rejected > 0);
  if (rejected.length === 0 && unread.length === 0) return null;
  const columns: string[] = [];
  for (const part of rejected) {
    if ('refused' in part) continue;
    for (const name of part.rejectColumns) if (!columns.includes(name)) columns.push(name);
  }
  const name = `import-${importId}.csv`;
  await mkdir(join(stores.dataDir, 'rejects'), { recursive: true });
  async function* rows(): AsyncGenerator<Buffer> {
    // Without the mark Chinese spreadsheets take it for GB18030.
    yield Buffer.from(`${byteOrderMark}${[...marks, ...columns].map(plainCell).join(',')}\n`);
    const whole = (kind: string, path: string, column: string, reason: Reason): Buffer =>
      Buffer.from(`${[kind, path, '1', column, '', reason, ...columns.map(() => '')].map(plainCell).join(',')}\n`);
    for (const { path, refused } of unread) yield whole('', path, '', refused);
    for (const part of rejected) {
      if ('refused' in part) {
        yield whole(part.plan.kind, part.plan.path, part.column, part.refused);
        continue;
      }
      const { plan, stage, rejectColumns } = part;
      const fields = columns.map((column) => {
        const at = rejectColumns.indexOf(column) + 1;
        return at > 0 ? quotedSql(`fields[${at}]`) : "''";
      });
      const told = [literal(formulaQuoted(plan.path)), 'line', quotedSql('column'), quotedSql('value'), 'reason'];
      const select = [literal(plan.kind), ...told, ...fields];
      // The engine writes numbers bare and text in quotes: what our own framing reads.
      yield* await stage.connection.stream(
        `SELECT ${select.join(', ')} FROM ${stage.rejects} ORDER BY line FORMAT CSV`,
      );
    }
  }
  await pipeline(
    Readable.from(rows(), { objectMode: false }),
    createWriteStream(rejectsPath(stores.dataDir, name), { mode: 0o600 }),
  );
  await transaction(stores.postgres, (connection) =>
    writePieces(connection, piecesOf(importId), createReadStream(rejectsPath(stores.dataDir, name))),
  );
  return name;
}

/** The rejects file of an import, from this node's folder or, where another node wrote it, from where all find it. */
export function openRejects(stores: Pick<Stores, 'postgres' | 'dataDir'>, importId: number, name: string): Readable {
  const path = rejectsPath(stores.dataDir, name);
  if (existsSync(path)) return createReadStream(path);
  return Readable.from(readPieces(stores.postgres, piecesOf(importId)), { objectMode: false });
}

type Where = Pick<Stores, 'postgres' | 'dataDir'>;

async function filesIn(dataDir: string): Promise<string[]> {
  const folder = join(dataDir, 'rejects');
  return existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];
}

/**
 * Forgets the rejected rows of every import, or of those that began before an instant: they are as they came, whoever's they are. Other
 * nodes take their files away within two hours. Answers of how many imports that was.
 */
export async function forgetRejects({ postgres, dataDir }: Where, before: Date | null): Promise<number> {
  const { rows } = await postgres.query<{ name: string }>(
    `WITH gone AS (SELECT id, rejects_file AS name FROM imports
       WHERE rejects_file IS NOT NULL AND ($1::timestamptz IS NULL OR started_at < $1))
     UPDATE imports SET rejects_file = NULL FROM gone WHERE imports.id = gone.id RETURNING gone.name`,
    [before],
  );
  if (before === null) {
    // Unlike DELETE it leaves nothing in the files of the table.
    await postgres.query('TRUNCATE reject_pieces');
    for (const path of await filesIn(dataDir)) await rm(path, { recursive: true, force: true });
  } else {
    await postgres.query('DELETE FROM reject_pieces WHERE file IN (SELECT id FROM imports WHERE rejects_file IS NULL)');
    await postgres.query('VACUUM reject_pieces');
    for (const { name } of rows) await rm(rejectsPath(dataDir, name), { force: true });
  }
  return rows.length;
}

/** How many imports that began before an instant have a file of rejected rows. */
export async function countRejects(postgres: Where['postgres'], before: Date): Promise<number> {
  const { rows } = await postgres.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM imports WHERE rejects_file IS NOT NULL AND started_at < $1',
    [before],
  );
  const [counted] = rows;
  if (!counted) throw new Error('a count without a row');
  return counted.n;
}

/** So long a file is young: its import may be writing it, and names it when it is whole. */
const writtenWithinMs = 3_600_000;

/** Removes this node's files of rejected rows that were forgotten, by whichever node. */
export async function forgetOldRejects({ postgres, dataDir }: Where, now: number): Promise<void> {
  const { rows } = await postgres.query<{ name: string }>(
    'SELECT rejects_file AS name FROM imports WHERE rejects_file IS NOT NULL',
  );
  const known = new Set(rows.map(({ name }) => rejectsPath(dataDir, name)));
  for (const path of await filesIn(dataDir)) {
    const file = known.has(path) ? null : await stat(path).catch(() => null);
    if (file && now - file.mtimeMs > writtenWithinMs) await rm(path, { recursive: true, force: true });
  }
}
