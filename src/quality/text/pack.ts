const magic = 'HENGTXT1';

/** Named arrays in one file: magic, length of the header (uint32, little endian), header (JSON), then the arrays' bytes. */
export interface Packed {
  readonly kind: string;
  /** Small settings that belong to the arrays. */
  readonly notes: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<string, Uint8Array>>;
}

export function pack(packed: Packed): Uint8Array {
  const sizes = Object.entries(packed.parts).map(([name, bytes]) => [name, bytes.length]);
  const header = new TextEncoder().encode(JSON.stringify({ kind: packed.kind, notes: packed.notes, sizes }));
  const body = Object.values(packed.parts);
  const start = magic.length + 4 + header.length;
  const bytes = new Uint8Array(start + body.reduce((sum, part) => sum + part.length, 0));
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(magic.length, header.length, true);
  bytes.set(header, magic.length + 4);
  let at = start;
  for (const part of body) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Throws RangeError when the bytes are of another kind, cut off, or no such file at all. */
export function unpack(bytes: Uint8Array, kind: string): Packed {
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  if (text(0, magic.length) !== magic || bytes.length < magic.length + 4) throw new RangeError(`no ${kind} table`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true);
  let at = magic.length + 4 + length;
  const header = JSON.parse(text(magic.length + 4, at)) as Omit<Packed, 'parts'> & { sizes: [string, number][] };
  if (header.kind !== kind) throw new RangeError(`a ${header.kind} table where a ${kind} table is needed`);
  const parts: Record<string, Uint8Array> = {};
  for (const [name, size] of header.sizes) {
    if (at + size > bytes.length) throw new RangeError(`the ${kind} table is cut off`);
    // A copy of its own, because wider numbers need an aligned start (and a Buffer's slice is none).
    parts[name] = new Uint8Array(size);
    parts[name].set(bytes.subarray(at, at + size));
    at += size;
  }
  return { kind, notes: header.notes, parts };
}

/** The part as 16-bit numbers; files and machines are little-endian. Throws RangeError when it is missing. */
export function words16(packed: Packed, name: string): Uint16Array {
  const part = bytesOf(packed, name);
  return new Uint16Array(part.buffer, 0, part.length >> 1);
}

export function words32(packed: Packed, name: string): Uint32Array {
  const part = bytesOf(packed, name);
  return new Uint32Array(part.buffer, 0, part.length >> 2);
}

export function bytesOf(packed: Packed, name: string): Uint8Array {
  const part = packed.parts[name];
  if (!part) throw new RangeError(`the ${packed.kind} table has no ${name}`);
  return part;
}
