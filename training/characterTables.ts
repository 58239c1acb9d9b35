import { Converter } from 'opencc-js';
import { pinyin } from 'pinyin-pro';
import { pack } from '../src/quality/text/pack.ts';
import { emojiReadings, hanLookAlikes, lookAlikes, oneReading, wordAliases } from './curatedReadings.ts';
import { radicalForms, splitCharacters } from './splitCharacters.ts';

/** What a code unit is to the matcher; the numbers are those of `foldText.ts`. */
const kinds = { character: 0, invisible: 1, symbol: 2, space: 4, punctuation: 8 };
const firstHan = 0x4e00;
const lastHan = 0x9fff;
const noCharacter = 0xfffd;
/** Beyond the basic plane: the blocks whose characters stand for others. What is not in them is an emoji or a rare character. */
const supplements = [
  [0x1d400, 0x1d7ff],
  [0x1f100, 0x1f26f],
  [0x1fbf0, 0x1fbf9],
  [0x2f800, 0x2fa1f],
] as const;

/** `characters.bin`: how every UTF-16 code unit folds, what it is, how it reads; split characters, emoji, aliases. */
export function characterTables(): Uint8Array {
  const folder = foldTable();
  const readings = readingTable((character) => folder.one(character.codePointAt(0) ?? 0));
  return pack({
    kind: 'characters',
    notes: {
      expansions: folder.expansions,
      supplements,
      syllables: readings.syllables,
      emoji: pairs(emojiReadings).map(([seen, meant]) => [seen.replace(/\ufe0f/g, ''), meant]),
      splits: splitPairs(),
      aliases: wordAliases
        .trim()
        .split('\n')
        .map((line) => line.split('='))
        .map(([word, writings]) => [word, writings?.split(' ')]),
    },
    parts: {
      fold: bytes(folder.fold),
      kind: folder.kind,
      supplement: bytes(folder.supplement),
      supplementKind: folder.supplementKind,
      readings: bytes(readings.readings),
    },
  });
}

function bytes(words: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function pairs(list: string): [string, string][] {
  return list
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const characters = [...pair.replace(/\ufe0f/g, '')];
      return [characters.slice(0, -1).join(''), characters.at(-1) ?? ''];
    });
}

function foldTable() {
  const simplify = Converter({ from: 't', to: 'cn' });
  const shinjitai = Converter({ from: 'jp', to: 'cn' });
  const standard = standardCharacters();
  const alike = new Map(pairs(lookAlikes));
  const expansions: string[] = [];
  const foldOne = (code: number): { kind: number; text: string } => {
    const character = String.fromCodePoint(code);
    const dingbat = dingbatDigit(code);
    // Strokes that are no words: people put them between characters.
    if ('丶丨丿亅乀乁'.includes(character)) return { kind: kinds.symbol, text: character };
    if (dingbat !== null) return { kind: kinds.character, text: dingbat };
    // Tone marks fall away: wēixìn is weixin; only ü stays a letter of its own, typed as v.
    const seen = (alike.get(character) ?? character)
      .normalize('NFD')
      .replace(/[uU]\u0308/g, 'v')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .normalize('NFKC')
      .toLowerCase();
    const letters = [...seen].map((one) => alike.get(one) ?? one).filter((one) => /[\p{L}\p{N}]/u.test(one));
    if (letters.length > 0) {
      const han = letters.map((one) => (/\p{Script=Han}/u.test(one) ? simplifyOne(one) : one));
      return { kind: kinds.character, text: han.join('') };
    }
    if (seen === '' || /^[\p{Cf}\p{Cc}\p{M}\p{Cs}]+$/u.test(character)) {
      if (/[\n\r\v\f]/.test(character)) return { kind: kinds.punctuation, text: '\n' };
      return character === '\t' ? { kind: kinds.space, text: ' ' } : { kind: kinds.invisible, text: '' };
    }
    if (/^\s/.test(seen) || character === '\u2800' || character === '\u3164') return { kind: kinds.space, text: ' ' };
    const first = seen[0] ?? '';
    if (/[，。！？；：、,!?;:…～—“”‘’"'()（）[\]{}【】「」『』《》<>〈〉]/.test(first))
      return { kind: kinds.punctuation, text: plainMark(first) };
    return { kind: kinds.symbol, text: first };
  };
  const simplifyOne = (one: string) => {
    const cn = simplify(one);
    // Japanese forms only where Chinese has no such character: 欠 is not 缺.
    const [only, more] = [...(cn === one && !standard.has(one) ? shinjitai(one) : cn)];
    return only && !more ? only : one;
  };
  const store = (code: number): { kind: number; value: number } => {
    const { kind, text } = foldOne(code);
    if (text.length === 0) return { kind, value: 0 };
    if (text.length === 1) return { kind, value: text.charCodeAt(0) };
    // Ligatures of Arabic and the like: their first letter is enough, they never stand in a list.
    if (/[^a-z0-9\p{Script=Han}]/u.test(text) || [...text].length === 1)
      return { kind, value: text.codePointAt(0) === text.charCodeAt(0) ? text.charCodeAt(0) : noCharacter };
    expansions.push(text);
    return { kind, value: 0xd800 + expansions.length - 1 };
  };
  const fold = new Uint16Array(0x10000);
  const kind = new Uint8Array(0x10000);
  for (let code = 0; code < 0x10000; code++) {
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    const privateUse = code >= 0xe000 && code <= 0xf8ff;
    const stored = surrogate
      ? { kind: kinds.invisible, value: 0 }
      : privateUse
        ? { kind: kinds.symbol, value: 0x25cf }
        : store(code);
    fold[code] = stored.value;
    kind[code] = stored.kind;
  }
  const more = supplements.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => store(from + i)));
  if (expansions.length > 0x800) throw new Error(`${expansions.length} expansions do not fit`);
  return {
    fold,
    kind,
    supplement: Uint16Array.from(more, ({ value }) => value),
    supplementKind: Uint8Array.from(more, (entry) => entry.kind),
    expansions,
    one: (code: number) => fold[code] ?? 0,
  };
}

/** The characters of GB 2312. */
function standardCharacters(): ReadonlySet<string> {
  const decoder = new TextDecoder('gbk');
  const rows = Array.from({ length: 0xf7 - 0xb0 + 1 }, (_, i) => 0xb0 + i);
  const cells = Array.from({ length: 94 }, (_, i) => 0xa1 + i);
  return new Set(rows.flatMap((row) => cells.map((cell) => decoder.decode(Uint8Array.of(row, cell)))));
}

function plainMark(mark: string): string {
  const at = '，。！？；：、…～—“”‘’（）【】'.indexOf(mark);
  return at < 0 ? mark : (',.!?;:,.~-""\'\'()[]'[at] ?? mark);
}

/** Circled and boxed digits and letters that Unicode gives no compatibility form. */
function dingbatDigit(code: number): string | null {
  for (const [from, to, first] of [
    [0x2776, 0x277f, 1],
    [0x2780, 0x2789, 1],
    [0x278a, 0x2793, 1],
    [0x24f5, 0x24fe, 1],
    [0x24eb, 0x24f4, 11],
  ] as const)
    if (code >= from && code <= to) return String(code - from + first);
  if (code === 0x24ff) return '0';
  for (const from of [0x1f150, 0x1f170, 0x1f1e6])
    if (code >= from && code < from + 26) return String.fromCharCode(97 + code - from);
  return null;
}

/** Up to three toneless readings for each character, 10 bits each, 1 + index into `syllables`; 0 is none. */
function readingTable(fold: (character: string) => number) {
  const raw = Array.from({ length: lastHan - firstHan + 1 }, (_, i) => {
    const character = String.fromCharCode(firstHan + i);
    const found = pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true });
    const said = found[0] === character ? [] : found.filter((one) => /^[a-zv]+$/.test(one) && /[aeiouv]/.test(one));
    return oneReading.includes(character) ? said.slice(0, 1) : said;
  });
  const own = raw.map((found) => [...found]);
  for (const [seen, meant] of pairs(hanLookAlikes)) {
    const [more] = own[meant.charCodeAt(0) - firstHan] ?? [];
    const readings = raw[seen.charCodeAt(0) - firstHan];
    if (more && readings && !readings.includes(more)) readings.splice(2, 0, more);
  }
  const syllables = [...new Set(own.flat())].sort();
  const index = new Map(syllables.map((syllable, i) => [syllable, i + 1]));
  const readings = Uint32Array.from(raw, (found, i) => {
    // A traditional character never reaches the readings: it is folded first.
    if (fold(String.fromCharCode(firstHan + i)) !== firstHan + i) return 0;
    return found.slice(0, 3).reduce((packed, one, place) => packed | ((index.get(one) ?? 0) << (10 * place)), 0);
  });
  return { syllables, readings };
}

/** Every way to type a character as two: [left right, whole]. */
function splitPairs(): [string, string][] {
  const found = new Map<string, string>();
  for (const entry of splitCharacters.trim().split(/\s+/)) {
    const [whole = '', parts = ''] = entry.split('=');
    const [left, right, more] = [...parts];
    if (!left || !right || more) continue;
    for (const first of [left, ...(radicalForms[left] ?? '')])
      for (const second of [right, ...(radicalForms[right] ?? '')]) {
        const typed = first + second;
        if (!found.has(typed) && typed.length === 2) found.set(typed, whole);
      }
  }
  return [...found];
}
