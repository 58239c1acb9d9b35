/** CityHash128 of version 1.0.2 with a seed, as the engine checks the files of a part by it: in blocks, each the seed of the next. */
const blockBytes = 2048;

const [k0, k1, k2, k3] = [0xc3a5c85c97cb3127n, 0xb492b66fbe98f273n, 0x9ae16a3b2f90404fn, 0xc949d7c7509e6557n];
const kMul = 0x9ddfea08eb382d69n;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => (by === 0n ? value : u64((value >> by) | (value << (64n - by))));
const shiftMix = (value: bigint): bigint => value ^ (value >> 47n);

function hashOfTwo(low: bigint, high: bigint): bigint {
  let a = u64((low ^ high) * kMul);
  a ^= a >> 47n;
  let b = u64((high ^ a) * kMul);
  b ^= b >> 47n;
  return u64(b * kMul);
}

type Pair = readonly [bigint, bigint];

export function hashOfFile(bytes: Buffer): Pair {
  let state: Pair = [0n, 0n];
  for (let at = 0; at < bytes.length; at += blockBytes) state = cityHash128(bytes.subarray(at, at + blockBytes), state);
  return state;
}

function hashOfShort(bytes: Buffer): bigint {
  const length = BigInt(bytes.length);
  if (bytes.length > 8) {
    const [a, b] = [bytes.readBigUInt64LE(0), bytes.readBigUInt64LE(bytes.length - 8)];
    return hashOfTwo(a, rotate(u64(b + length), length)) ^ b;
  }
  if (bytes.length >= 4) {
    const a = BigInt(bytes.readUInt32LE(0));
    return hashOfTwo(u64(length + (a << 3n)), BigInt(bytes.readUInt32LE(bytes.length - 4)));
  }
  if (bytes.length > 0) {
    const [a, b, c] = [bytes[0], bytes[bytes.length >> 1], bytes.at(-1)].map((byte) => BigInt(byte ?? 0)) as [
      bigint,
      bigint,
      bigint,
    ];
    const y = BigInt.asUintN(32, a + (b << 8n));
    const z = BigInt.asUintN(32, length + (c << 2n));
    return u64(shiftMix(u64(y * k2) ^ u64(z * k3)) * k2);
  }
  return k2;
}

function murmur(bytes: Buffer, seed: Pair): Pair {
  let [a, b] = seed;
  let c = 0n;
  let d = 0n;
  const length = bytes.length;
  if (length <= 16) {
    a = u64(shiftMix(u64(a * k1)) * k1);
    c = u64(b * k1 + hashOfShort(bytes));
    d = shiftMix(u64(a + (length >= 8 ? bytes.readBigUInt64LE(0) : c)));
  } else {
    c = hashOfTwo(u64(bytes.readBigUInt64LE(length - 8) + k1), a);
    d = hashOfTwo(u64(b + BigInt(length)), u64(c + bytes.readBigUInt64LE(length - 16)));
    a = u64(a + d);
    for (let at = 0, left = length - 16; left > 0; at += 16, left -= 16) {
      a = u64((a ^ u64(shiftMix(u64(bytes.readBigUInt64LE(at) * k1)) * k1)) * k1);
      b ^= a;
      c = u64((c ^ u64(shiftMix(u64(bytes.readBigUInt64LE(at + 8) * k1)) * k1)) * k1);
      d ^= c;
    }
  }
  a = hashOfTwo(a, c);
  b = hashOfTwo(d, b);
  return [a ^ b, hashOfTwo(b, a)];
}

function weak(bytes: Buffer, at: number, seedA: bigint, seedB: bigint): Pair {
  const [w, x, y, z] = [0, 8, 16, 24].map((each) => bytes.readBigUInt64LE(at + each)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  let a = u64(seedA + w);
  let b = rotate(u64(seedB + a + z), 21n);
  const c = a;
  a = u64(a + x + y);
  b = u64(b + rotate(a, 44n));
  return [u64(a + z), u64(b + c)];
}

function cityHash128(bytes: Buffer, seed: Pair): Pair {
  if (bytes.length < 128) return murmur(bytes, seed);
  const fetch = (at: number): bigint => bytes.readBigUInt64LE(at);
  let [x, y] = seed;
  let z = u64(BigInt(bytes.length) * k1);
  const v0 = u64(rotate(y ^ k1, 49n) * k1 + fetch(0));
  let v: Pair = [v0, u64(rotate(v0, 42n) * k1 + fetch(8))];
  let w: Pair = [u64(rotate(u64(y + z), 35n) * k1 + x), u64(rotate(u64(x + fetch(88)), 53n) * k1)];
  let at = 0;
  let left = bytes.length;
  do {
    for (let half = 0; half < 2; half += 1) {
      x = u64(rotate(u64(x + y + v[0] + fetch(at + 16)), 37n) * k1);
      y = u64(rotate(u64(y + v[1] + fetch(at + 48)), 42n) * k1);
      x ^= w[1];
      y ^= v[0];
      z = rotate(z ^ w[0], 33n);
      v = weak(bytes, at, u64(v[1] * k1), u64(x + w[0]));
      w = weak(bytes, at + 32, u64(z + w[1]), y);
      [z, x] = [x, z];
      at += 64;
    }
    left -= 128;
  } while (left >= 128);
  y = u64(y + rotate(w[0], 37n) * k0 + z);
  x = u64(x + rotate(u64(v[0] + z), 49n) * k0);
  for (let done = 0; done < left; ) {
    done += 32;
    y = u64(rotate(u64(y - x), 42n) * k0 + v[1]);
    w = [u64(w[0] + fetch(at + left - done + 16)), w[1]];
    x = u64(rotate(x, 49n) * k0 + w[0]);
    w = [u64(w[0] + v[0]), w[1]];
    v = weak(bytes, at + left - done, v[0], v[1]);
  }
  x = hashOfTwo(x, v[0]);
  y = hashOfTwo(y, w[0]);
  return [u64(hashOfTwo(u64(x + v[1]), w[1]) + y), hashOfTwo(u64(x + w[1]), u64(y + v[1]))];
}
