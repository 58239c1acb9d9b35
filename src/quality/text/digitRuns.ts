import { surety } from './digits.ts';
import type { CharacterStream } from './foldText.ts';
import { visible } from './gaps.ts';

/** Digits next to each other in the stream, in whatever writing; what is skipped between them may be anything. */
export interface DigitRun {
  /** First and last place in the stream, both included. */
  readonly first: number;
  readonly last: number;
}

/** Runs of at least five digits. */
export function digitRuns({ codes, count }: CharacterStream, digits: Uint8Array): DigitRun[] {
  const runs: DigitRun[] = [];
  let first = 0;
  for (let at = 0; at <= count; at++) {
    if (at < count && digits[codes[at] as number] !== 0) continue;
    if (at - first >= 5) runs.push({ first, last: at - 1 });
    first = at + 1;
  }
  return runs;
}

/** The places of a run split where something visible stands between them: lengths of the groups, and what stands there. */
export function groupsOf(
  text: string,
  stream: CharacterStream,
  first: number,
  last: number,
): { sizes: string; between: string[] } {
  const sizes: number[] = [1];
  const between: string[] = [];
  for (let at = first + 1; at <= last; at++) {
    if (visible(stream.gap[at] ?? 0) === 0) sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + 1;
    else {
      sizes.push(1);
      between.push(text.slice(stream.to[at - 1], stream.from[at]));
    }
  }
  return { sizes: sizes.join('-'), between };
}

export function digitsOf({ codes }: CharacterStream, digits: Uint8Array, first: number, last: number): string {
  let found = '';
  for (let at = first; at <= last; at++) found += (digits[codes[at] as number] ?? 0) & 15;
  return found;
}

/** How many digits are only spoken, 吧 for 8. */
export function spokenIn({ codes }: CharacterStream, digits: Uint8Array, first: number, last: number): number {
  let spoken = 0;
  for (let at = first; at <= last; at++) if ((digits[codes[at] as number] ?? 0) >> 4 === surety.spoken) spoken++;
  return spoken;
}
