import type { Characters } from './characters.ts';
import { findAddress } from './findAddress.ts';
import { findHandles } from './findHandles.ts';
import { findLinks } from './findLinks.ts';
import { findNumbers } from './findNumbers.ts';
import type { FoldedText } from './foldText.ts';
import type { FoundContact } from './inspectText.ts';

/** All contacts of a text, in order; where two overlap the first of links, handles, numbers, addresses stays. */
export function findContacts(
  text: string,
  { stream }: FoldedText,
  characters: Characters,
  digits: Uint8Array,
): FoundContact[] {
  const numbers = findNumbers(text, stream, digits);
  const links = findLinks(text, characters);
  const handles = findHandles(text, stream, characters);
  const addresses = findAddress(text, characters);
  return [handles, numbers, addresses].reduce((kept, more) => (more.length === 0 ? kept : merged(kept, more)), links);
}

/** Both lists are in order and without overlap of their own, but for addresses, which come from several patterns. */
function merged(kept: readonly FoundContact[], more: readonly FoundContact[]): FoundContact[] {
  const later = [...more].sort((a, b) => a.from - b.from || b.to - a.to);
  const all: FoundContact[] = [];
  let old = 0;
  let end = 0;
  for (const one of later) {
    while (old < kept.length && (kept[old] as FoundContact).to <= one.from) all.push(kept[old++] as FoundContact);
    const next = kept[old];
    if (one.from < end || (next && next.from < one.to)) continue;
    all.push(one);
    end = one.to;
  }
  return [...all, ...kept.slice(old)];
}
