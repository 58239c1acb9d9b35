import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Part } from './manifest.ts';

/** Writes a stream into a compressed file of the backup, durably, and says what lies there. */
export async function writePart(folder: string, file: string, from: Readable): Promise<Part> {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const meter = new Meter();
  // Level 1: rows shrink to a fifth either way, and what waits is the reader of the store.
  await pipeline(from, createGzip({ level: 1 }), meter, createWriteStream(path, { mode: 0o600 }));
  await syncFile(path);
  return { file, bytes: meter.bytes, sha256: meter.hash.digest('hex') };
}

/** The content of a part as it was before it was compressed. A part that cannot be read fails the stream. */
export function openPart(folder: string, { file }: Pick<Part, 'file'>): Readable {
  const plain = createGunzip();
  // The failure is not lost here: the pipeline hands it on to the stream that the caller reads.
  pipeline(createReadStream(join(folder, file)), plain).catch(() => undefined);
  return plain;
}

/** What really lies there, to be compared with what the manifest says; undefined where nothing does. */
export async function measurePart(folder: string, { file }: Part): Promise<Pick<Part, 'bytes' | 'sha256'> | undefined> {
  const meter = new Meter();
  meter.resume();
  try {
    await pipeline(createReadStream(join(folder, file)), meter);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
  return { bytes: meter.bytes, sha256: meter.hash.digest('hex') };
}

export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

class Meter extends Transform {
  bytes = 0;
  readonly hash = createHash('sha256');
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }
}
