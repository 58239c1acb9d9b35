import { inflateSync } from 'node:zlib';

/** A font as far as reading goes: how many hex digits a glyph has, and which character each is. */
interface Font {
  readonly digits: number;
  readonly letters: ReadonlyMap<string, string>;
}

/** What a PDF of Chromium says, a text a page, without spaces: each font tells which character its glyphs are. */
export function textsOf(pdf: Buffer): string[] {
  const source = pdf.toString('latin1');
  const objects = new Map(
    [...source.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id ?? '', body ?? '']),
  );
  const named = (pattern: RegExp, body: string) => objects.get(pattern.exec(body)?.[1] ?? '') ?? '';
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\b/.test(body))
    .map((body) => {
      const fonts = new Map(
        [...body.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
          name,
          fontOf(streamOf(named(/\/ToUnicode (\d+) 0 R/, objects.get(id) ?? ''))),
        ]),
      );
      return shown(streamOf(named(/\/Contents (\d+) 0 R/, body)), fonts);
    });
}

function streamOf(body: string): string {
  const data = Buffer.from(body.slice(body.indexOf('stream\n') + 7, body.lastIndexOf('\nendstream')), 'latin1');
  return (body.includes('/FlateDecode') ? inflateSync(data) : data).toString('latin1');
}

function fontOf(map: string): Font {
  const digits = /begincodespacerange\s*<(\w+)>/.exec(map)?.[1]?.length ?? 4;
  const letters = new Map<string, string>();
  const add = (glyph: number, letter: number) =>
    letters.set(glyph.toString(16).toUpperCase().padStart(digits, '0'), String.fromCharCode(letter));
  const number = (hex = '') => Number.parseInt(hex, 16);
  for (const [, glyph, letter] of map.matchAll(/^<(\w+)> <(\w{4})>$/gm)) add(number(glyph), number(letter));
  for (const [, from, to, first] of map.matchAll(/^<(\w+)> <(\w+)> <(\w{4})>$/gm))
    for (let i = 0; number(from) + i <= number(to); i++) add(number(from) + i, number(first) + i);
  return { digits, letters };
}

function shown(content: string, fonts: ReadonlyMap<string, Font>): string {
  let font: Font | undefined;
  let text = '';
  for (const [, name, glyphs = ''] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (name !== undefined) font = fonts.get(name);
    else
      for (const [glyph] of glyphs.toUpperCase().matchAll(new RegExp(`.{${font?.digits ?? 4}}`, 'g')))
        text += font?.letters.get(glyph) ?? '';
  }
  // Ligatures and the forms of radicals are the same letters to a reader.
  return text.normalize('NFKC').replaceAll(/\s/g, '');
}
