import { findAddresses } from '../../people/mask.ts';
import type { Characters } from './characters.ts';
import type { FoundContact } from './inspectText.ts';
import { viewOf } from './viewText.ts';

/** How far an address reaches before and after the character that betrays it. */
const reach = { before: 64, after: 40 };
/** Looks in vain after which a text is taken for a flood, not for addresses: each look costs up to a millisecond. */
const looksInVain = 64;

/** Street addresses, looked for only around what they cannot do without: a numbered house, or an estate behind a place's name. */
export function findAddress(text: string, characters: Characters): FoundContact[] {
  const found: FoundContact[] = [];
  let done = 0;
  let inVain = 0;
  let place = -1;
  for (let at = 0; at < text.length && inVain < looksInVain; at++) {
    const code = text.charCodeAt(at);
    const here = addressParts[code] as number;
    if (here === 0) continue;
    const before = at > 0 ? text.charCodeAt(at - 1) : 0;
    const numbered = (here & part.house) !== 0 && ((addressParts[before] as number) & part.numeral) !== 0;
    const inPlace = (here & part.estate) !== 0 && place >= 0 && place >= at - reach.before;
    // 小区 is an estate, no district.
    if ((here & part.place) !== 0 && !(code === 0x533a && before === 0x5c0f)) place = at;
    if (!numbered && !inPlace) continue;
    const from = Math.max(done, at - reach.before);
    const to = Math.min(text.length, at + reach.after);
    const seen = findAddresses(viewOf(text, from, to, characters));
    if (seen.length === 0) inVain++;
    for (const address of seen) {
      found.push({ kind: 'address', from: from + address.from, to: from + address.to });
      done = Math.max(done, from + address.to);
    }
    // Neighbours in one address share one look; a pasted book is looked at piece by piece.
    at = Math.max(at, Math.min(done, to) - 1, at + 8);
  }
  return found;
}

/** What a code unit may be in an address, as bits. */
export const part = { place: 1, house: 2, estate: 4, numeral: 8 } as const;
export const addressParts = new Uint8Array(0x10000);
for (const [characters, bit] of [
  ['省市州区县旗镇乡', part.place],
  ['号栋幢座弄#组队户楼', part.house],
  ['里弄村园区苑', part.estate],
  ['0123456789０１２３４５６７８９一二三四五六七八九十', part.numeral],
] as const)
  for (const one of characters) addressParts[one.charCodeAt(0)] = (addressParts[one.charCodeAt(0)] as number) | bit;
