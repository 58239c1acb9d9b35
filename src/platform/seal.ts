import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';

/** A secret as it is kept: AES-256-GCM, all base64. */
export const sealedSchema = z.object({ iv: z.string(), text: z.string(), tag: z.string() });
export type Sealed = z.infer<typeof sealedSchema>;

/**
 * What a seal opens with: the server's secret, and the same purpose and place as it was made for. `place` is what the secret
 * belongs to (an address, a person), so that nobody carries it elsewhere.
 */
export interface Seal {
  readonly secret: string;
  readonly purpose: 'heng assistant key' | 'heng second factor' | 'heng oidc attempt';
  readonly place: string;
}

const keyOf = ({ secret, purpose }: Seal) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/** `iv`: 12 random bytes, new each time. */
export function seal(text: string, by: Seal & { readonly iv: Uint8Array }): Sealed {
  const cipher = createCipheriv('aes-256-gcm', keyOf(by), by.iv).setAAD(Buffer.from(by.place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  return { iv: Buffer.from(by.iv).toString('base64'), text: sealed, tag: cipher.getAuthTag().toString('base64') };
}

/** The text; null where secret, purpose or place are others, or what is kept was tampered with. */
export function unseal(sealed: Sealed, by: Seal): string | null {
  const [iv, text, tag] = [sealed.iv, sealed.text, sealed.tag].map((part) => Buffer.from(part, 'base64'));
  if (!iv || !text || tag?.length !== 16) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(by), iv).setAAD(Buffer.from(by.place));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
