import { type Characters, kind, readEmoji, unknownCharacter } from './characters.ts';

/** The characters of a text that can be matched, each with where it stands and what was skipped before it. */
export class CharacterStream {
  count = 0;
  codes = new Uint16Array(1024);
  from = new Int32Array(1024);
  to = new Int32Array(1024);
  /** Kinds of what stands before character i, or'ed; `gap[count]` is what stands after the last. */
  gap = new Uint8Array(1025);

  clear(): void {
    this.count = 0;
    this.gap[0] = 0;
  }

  reserve(size: number): void {
    if (size <= this.codes.length) return;
    const length = Math.max(size, this.codes.length * 2);
    this.codes = grown(this.codes, new Uint16Array(length));
    this.from = grown(this.from, new Int32Array(length));
    this.to = grown(this.to, new Int32Array(length));
    this.gap = grown(this.gap, new Uint8Array(length + 1));
  }

  push(code: number, from: number, to: number): void {
    const i = this.count;
    if (i === this.codes.length) this.reserve(i + 1);
    this.codes[i] = code;
    this.from[i] = from;
    this.to[i] = to;
    this.count = i + 1;
    this.gap[i + 1] = 0;
  }

  skip(skipped: number): void {
    this.gap[this.count] = (this.gap[this.count] ?? 0) | skipped;
  }
}

/** A text folded once: width, case, script variants and look-alikes are gone, offsets lead back. Reused between messages. */
export class FoldedText {
  readonly stream = new CharacterStream();
  /** Characters and marks as the models see them: no spaces but between words of letters, no more than three alike in a row. */
  symbols = new Uint16Array(1024);
  symbolCount = 0;
  hasLatin = false;
  /** The text holds an emoji that may be read as a character. */
  readsEmoji = false;
  private readonly characters: Characters;

  constructor(characters: Characters) {
    this.characters = characters;
  }

  /** Linear; lone surrogates and debris of wrong encodings are skipped. */
  read(text: string): void {
    const { stream } = this;
    stream.clear();
    stream.reserve(text.length);
    if (text.length * 2 >= this.symbols.length) this.symbols = new Uint16Array(text.length * 4);
    this.symbolCount = 0;
    this.readsEmoji = false;
    this.hasLatin = false;
    let at = 0;
    // What stands for more or less than one code unit is rare; the plain rest is read in a loop without calls.
    for (at = this.readPlain(text, at); at < text.length; at = this.readPlain(text, at))
      at = this.readRare(text, at) + 1;
  }

  /** Returns the place of the first code unit that is no plain one: a surrogate, or one that folds to several. */
  private readPlain(text: string, start: number): number {
    const { stream, symbols } = this;
    const { entries } = this.characters;
    const { codes, from, to, gap } = stream;
    // Expansions may have used up the room: what is read one by one makes more.
    const room = Math.min(codes.length - stream.count, symbols.length - this.symbolCount);
    const end = Math.min(text.length, start + room);
    let i = stream.count;
    let n = this.symbolCount;
    let marks = 0;
    let latin = 0;
    let at = start;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      const entry = entries[code] as number;
      const folded = entry & 0xffff;
      if ((code & 0xf800) === 0xd800 || (folded & 0xf800) === 0xd800) break;
      marks |= entry;
      const skipped = (entry >>> 16) & 0xff;
      if (skipped === kind.character) {
        latin |= folded < 128 && folded > 57 ? 1 : 0;
        codes[i] = folded;
        from[i] = at;
        to[i] = at + 1;
        i++;
        gap[i] = 0;
      } else {
        gap[i] = (gap[i] as number) | skipped;
        if (skipped === kind.invisible) continue;
        if (skipped === kind.space && (n === 0 || (symbols[n - 1] as number) > 127)) continue;
      }
      if (n > 2 && symbols[n - 1] === folded && symbols[n - 2] === folded && symbols[n - 3] === folded) continue;
      symbols[n++] = folded;
    }
    stream.count = i;
    this.symbolCount = n;
    if ((marks & readEmoji) !== 0) this.readsEmoji = true;
    if (latin > 0) this.hasLatin = true;
    return at;
  }

  /** What is no plain character: returns the last code unit that was read. */
  private readRare(text: string, at: number): number {
    let last = at;
    const code = text.codePointAt(at) as number;
    let entry = this.characters.entries[code & 0xffff] as number;
    if (code >= 0x10000) {
      entry = this.beyond(code);
      last = at + 1;
    }
    if ((entry & readEmoji) !== 0) this.readsEmoji = true;
    const skipped = (entry >>> 16) & 0xff;
    if (skipped === kind.character) this.take(entry & 0xffff, at, last + 1);
    else {
      this.stream.skip(skipped);
      if (skipped > kind.invisible) this.see(entry & 0xffff, skipped);
    }
    return last;
  }

  private take(folded: number, from: number, to: number): void {
    if (folded >= 0xd800 && folded <= 0xdfff) {
      for (const one of this.characters.expansions[folded - 0xd800] ?? '') this.take(one.charCodeAt(0), from, to);
      return;
    }
    if (folded < 128 && folded > 57) this.hasLatin = true;
    this.stream.push(folded, from, to);
    this.see(folded, kind.character);
  }

  private see(folded: number, what: number): void {
    const { symbols, symbolCount: n } = this;
    if (what === kind.space && !(n > 0 && (symbols[n - 1] ?? 0) < 128)) return;
    if (n > 2 && symbols[n - 1] === folded && symbols[n - 2] === folded && symbols[n - 3] === folded) return;
    if (n === symbols.length) this.symbols = grown(symbols, new Uint16Array(n * 2));
    this.symbols[n] = folded;
    this.symbolCount = n + 1;
  }

  private beyond(code: number): number {
    for (const { from, to, entries } of this.characters.supplements)
      if (code >= from && code <= to) return entries[code - from] ?? 0;
    if (this.characters.emoji.has(code)) return emojiSymbol | readEmoji;
    if (code >= 0x20000 && code <= 0x3ffff) return unknownCharacter;
    return code >= 0xe0000 ? kind.invisible << 16 : emojiSymbol;
  }
}

/** ● stands for every emoji in the models' view. */
const emojiSymbol = 0x25cf | (kind.symbol << 16);

function grown<T extends Uint8Array | Uint16Array | Int32Array>(old: T, wider: T): T {
  wider.set(old);
  return wider;
}
