import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { Refused, unreadable } from './source.ts';

/** What a workbook may unpack to. Its strings and styles are held in memory, so they may be less. */
const limits = { entries: 5000, total: 2 * 2 ** 30, heldInMemory: 200 * 2 ** 20, ratio: 250, ratioFloor: 64 * 2 ** 20 };

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly offset: number;
}

/**
 * Unpacks every entry of a zip file and counts, keeping nothing: the sizes it states may be lies.
 * @throws Refused `zipBomb` beyond the limits, `damaged` when it is no sound zip file.
 */
export async function checkZip(path: string, bytes: number): Promise<void> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(cause);
  });
  try {
    const read = async (at: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const entries = await readDirectory(read, bytes);
    let total = 0;
    for (const entry of entries) {
      const local = await read(entry.offset, 30);
      if (local.length < 30 || local.readUInt32LE(0) !== 0x04034b50) throw new Refused('damaged');
      const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      const held = /sharedStrings|styles|workbook/i.test(entry.name);
      const room = Math.min(limits.total - total, held ? limits.heldInMemory : Number.POSITIVE_INFINITY);
      total += await unpackedSize(path, entry, start, room);
      if (total > limits.ratioFloor && total > bytes * limits.ratio) throw new Refused('zipBomb');
    }
  } catch (cause) {
    throw unreadable(cause);
  } finally {
    await handle.close();
  }
}

async function readDirectory(read: (at: number, length: number) => Promise<Buffer>, bytes: number): Promise<Entry[]> {
  const tailAt = Math.max(0, bytes - 65_557);
  const tail = await read(tailAt, bytes - tailAt);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length) throw new Refused('damaged');
  const count = tail.readUInt16LE(end + 10);
  const size = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  if (count > limits.entries || size > 64 * 2 ** 20) throw new Refused('zipBomb');
  if (at + size > bytes) throw new Refused('damaged');
  const directory = await read(at, size);
  const entries: Entry[] = [];
  for (let i = 0; entries.length < count; ) {
    if (i + 46 > directory.length || directory.readUInt32LE(i) !== 0x02014b50) throw new Refused('damaged');
    const nameLength = directory.readUInt16LE(i + 28);
    entries.push({
      name: directory.toString('utf8', i + 46, i + 46 + nameLength),
      method: directory.readUInt16LE(i + 10),
      compressed: directory.readUInt32LE(i + 20),
      offset: directory.readUInt32LE(i + 42),
    });
    i += 46 + nameLength + directory.readUInt16LE(i + 30) + directory.readUInt16LE(i + 32);
  }
  return entries;
}

async function unpackedSize(path: string, entry: Entry, start: number, room: number): Promise<number> {
  if (entry.compressed === 0) return 0;
  if (entry.method === 0) return entry.compressed;
  if (entry.method !== 8) throw new Refused('damaged');
  let size = 0;
  const count = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > room) throw new Refused('zipBomb');
    }
  };
  try {
    await pipeline(createReadStream(path, { start, end: start + entry.compressed - 1 }), createInflateRaw(), count);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')) throw new Refused('damaged');
    throw cause;
  }
  return size;
}
