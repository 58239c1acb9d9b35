import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotFound, TooLarge } from '../platform/errors.ts';
import type { Stores } from '../platform/stores.ts';
import { transaction } from '../platform/transaction.ts';
import { readPieces, writePieces } from './pieceStore.ts';

/**
 * Files that somebody uploaded and has not imported yet: in PostgreSQL, for every node, and beside the data of those nodes that worked
 * with them. Their own names are kept apart and never used as paths.
 */
export interface StoredUpload {
  readonly id: string;
  readonly name: string;
  /** On this node. */
  readonly path: string;
  readonly bytes: number;
}

type Where = Pick<Stores, 'postgres' | 'dataDir'>;

export const uploadBytesMax = 8 * 2 ** 30;
const keptMs = 24 * 3_600_000;

const folderOf = (dataDir: string): string => join(dataDir, 'uploads');
const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
const piecesOf = (id: string) => ({ table: 'upload_pieces', file: id }) as const;

/** Streams a body to disk, and from there to where other nodes find it. @throws TooLarge past the limit; nothing of it is kept then. */
export async function storeUpload(
  { postgres, dataDir }: Where,
  body: Readable,
  { name, at }: { name: string; at: number },
): Promise<StoredUpload> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  const path = join(folder, id);
  let bytes = 0;
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > uploadBytesMax) throw new TooLarge('request.tooLarge', { bytesMax: uploadBytesMax });
          yield chunk;
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    );
    await transaction(postgres, async (connection) => {
      await connection.query(
        'INSERT INTO uploads (id, name, bytes, at) VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000))',
        [id, name, bytes, at],
      );
      await writePieces(connection, piecesOf(id), createReadStream(path));
    });
  } catch (cause) {
    await rm(path, { force: true });
    throw cause;
  }
  return { id, name, path, bytes };
}

/** An upload, as a file of this node whichever node received it. Throws NotFound `upload.unknown`. */
export async function findUpload({ postgres, dataDir }: Where, id: string): Promise<StoredUpload> {
  if (!isId(id)) throw new NotFound('upload.unknown', { id });
  const { rows } = await postgres.query<{ name: string; bytes: string }>(
    'SELECT name, bytes FROM uploads WHERE id = $1',
    [id],
  );
  const [found] = rows;
  if (!found) throw new NotFound('upload.unknown', { id });
  const upload = { id, name: found.name, path: join(folderOf(dataDir), id), bytes: Number(found.bytes) };
  const here = await stat(upload.path).catch(() => null);
  if (here?.size !== upload.bytes) await fetchUpload(postgres, upload);
  return upload;
}

async function fetchUpload(postgres: Where['postgres'], { id, path }: StoredUpload): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  // Whoever reads it meanwhile keeps the file that was whole when they opened it.
  const draft = `${path}.${randomUUID()}`;
  try {
    await pipeline(Readable.from(readPieces(postgres, piecesOf(id))), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}

export async function forgetUpload({ postgres }: Where, upload: StoredUpload): Promise<void> {
  await postgres.query('DELETE FROM uploads WHERE id = $1', [upload.id]);
  await rm(upload.path, { force: true });
}

/** Removes what nobody imported within a day, and this node's files of uploads that are no more. */
export async function forgetOldUploads({ postgres, dataDir }: Where, now: number): Promise<void> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await postgres.query('DELETE FROM uploads WHERE at < $1', [new Date(now - keptMs)]);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    if (file && now - file.mtimeMs > keptMs) await rm(path, { force: true });
  }
}
