import { kind } from './characters.ts';
import type { CharacterStream } from './foldText.ts';

/**
 * Whether the characters i..j (both included) may be one word in spite of what was skipped between them: nothing visible; or
 * something in every place, as in 敏.感.词; or symbols alone in some places of a word of three characters and more. A word of two
 * needs a symbol, or blanks with blanks around it: in chats a blank ends a sentence. `openings` are the word's own gaps.
 */
export function gapsAllow(stream: CharacterStream, i: number, j: number, openings: number): boolean {
  const { gap } = stream;
  let seen = 0;
  let open = 0;
  for (let at = i + 1; at <= j; at++) {
    const here = at - i < 31 && (openings >>> (at - i)) & 1 ? 0 : visible(gap[at] ?? 0);
    if (here === 0) continue;
    seen |= here;
    open++;
  }
  return wordAllows(seen, open, j - i, () => standsAlone(stream, i, j));
}

/** The rule itself: kinds seen in the gaps, how many of the word's `places` had one. */
export function wordAllows(seen: number, open: number, places: number, alone: () => boolean): boolean {
  if (open === 0) return true;
  if (places === 1) return seen === kind.symbol || (seen === kind.space && alone());
  return open === places || seen === kind.symbol;
}

function standsAlone({ gap, count }: CharacterStream, i: number, j: number): boolean {
  return (i === 0 || visible(gap[i] ?? 0) > 0) && (j + 1 === count || visible(gap[j + 1] ?? 0) > 0);
}

export function visible(skipped: number): number {
  return skipped & ~kind.invisible;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * Whether Latin letters or digits at either end of i..j end there: a run of fewer than six letters within the word must not go
 * on outside it (`av` in `have`), digits never.
 */
export function endsAllow(stream: CharacterStream, i: number, j: number): boolean {
  return edgeAllows(stream, i, j, 1) && edgeAllows(stream, j, i, -1);
}

function edgeAllows({ codes, gap, count }: CharacterStream, edge: number, other: number, inward: 1 | -1): boolean {
  const outside = edge - inward;
  if (outside < 0 || outside >= count) return true;
  const code = codes[edge] ?? 0;
  const next = codes[outside] ?? 0;
  // A gap ends the letters, unless the word's own letters stand apart as well.
  const before = (at: number) => visible(gap[inward === 1 ? at : at + 1] ?? 0) > 0;
  if (before(edge) && (edge === other || !before(edge + inward))) return true;
  if (isDigit(code)) return !isDigit(next);
  if (!isLetter(code) || !isLetter(next)) return true;
  let run = 1;
  for (let at = edge; at !== other && isLetter(codes[at + inward] ?? 0); at += inward) run++;
  return run >= 6;
}
