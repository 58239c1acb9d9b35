import { type Characters, kind } from './characters.ts';

/** text[from..to) folded unit by unit, so that offsets stay: width and case are gone, emoji are ●, invisible units U+200B. */
export function viewOf(text: string, from: number, to: number, { entries }: Characters): string {
  let view = '';
  for (let at = Math.max(0, from); at < to && at < text.length; at++) {
    const code = text.charCodeAt(at);
    const entry = entries[code] ?? 0;
    const folded = entry & 0xffff;
    if ((entry >>> 16) & kind.invisible) view += code >= 0xd800 && code <= 0xdfff ? '●' : '\u200b';
    else view += folded >= 0xd800 && folded <= 0xdfff ? text[at] : String.fromCharCode(folded);
  }
  return view;
}
