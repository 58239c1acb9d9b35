import { isUtf8 } from 'node:buffer';
import { Refused } from './source.ts';

type Decoder = InstanceType<typeof TextDecoder>;
export type Encoding = 'utf-8' | 'gb18030';

/** Bytes beyond the first one that is not ASCII on which the guess between UTF-8 and GB18030 rests. */
const guessBytes = 1 << 16;

/**
 * Text in UTF-8 without a byte order mark. Plain ASCII passes as it is; the first other byte decides between UTF-8 and
 * GB18030. UTF-16 is refused. Bytes that are not valid in the encoding stay, for the framing to reject their record.
 */
export async function* decode(
  source: AsyncIterable<Buffer>,
  seen: (encoding: Encoding) => void = () => {},
): AsyncGenerator<Buffer> {
  let decoder: Decoder | null = null;
  let decided = false;
  let first = true;
  let held: Buffer = Buffer.alloc(0);
  for await (const part of source) {
    let chunk = held.length > 0 ? Buffer.concat([held, part]) : part;
    held = Buffer.alloc(0);
    if (first) {
      if (chunk.length < 4) {
        held = chunk;
        continue;
      }
      refuseUtf16(chunk);
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
        decided = true;
        seen('utf-8');
        chunk = chunk.subarray(3);
      }
      first = false;
    }
    if (!decided) {
      const start = chunk.findIndex((byte) => byte > 127);
      if (start >= 0) {
        if (chunk.length - start < guessBytes && held.length === 0 && chunk.length < 4 * guessBytes) {
          // Too little to judge by: wait for the next chunk, unless there is none.
          held = chunk;
          continue;
        }
        decoder = guess(chunk.subarray(start)) === 'gb18030' ? new TextDecoder('gb18030') : null;
        decided = true;
        seen(decoder ? 'gb18030' : 'utf-8');
      }
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
  if (held.length > 0) {
    if (first) refuseUtf16(held);
    const start = held.findIndex((byte) => byte > 127);
    if (start >= 0 && !decided) {
      decoder = guess(held.subarray(start)) === 'gb18030' ? new TextDecoder('gb18030') : null;
      seen(decoder ? 'gb18030' : 'utf-8');
    }
    yield decoder ? Buffer.from(decoder.decode(held)) : held;
  } else if (decoder) {
    const rest = decoder.decode();
    if (rest) yield Buffer.from(rest);
  }
}

function refuseUtf16(chunk: Buffer): void {
  const mark = chunk.length > 1 ? chunk.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff) throw new Refused('encodingUtf16');
  // Without a mark: every second byte of the header is zero.
  const head = chunk.subarray(0, 64);
  const zeros = (from: number): boolean => head.length >= 16 && head.every((byte, i) => i % 2 !== from || byte === 0);
  if (zeros(0) !== zeros(1)) throw new Refused('encodingUtf16');
}

/**
 * Judged line by line: text in GB18030 is hardly ever valid UTF-8, while UTF-8 often passes for GB18030. A few damaged
 * lines in a file of UTF-8 must not turn all of it into nonsense.
 */
function guess(bytes: Buffer): Encoding {
  const votes = { utf8: 0, gb18030: 0 };
  const strict = new TextDecoder('gb18030', { fatal: true });
  const last = bytes.length > guessBytes ? bytes.lastIndexOf(10) : bytes.length;
  for (let at = 0; at < last; ) {
    const feed = bytes.indexOf(10, at);
    const end = feed < 0 ? last : feed;
    const line = bytes.subarray(at, end);
    at = end + 1;
    if (!line.some((byte) => byte > 127)) continue;
    if (isUtf8(line)) votes.utf8++;
    else if (decodes(strict, line)) votes.gb18030++;
  }
  return votes.gb18030 > votes.utf8 ? 'gb18030' : 'utf-8';
}

function decodes(decoder: Decoder, line: Buffer): boolean {
  try {
    decoder.decode(line);
    return true;
  } catch {
    return false;
  }
}
