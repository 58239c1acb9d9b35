import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { hashOfFile } from './cityHash.ts';

/** The newest way to send a part that is spoken here. */
const protocol = 10;

/** Where the files of a part lie, also of one that was replaced already; undefined where there is none. */
export type FindPart = (what: { database: string; table: string; part: string }) => Promise<string | undefined>;

/** Sends parts to other replicas, as the engine's own server would: the engine out of npm has only the side that fetches. */
export function servePartsOn(port: number, find: FindPart): Promise<Server> {
  const server = createServer(async (request, response) => {
    request.resume();
    try {
      const asked = new URL(request.url ?? '', 'http://x').searchParams;
      const part = asked.get('part') ?? '';
      const [, database = '', table = ''] =
        /\/clickhouse\/tables\/(\w+)\/\w+\/(\w+)\/replicas\//.exec(asked.get('endpoint') ?? '') ?? [];
      const folder = await find({ database, table, part });
      if (folder === undefined) {
        response.writeHead(500).end(`Code: 232. DB::Exception: No part ${part} in table. (NO_SUCH_DATA_PART)`);
        return;
      }
      const version = Math.min(protocol, Number(asked.get('client_protocol_version')));
      const body = partOf(folder);
      response.writeHead(200, { 'set-cookie': `server_protocol_version=${version}`, 'content-length': body.length });
      response.end(body);
    } catch (cause) {
      response.writeHead(500).end(String(cause));
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Of the replica itself, and of no use to another. */
const ownFiles = ['txn_version.txt', 'delete-on-destroy.txt'];

function partOf(folder: string): Buffer {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !ownFiles.includes(entry.name))
    .map(({ name }) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const type = files.some(({ name }) => name === 'data.bin') ? 'Compact' : 'Wide';
  return Buffer.concat([
    number(total),
    text('ttl format version: 1\n{}'),
    text(type),
    Buffer.from('00000000-0000-0000-0000-000000000000'),
    // Projections: there are none.
    number(0),
    number(files.length),
    ...files.flatMap(({ name, bytes }) => [text(name), number(bytes.length), bytes, ...hashOfFile(bytes).map(number)]),
  ]);
}

function number(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** Its length in seven bits a byte, then its bytes. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length: number[] = [];
  for (let left = bytes.length; ; left >>= 7) {
    length.push(left >= 0x80 ? (left & 0x7f) | 0x80 : left);
    if (left < 0x80) return Buffer.concat([Buffer.from(length), bytes]);
  }
}
