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
  let lines: Gb18030Lines | null = null;
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
        if (chunk.length - start < guessBytes && chunk.length < 4 * guessBytes) {
          // Too little to judge by: wait for the next chunk, unless there is none.
          held = chunk;
          continue;
        }
        lines = guess(chunk.subarray(start)) === 'gb18030' ? new Gb18030Lines() : null;
        decided = true;
        seen(lines ? 'gb18030' : 'utf-8');
      }
    }
    yield lines ? lines.push(chunk) : chunk;
  }
  if (held.length > 0) {
    if (first) refuseUtf16(held);
    const start = held.findIndex((byte) => byte > 127);
    if (start >= 0 && !decided) {
      lines = guess(held.subarray(start)) === 'gb18030' ? new Gb18030Lines() : null;
      seen(lines ? 'gb18030' : 'utf-8');
    }
    yield lines ? lines.push(held) : held;
  }
  if (lines) yield lines.end();
}

/** A line longer than this is far past what the framing takes: it is decoded in pieces, and rejected there. */
const lineBytesMax = 1 << 22;

/**
 * GB18030 as UTF-8, whole lines at a time: a line feed is part of no character of it. Where bytes are damaged the text
 * has a byte that is no UTF-8.
 */
class Gb18030Lines {
  private readonly strict = new TextDecoder('gb18030', { fatal: true });
  private readonly lenient = new TextDecoder('gb18030');
  private carry: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer {
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, chunk]) : chunk;
    const whole = bytes.length > lineBytesMax && !bytes.includes(10) ? bytes.length : bytes.lastIndexOf(10) + 1;
    this.carry = Buffer.from(bytes.subarray(whole));
    return this.text(bytes.subarray(0, whole));
  }

  end(): Buffer {
    return this.text(this.carry);
  }

  private text(bytes: Buffer): Buffer {
    const sound = decodes(this.strict, bytes);
    if (sound !== null) return Buffer.from(sound);
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      const feed = bytes.indexOf(10, at);
      const end = feed < 0 ? bytes.length : feed + 1;
      const line = bytes.subarray(at, end);
      const text = decodes(this.strict, line);
      parts.push(text === null ? this.damaged(line) : Buffer.from(text));
      at = end;
    }
    return Buffer.concat(parts);
  }

  private damaged(line: Buffer): Buffer {
    const text = Buffer.from(this.lenient.decode(line)).toString('latin1');
    return Buffer.from(text.replaceAll('\xef\xbf\xbd', '\xff'), 'latin1');
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
    else if (decodes(strict, line) !== null) votes.gb18030++;
  }
  return votes.gb18030 > votes.utf8 ? 'gb18030' : 'utf-8';
}

function decodes(decoder: Decoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
