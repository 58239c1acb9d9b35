import type { Readable } from 'node:stream';
import type { Queryable } from '../platform/transaction.ts';

/** Where a file lies in PostgreSQL, in pieces, so that any node can read what another has written. */
interface PieceTable {
  readonly table: 'upload_pieces' | 'reject_pieces';
  readonly file: string | number;
}

const pieceBytes = 1 << 20;

/** Appends a stream as the pieces of a file that has none. Answers how many bytes it had. */
export async function writePieces(postgres: Queryable, { table, file }: PieceTable, from: Readable): Promise<number> {
  const sql = `INSERT INTO ${table} (file, number, bytes) VALUES ($1, $2, $3)`;
  let [number, bytes, waiting] = [0, 0, 0];
  let chunks: Buffer[] = [];
  const put = async () => {
    await postgres.query(sql, [file, number, Buffer.concat(chunks)]);
    number += 1;
    [chunks, waiting] = [[], 0];
  };
  for await (const chunk of from) {
    chunks.push(chunk as Buffer);
    waiting += (chunk as Buffer).length;
    bytes += (chunk as Buffer).length;
    if (waiting >= pieceBytes) await put();
  }
  if (waiting > 0) await put();
  return bytes;
}

/** The bytes of a file, from its first piece on; nothing where there is no piece. */
export async function* readPieces(postgres: Queryable, { table, file }: PieceTable): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const { rows } = await postgres.query<{ bytes: Buffer }>(
      `SELECT bytes FROM ${table} WHERE file = $1 AND number = $2`,
      [file, number],
    );
    const [piece] = rows;
    if (!piece) return;
    yield piece.bytes;
  }
}
