import type { Readable } from 'node:stream';
import { parseError } from '@clickhouse/client';
import type { z } from 'zod';

const tailBytes = 16_384;
const exceptionTag = 'x-clickhouse-exception-tag';

/**
 * TRICKY: a query that fails after its first rows has already answered 200. The server then writes
 * `\r\n__exception__\r\nTAG\r\nmessage…` and cuts the connection, so the end of what came is kept and read.
 */
export async function* decodeAnswer(
  stream: Readable,
  headers: Readonly<Record<string, string | string[] | undefined>> | undefined,
): AsyncGenerator<Buffer> {
  const tag = headers?.[exceptionTag];
  const marker = typeof tag === 'string' ? `\r\n__exception__\r\n${tag}\r\n` : undefined;
  let tail: Buffer = Buffer.alloc(0);
  const failure = (): Error | undefined => {
    if (!marker) return undefined;
    const at = tail.indexOf(marker);
    return at < 0 ? undefined : asError(parseError(tail.subarray(at + marker.length).toString()));
  };
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      tail = Buffer.concat([tail, bytes.subarray(-tailBytes)]).subarray(-tailBytes);
      yield bytes;
    }
  } catch (cause) {
    throw failure() ?? cause;
  }
  const failed = failure();
  if (failed) throw failed;
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

/** One JSON object per line, checked where a schema is given. */
export function decodeRows<Row>(answer: Buffer, schema: z.ZodType<Row> | undefined): Row[] {
  const rows: Row[] = [];
  let start = 0;
  while (start < answer.length) {
    const newline = answer.indexOf(10, start);
    const end = newline < 0 ? answer.length : newline;
    if (end > start) {
      const row: unknown = JSON.parse(answer.toString('utf8', start, end));
      // Without a schema the caller vouches for the shape of its own SQL.
      rows.push(schema ? schema.parse(row) : (row as Row));
    }
    start = end + 1;
  }
  return rows;
}
