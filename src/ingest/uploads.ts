import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { NotFound, TooLarge } from '../platform/errors.ts';

/** Files that somebody uploaded and has not imported yet. Their own names are kept beside them and never used as paths. */
export interface StoredUpload {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export const uploadBytesMax = 8 * 2 ** 30;
const keptMs = 24 * 3_600_000;
const noteSchema = z.object({ name: z.string(), by: z.string() });

const folderOf = (dataDir: string): string => join(dataDir, 'uploads');
const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);

/** Streams a body to disk. @throws TooLarge past the limit; nothing of it is kept then. */
export async function storeUpload(
  dataDir: string,
  body: Readable,
  note: { name: string; by: string },
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
    await writeFile(`${path}.json`, JSON.stringify(note), { mode: 0o600 });
  } catch (cause) {
    await rm(path, { force: true });
    throw cause;
  }
  return { id, name: note.name, path, bytes };
}

export async function findUpload(dataDir: string, id: string): Promise<StoredUpload> {
  if (!isId(id)) throw new NotFound('upload.unknown', { id });
  const path = join(folderOf(dataDir), id);
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
    return { id, name: note.name, path, bytes: (await stat(path)).size };
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new NotFound('upload.unknown', { id });
    throw cause;
  }
}

export async function forgetUpload(upload: StoredUpload): Promise<void> {
  await rm(upload.path, { force: true });
  await rm(`${upload.path}.json`, { force: true });
}

/** Removes what nobody imported within a day. */
export async function forgetOldUploads(dataDir: string, now: number): Promise<void> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (now - (await stat(path)).mtimeMs > keptMs) await rm(path, { force: true });
  }
}
