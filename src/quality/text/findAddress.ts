import { findAddresses } from '../../people/mask.ts';
import type { Characters } from './characters.ts';
import type { FoundContact } from './inspectText.ts';
import { viewOf } from './viewText.ts';

/** How far an address reaches before and after the character that betrays it. */
const reach = { before: 64, after: 40 };

/** Street addresses, looked for only around what they cannot do without: a house's number, or an estate after a city. */
export function findAddress(text: string, characters: Characters): FoundContact[] {
  const found: FoundContact[] = [];
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    if (!betrays(text.charCodeAt(at))) continue;
    const from = Math.max(done, at - reach.before);
    let to = at + reach.after;
    // Neighbours share one look; a pasted book is looked at piece by piece.
    for (let next = at + 1; next < text.length && next < to && to - from < 1024; next++)
      if (betrays(text.charCodeAt(next))) to = next + reach.after;
    const view = viewOf(text, from, to, characters);
    if (/\d|[一二三四五六七八九十]/.test(view) || /[省市州]/.test(view))
      for (const address of findAddresses(view))
        found.push({ kind: 'address', from: from + address.from, to: from + address.to });
    at = Math.min(to, text.length) - 1;
    done = to;
  }
  return found;
}

function betrays(code: number): boolean {
  switch (code) {
    case 0x53f7: // 号
    case 0x680b: // 栋
    case 0x5e62: // 幢
    case 0x5ea7: // 座
    case 0x5f04: // 弄
    case 0x5c0f: // 小(区)
    case 0x65b0: // 新(村)
    case 0x82d1: // 苑
    case 0x82b1: // 花(园)
    case 0x5bb6: // 家(园)
    case 0x697c: // 楼
    case 0x6751: // 村
    case 0x91cc: // 里
      return true;
    default:
      return false;
  }
}
