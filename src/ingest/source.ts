import { createHash, type Hash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import type { Reason } from './reasons.ts';

/** The whole file is refused; the reason goes into its entry of the report. */
export class Refused extends Error {
  constructor(
    readonly reason: Reason,
    readonly column = '',
  ) {
    super(reason);
  }
}

export type Format = 'csv' | 'tsv' | 'jsonl' | 'parquet' | 'xlsx';
export type Packing = 'gz' | 'zst' | null;

const formats: Readonly<Record<string, Format>> = {
  csv: 'csv',
  txt: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  xlsx: 'xlsx',
};

/** What a file's name says about it: `messages-2026-10.csv.gz`. */
export function readName(path: string): { stem: string; format: Format | null; packing: Packing } {
  let name = basename(path).toLowerCase();
  const packing: Packing = name.endsWith('.gz') ? 'gz' : name.endsWith('.zst') ? 'zst' : null;
  if (packing) name = name.slice(0, -packing.length - 1);
  const dot = name.lastIndexOf('.');
  return { stem: dot < 0 ? name : name.slice(0, dot), format: formats[name.slice(dot + 1)] ?? null, packing };
}

/** Decompressed at most this many times its size, once more than `bombFloor` bytes came out. */
const bombRatio = 250;
const bombFloor = 64 << 20;

/** The bytes of one file, decompressed, with what was seen on the way. */
export interface Source {
  readonly path: string;
  readonly bytes: number;
  /** Compressed bytes taken so far. */
  taken(): number;
  sha256(): string;
  read(): AsyncGenerator<Buffer>;
  /** The file as it lies, for libraries that unpack it themselves. */
  stream(): ReadStream;
  /** Lets go of the file where reading ended before its end. */
  close(): void;
}

/** What the disk or its permissions refuse is one file's misfortune: it is named, and the rest goes on. */
export function unreadable(cause: unknown): unknown {
  const isOfSystem = cause instanceof Error && 'errno' in cause && 'syscall' in cause;
  return isOfSystem ? new Refused('unreadable') : cause;
}

export async function openSource(path: string, packing: Packing, options: { hash: boolean }): Promise<Source> {
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if (!info.isFile()) throw new Refused('unreadable');
  if (info.size === 0) throw new Refused('emptyFile');
  // Libraries that read for themselves tell it in their own ways, or not at all.
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(cause);
  });
  await handle.close();
  const streams: ReadStream[] = [];
  const stream = (): ReadStream => {
    const opened = createReadStream(path, { highWaterMark: 1 << 20 });
    streams.push(opened);
    return opened;
  };
  let taken = 0;
  const hash: Hash | null = options.hash ? createHash('sha256') : null;
  async function* raw(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream()) {
        taken += (chunk as Buffer).length;
        hash?.update(chunk as Buffer);
        yield chunk as Buffer;
      }
    } catch (cause) {
      throw unreadable(cause);
    }
  }
  return {
    path,
    bytes: info.size,
    taken: () => taken,
    sha256: () => hash?.digest('hex') ?? '',
    read: () => unpack(raw(), packing, () => taken),
    stream,
    close: () => {
      for (const opened of streams) opened.destroy();
    },
  };
}

/** Decompresses as it streams. Damage surfaces as `Refused('damaged')` after all that could be read. */
export async function* unpack(
  raw: AsyncIterable<Buffer>,
  packing: Packing,
  taken: () => number,
): AsyncGenerator<Buffer> {
  if (!packing) {
    yield* raw;
    return;
  }
  let given = 0;
  for await (const chunk of packing === 'gz' ? gunzip(raw) : unzstd(raw)) {
    given += chunk.length;
    if (given > bombFloor && given > taken() * bombRatio) throw new Refused('zipBomb');
    yield chunk;
  }
}

async function* gunzip(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: 1 << 18 });
  const feeding = (async () => {
    for await (const chunk of raw) {
      if (stream.destroyed) return;
      if (!stream.write(chunk)) await new Promise((go) => stream.once('drain', go).once('close', go));
    }
    stream.end();
  })();
  feeding.catch((cause: unknown) => stream.destroy(cause instanceof Error ? cause : new Error(String(cause))));
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw code.startsWith('Z_') ? new Refused('damaged') : cause;
  } finally {
    stream.destroy();
  }
}

async function* unzstd(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  const stream = new Decompress((data) => ready.push(Buffer.from(data)));
  // A small piece at a time: one block may unpack to a thousand times its size.
  const piece = 1 << 16;
  const push = (data: Uint8Array, last: boolean): void => {
    try {
      stream.push(data, last);
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause) throw new Refused('damaged');
      throw cause;
    }
  };
  for await (const chunk of raw) {
    for (let at = 0; at < chunk.length; at += piece) {
      push(chunk.subarray(at, at + piece), false);
      const out = ready;
      ready = [];
      yield* out;
    }
  }
  push(new Uint8Array(0), true);
  yield* ready;
}
