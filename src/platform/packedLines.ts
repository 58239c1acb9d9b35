import { deflateRawSync, inflateRawSync } from 'node:zlib';

const blockBytes = 2 ** 20;

/** Takes in a stream to its end and gives its lines one by one, null after the last; what waits is packed, a tenth of what came. */
export async function packedLines(stream: AsyncIterable<unknown>): Promise<() => string | null> {
  const packed: Buffer[] = [];
  let loose: Buffer[] = [];
  let looseBytes = 0;
  const pack = () => {
    packed.push(deflateRawSync(Buffer.concat(loose), { level: 1 }));
    [loose, looseBytes] = [[], 0];
  };
  for await (const chunk of stream) {
    loose.push(chunk as Buffer);
    looseBytes += (chunk as Buffer).length;
    if (looseBytes >= blockBytes) pack();
  }
  pack();
  let block: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    let end = block.indexOf(10, at);
    while (end < 0) {
      const more = packed.shift();
      if (more === undefined) break;
      block = Buffer.concat([block.subarray(at), inflateRawSync(more)]);
      at = 0;
      end = block.indexOf(10);
    }
    if (end < 0) {
      if (at >= block.length) return null;
      end = block.length;
    }
    const line = block.toString('utf8', at, end);
    at = end + 1;
    return line;
  };
}
