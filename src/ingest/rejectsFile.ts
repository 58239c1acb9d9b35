import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
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
