import { isBankCard, isCode, isIdentityCard } from '../../people/mask.ts';
import { type DigitRun, digitRuns, digitsOf, groupsOf, spokenIn } from './digitRuns.ts';
import { surety } from './digits.ts';
import type { CharacterStream } from './foldText.ts';
import { visible } from './gaps.ts';
import type { FoundContact } from './inspectText.ts';

/** Groupings in which people write eleven digits. Any grouping would find a phone in `1350 2024-10-5`. */
const phoneGroups = new Set(
  '11 3-4-4 3-8 7-4 3-4-2-2 3-2-2-2-2 3-3-5 3-3-3-2 4-4-3 4-3-4 5-6 6-5 4-7 8-3 2-9 1-10 2-3-3-3 1-2-4-4 3-5-3 5-3-3 1-1-1-1-1-1-1-1-1-1-1'.split(
    ' ',
  ),
);
/** More than four of eleven digits by their sound alone are a sentence. */
const spokenAtMost = 4;

/** Phones in any writing, bank cards and identity cards, in order. Every digit is looked at a bounded number of times. */
export function findNumbers(text: string, stream: CharacterStream, digits: Uint8Array): FoundContact[] {
  const found: FoundContact[] = [];
  for (const run of digitRuns(stream, digits)) {
    const cards = cardsIn(text, stream, digits, run);
    found.push(...cards);
    if (cards.length === 0) found.push(...phonesIn(text, stream, digits, run));
  }
  return found;
}

function span(kind: FoundContact['kind'], stream: CharacterStream, first: number, last: number): FoundContact {
  return { kind, from: stream.from[first] as number, to: stream.to[last] as number };
}

function before(text: string, stream: CharacterStream, first: number): string {
  const from = stream.from[first] as number;
  return text.slice(Math.max(0, from - 12), from);
}

/** Cards are numbers in one piece, or in groups that one kind of separator keeps apart. */
function cardsIn(text: string, stream: CharacterStream, digits: Uint8Array, run: DigitRun): FoundContact[] {
  const found: FoundContact[] = [];
  for (let first = run.first; first <= run.last; ) {
    let last = first;
    while (last < run.last && last - first < 19 && sameNumber(text, stream, digits, last)) last++;
    if (last === run.last || !sameNumber(text, stream, digits, last)) {
      const card = cardAt(text, stream, digits, first, last);
      if (card) found.push(card);
    } else while (last < run.last && sameNumber(text, stream, digits, last)) last++;
    first = last + 1;
  }
  return found;
}

function sameNumber(text: string, stream: CharacterStream, digits: Uint8Array, at: number): boolean {
  const between = text.slice(stream.to[at], stream.from[at + 1]);
  const sure = (place: number) => (digits[stream.codes[place] as number] ?? 0) >> 4 !== surety.spoken;
  return sure(at) && sure(at + 1) && (visible(stream.gap[at + 1] ?? 0) === 0 || between === ' ' || between === '-');
}

function cardAt(
  text: string,
  stream: CharacterStream,
  digits: Uint8Array,
  first: number,
  last: number,
): FoundContact | null {
  const length = last - first + 1;
  if (length < 16 || length > 19) return null;
  const number = digitsOf(stream, digits, first, last);
  const isX = last + 1 < stream.count && stream.codes[last + 1] === 120 && visible(stream.gap[last + 1] ?? 0) === 0;
  if (length === 17 && isX && isIdentityCard(`${number}X`)) return span('identityCard', stream, first, last + 1);
  if (length === 18 && isIdentityCard(number)) return span('identityCard', stream, first, last);
  return isBankCard(number, before(text, stream, first)) ? span('bankCard', stream, first, last) : null;
}

function phonesIn(text: string, stream: CharacterStream, digits: Uint8Array, run: DigitRun): FoundContact[] {
  const found: FoundContact[] = [];
  const digit = (at: number) => (digits[stream.codes[at] as number] ?? 0) & 15;
  for (let at = run.first; at <= run.last - 9; at++) {
    const mobile =
      digit(at) === 1 && digit(at + 1) >= 3 && at + 10 <= run.last && isMobile(text, stream, digits, run, at);
    const length = mobile ? 11 : digit(at) === 0 ? landLine(text, stream, digits, run, at) : 0;
    if (length === 0) continue;
    found.push(span('phone', stream, at, at + length - 1));
    at += length - 1;
  }
  return found;
}

function isMobile(text: string, stream: CharacterStream, digits: Uint8Array, run: DigitRun, at: number): boolean {
  const last = at + 10;
  if (spokenIn(stream, digits, at, last) > spokenAtMost) return false;
  const { sizes, between } = groupsOf(text, stream, at, last);
  if (!phoneGroups.has(sizes) || between.some((one) => one !== between[0] || one.length > 8 || /[\n¥￥$]/.test(one)))
    return false;
  if (between.length > 0 && between.length < 4 && /^[.．]$/.test(between[0] ?? '') && sizes !== '3-4-4') return false;
  return (
    endsAt(text, stream, digits, last, last + 1, run, between[0]) &&
    (endsAt(text, stream, digits, at, at - 1, run, between[0]) || callsChina(stream, digits, run, at)) &&
    !isCode(before(text, stream, at))
  );
}

/** Whether the number ends between a digit of it and its neighbour: none, a less sure one, or one that stands apart. */
function endsAt(
  text: string,
  stream: CharacterStream,
  digits: Uint8Array,
  edge: number,
  next: number,
  run: DigitRun,
  inside?: string,
): boolean {
  const [left, right] = edge < next ? [edge, next] : [next, edge];
  const apart = text.slice(stream.to[left], stream.from[right]);
  // 13.5 and ¥138: an amount goes on across its point.
  if (next < edge && /[¥￥$]$/.test(text.slice(Math.max(0, (stream.from[edge] as number) - 1), stream.from[edge])))
    return false;
  if (next < run.first || next > run.last) return true;
  const sureOf = (at: number) => (digits[stream.codes[at] as number] ?? 0) >> 4;
  if (visible(stream.gap[right] ?? 0) === 0) return sureOf(next) > sureOf(edge);
  if (/^[.．:：/*×xX-]$/.test(apart)) return false;
  return inside === undefined || inside !== apart;
}

function callsChina(stream: CharacterStream, digits: Uint8Array, run: DigitRun, at: number): boolean {
  const start = at - 2;
  if (start < run.first || digitsOf(stream, digits, start, at - 1) !== '86') return false;
  const zeros = start - 2 >= run.first && digitsOf(stream, digits, start - 2, start - 1) === '00' ? start - 2 : start;
  return zeros === run.first || visible(stream.gap[zeros] ?? 0) > 0;
}

/** A land line needs its area code and something between the two. Its length in digits, 0 for none. */
function landLine(text: string, stream: CharacterStream, digits: Uint8Array, run: DigitRun, at: number): number {
  if (at > run.first && visible(stream.gap[at] ?? 0) === 0) return 0;
  for (const [area, local] of [
    [3, 8],
    [4, 8],
    [4, 7],
  ] as const) {
    const last = at + area + local - 1;
    if (
      last > run.last ||
      (last < run.last &&
        (visible(stream.gap[last + 1] ?? 0) === 0 ||
          /^[-/.:]/.test(text.slice(stream.to[last], stream.from[last + 1]))))
    )
      continue;
    if (at > run.first && /[-/.:]$/.test(text.slice(stream.to[at - 1], stream.from[at]))) continue;
    const { sizes, between } = groupsOf(text, stream, at, last);
    const written =
      [`${area}-${local}`, `${area}-${local - 4}-4`].includes(sizes) && /^\)?[ -]?$/.test(between[0] ?? '');
    const number = digitsOf(stream, digits, at, last);
    if (
      written &&
      spokenIn(stream, digits, at, last) === 0 &&
      /^0(?:10|2\d|[3-9]\d\d)[2-8]/.test(number) &&
      (area === 3) === /^0[12]/.test(number)
    )
      return area + local;
  }
  return 0;
}
