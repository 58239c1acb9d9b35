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
/** So long nothing more comes of a file that nobody noted: it is forgotten. */
const receivedWithinMs = 3_600_000;

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
    // Everything that was uploaded has been forgotten meanwhile.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new NotFound('upload.unknown', { id });
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

async function fetchUpload(postgres: Where['postgres'], { id, path, bytes }: StoredUpload): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  // Whoever reads it meanwhile keeps the file that was whole when they opened it.
  const draft = `${path}.${randomUUID()}`;
  try {
    await pipeline(Readable.from(readPieces(postgres, piecesOf(id))), createWriteStream(draft, { mode: 0o600 }));
    // Somebody may have forgotten it meanwhile: then it is not whole.
    if ((await stat(draft).catch(() => null))?.size !== bytes) throw new NotFound('upload.unknown', { id });
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

/** Forgets every upload. One that is just being received is refused. Answers how many there were. */
export async function forgetAllUploads({ postgres, dataDir }: Where): Promise<number> {
  const { rowCount } = await postgres.query('SELECT FROM uploads');
  // Unlike DELETE it leaves nothing in the files of the tables.
  await postgres.query('TRUNCATE uploads, upload_pieces');
  await rm(folderOf(dataDir), { recursive: true, force: true });
  return rowCount ?? 0;
}

/** Removes what nobody imported within a day, and this node's files of uploads that are no more. */
export async function forgetOldUploads({ postgres, dataDir }: Where, now: number): Promise<void> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await postgres.query('DELETE FROM uploads WHERE at < $1', [new Date(now - keptMs)]);
  const { rows } = await postgres.query<{ id: string }>('SELECT id FROM uploads');
  const known = new Set(rows.map(({ id }) => id));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    // A file that is being received, or fetched, is noted when it is whole.
    if (file && now - file.mtimeMs > (known.has(name) ? keptMs : receivedWithinMs)) await rm(path, { force: true });
  }
}
