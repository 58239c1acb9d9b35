import { type Characters, kind } from './characters.ts';
import { digitTable, surety } from './digits.ts';
import { addressParts, findAddress, part } from './findAddress.ts';
import { findHandles, isOfId, triggers } from './findHandles.ts';
import { findLinks, isPoint } from './findLinks.ts';
import { findNumbers } from './findNumbers.ts';
import type { FoldedText } from './foldText.ts';
import type { FoundContact } from './inspectText.ts';

/** What a code unit may be of a contact, as bits. */
const sign = { point: 1, trigger: 2, ofId: 4, digit: 8, place: 16, house: 32, estate: 64, numeral: 128 } as const;

/** Finds contacts; most messages hold nothing that one could be made of, which one look at each code unit tells. */
export class ContactFinder {
  private readonly characters: Characters;
  private readonly digits: Uint8Array;
  private readonly signs: Uint8Array;

  constructor(characters: Characters) {
    this.characters = characters;
    this.digits = digitTable(characters);
    this.signs = characters.entries.reduce((signs, entry, code) => {
      signs[code] = signsOf(code, entry, this.digits);
      return signs;
    }, new Uint8Array(0x10000));
  }

  /** All contacts of a text, in order; where two overlap the first of links, handles, numbers, addresses stays. */
  find(text: string, { stream }: FoldedText): readonly FoundContact[] {
    const { characters, digits, signs } = this;
    let all = 0;
    for (let at = 0; at < text.length; at++) all |= signs[text.charCodeAt(at)] as number;
    const holds = (bits: number) => (all & bits) === bits;
    let found: readonly FoundContact[] = holds(sign.point) ? findLinks(text, characters) : none;
    const add = (more: readonly FoundContact[]) => {
      if (more.length > 0) found = merged(found, more);
    };
    if (holds(sign.trigger | sign.ofId)) add(findHandles(text, stream, characters));
    if (holds(sign.digit)) add(findNumbers(text, stream, digits));
    if (holds(sign.house | sign.numeral) || holds(sign.estate | sign.place)) add(findAddress(text, characters));
    return found;
  }
}

const none: readonly FoundContact[] = [];

function signsOf(code: number, entry: number, digits: Uint8Array): number {
  const parts = addressParts[code] as number;
  let signs = isPoint(code) ? sign.point : 0;
  if ((parts & part.place) !== 0) signs |= sign.place;
  if ((parts & part.house) !== 0) signs |= sign.house;
  if ((parts & part.estate) !== 0) signs |= sign.estate;
  if ((parts & part.numeral) !== 0) signs |= sign.numeral;
  const folded = entry & 0xffff;
  // Halves of what lies beyond 65,536, and what folds to several characters, may be anything.
  if ((code & 0xf800) === 0xd800 || (folded & 0xf800) === 0xd800) return signs | sign.trigger | sign.ofId | sign.digit;
  if (((entry >>> 16) & 0xff) !== kind.character) return signs;
  if (triggers[folded] === 1) signs |= sign.trigger;
  if (isOfId(folded)) signs |= sign.ofId;
  const sure = (digits[folded] as number) >> 4;
  // A number is never only spoken.
  if (sure === surety.arabic || sure === surety.numeral) signs |= sign.digit;
  return signs;
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
