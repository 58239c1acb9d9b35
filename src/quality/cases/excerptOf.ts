import type { Transcript } from '../../metrics/schemas.ts';
import { hideNames } from '../inspections/hideNames.ts';
import { cutText } from './cutText.ts';

export interface ExcerptLine {
  readonly who: Transcript['messages'][number]['sender'];
  readonly text: string;
}

/** More of one message is no example any more. */
const textMax = 1000;

/**
 * These messages of a masked transcript in its order, without the names of those who took part. Null where a key is none of its
 * messages, or one that has no text. Throws on a transcript that shows personal data.
 */
export function excerptOf(transcript: Transcript, keys: readonly string[]): ExcerptLine[] | null {
  if (!transcript.masked) throw new Error('an excerpt is made of a masked transcript only');
  const wanted = new Set(keys);
  const lines = hideNames(transcript).messages.filter(({ key, text }) => wanted.has(key) && text.trim() !== '');
  if (lines.length !== wanted.size) return null;
  return lines.map(({ sender, text }) => ({ who: sender, text: cutText(text, textMax) }));
}
