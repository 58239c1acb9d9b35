import { codeOfStep, stepMs } from '../src/people/totp.ts';

/** What an authenticator app does with the key it was given: shows the code of a moment. */
export function authenticator(base32: string): (atMs: number) => string {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return (atMs) => codeOfStep(key, Math.floor(atMs / stepMs));
}
