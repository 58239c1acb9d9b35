import type { Characters } from './characters.ts';
import type { FoundContact } from './inspectText.ts';
import { viewOf } from './viewText.ts';

const endings = new Set(
  'com cn net org top xyz vip cc tv me io co info shop club site link app pro biz hk tw ltd wang ren mobi asia online store fun live icu win ink edu gov'.split(
    ' ',
  ),
);
const longestName = 64;

/** Links and e-mail addresses. Looks around every point and `://`, never further than a name is long. */
export function findLinks(text: string, characters: Characters): FoundContact[] {
  const found: FoundContact[] = [];
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (at < done || !isPoint(code)) continue;
    const link = code === 58 ? schemeAt(text, at) : nameAround(text, at, done, characters);
    if (!link) continue;
    found.push(link);
    done = link.to;
  }
  return found;
}

/** . ． 。 ｡ and the colon of a scheme. */
export function isPoint(code: number): boolean {
  return code === 46 || code === 0xff0e || code === 0x3002 || code === 0xff61 || code === 58;
}

function schemeAt(text: string, at: number): FoundContact | null {
  if (!text.startsWith('://', at)) return null;
  const scheme = /(?:https?|ftp|weixin|alipays?|taobao)$/i.exec(text.slice(Math.max(0, at - 8), at));
  if (!scheme) return null;
  const to = pathEnd(text, at + 3);
  return to > at + 5 ? { kind: 'link', from: at - scheme[0].length, to } : null;
}

function nameAround(text: string, at: number, done: number, characters: Characters): FoundContact | null {
  const start = Math.max(done, at - longestName);
  const left = /[a-z0-9][a-z0-9_+.@-]*$/.exec(viewOf(text, start, at, characters))?.[0];
  if (!left) return null;
  const right = /^\.([a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,4})/.exec(
    viewOf(text, at, at + longestName, characters),
  )?.[1];
  if (!right) return null;
  const labels = right.split('.');
  while (labels.length > 0 && !endings.has(labels.at(-1) as string)) labels.pop();
  const sign = left.lastIndexOf('@');
  if (labels.length === 0 || sign === left.length - 1) return null;
  const nameEnd = at + 1 + labels.join('.').length;
  const from = at - left.length;
  if (sign > 0) return { kind: 'email', from, to: nameEnd };
  return { kind: 'link', from, to: /[/?#:]/.test(text[nameEnd] ?? '') ? pathEnd(text, nameEnd) : nameEnd };
}

/** A path goes on while it is printable ASCII; closing marks at its end belong to the sentence. */
function pathEnd(text: string, from: number): number {
  let to = from;
  while (to < text.length && text.charCodeAt(to) > 32 && text.charCodeAt(to) < 127) to++;
  while (to > from && '.,;:!?)\'"]}>'.includes(text[to - 1] as string)) to--;
  return to;
}
