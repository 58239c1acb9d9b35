import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';

/** An endpoint's key as it is kept: AES-256-GCM, all base64. It opens only with the server's secret and for the same endpoint. */
export const sealedSchema = z.object({ iv: z.string(), text: z.string(), tag: z.string() });
export type Sealed = z.infer<typeof sealedSchema>;

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'heng assistant key', 32));

/** `iv`: 12 random bytes, new each time. `origin`: of the endpoint, so that a key never goes to another. */
export function sealKey(key: string, by: { secret: string; origin: string; iv: Uint8Array }): Sealed {
  const cipher = createCipheriv('aes-256-gcm', keyOf(by.secret), by.iv).setAAD(Buffer.from(by.origin));
  const text = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()]).toString('base64');
  return { iv: Buffer.from(by.iv).toString('base64'), text, tag: cipher.getAuthTag().toString('base64') };
}

/** The key; null where secret or endpoint are others, or what is kept was tampered with. */
export function openKey(sealed: Sealed, by: { secret: string; origin: string }): string | null {
  const [iv, text, tag] = [sealed.iv, sealed.text, sealed.tag].map((part) => Buffer.from(part, 'base64'));
  if (!iv || !text || tag?.length !== 16) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(by.secret), iv).setAAD(Buffer.from(by.origin));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
