import { createHmac, timingSafeEqual } from 'node:crypto';

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, a new code each thirty seconds. */
export const stepMs = 30_000;
const digits = 6;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32 without padding, as apps take secrets. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((part) => alphabet[Number.parseInt(part.padEnd(5, '0'), 2)]).join('');
}

export function codeOfStep(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac[mac.length - 1] ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step whose code this is: of this half minute, the one before or the one after, for clocks differ; null where none. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = Math.floor(nowMs / stepMs);
  const given = Buffer.from(code);
  const found = [now, now - 1, now + 1].filter((step) => timingSafeEqual(Buffer.from(codeOfStep(secret, step)), given));
  return found[0] ?? null;
}

/** What an app reads from a QR code, or from a link on the phone itself. */
export function otpauthUri(secret: Uint8Array, account: string): string {
  return `otpauth://totp/${encodeURIComponent(`Heng:${account}`)}?secret=${base32(secret)}&issuer=Heng`;
}
