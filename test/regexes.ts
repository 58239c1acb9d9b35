import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../src/platform/root.ts';

export interface FoundRegex {
  readonly where: string;
  readonly regex: RegExp;
}

/** Every regular expression that is written out in the product's source. */
export function regexesOfSource(): FoundRegex[] {
  const source = join(packageRoot, 'src');
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    if (!/\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path)) return [];
    const text = readFileSync(join(source, path), 'utf8');
    const found: FoundRegex[] = [];
    // Most files have no slash that could begin one; only those that may are read in full.
    if (!/[^/*\w\s)\]]\s*\/[^/*\s]/.test(text)) return found;
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        found.push({ where: path, regex: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
      }
      ts.forEachChild(node, visit);
    };
    visit(parsed);
    return found;
  });
}

/** What one character of each kind in the pattern may be. */
function samples(source: string): string[] {
  const kinds: [RegExp, string][] = [
    ...([
      [/\\d|0-9/, '0'],
      [/\\s/, ' '],
      [/\\s/, '\t'],
      [/\\w|a-z/, 'a'],
      [/A-Z/, 'A'],
      [/\\p\{Cc\}/, '\u0001'],
    ] as [RegExp, string][]),
    ...([
      [/\\p\{(Script=Han|L|Lo)|\\u4e00/, '中'],
      [/\\n|\\r|\$/, '\n'],
      [/\.|\[\^|\\S|\\P|\\D|\\W/, 'x'],
    ] as [RegExp, string][]),
  ];
  const plain = [...source.replace(/\\[a-zA-Z](\{[^}]*\})?/g, '')].filter((each) => !/[\\^$*+?()[\]{}|]/.test(each));
  const escaped = [...source.matchAll(/\\([^a-zA-Z0-9])/g)].map(([, each = '']) => each);
  return [
    ...new Set([...kinds.flatMap(([asks, sample]) => (asks.test(source) ? [sample] : [])), ...plain, ...escaped]),
  ];
}

/** Text grows until it is long, so that an expression that would never end is noticed while it still does. */
const lengths = [24, 200, 1000, 5000, 20_000];

/**
 * The longest that an expression takes over text made of what it looks for, in milliseconds of processor time: one kind of character over and over, two
 * kinds by turns, each with something after it that fits nothing. Stops at the first that takes longer than `limitMs`. Work that grows
 * with the square of the length shows at once.
 */
export function slowestMs({ regex }: FoundRegex, limitMs: number): number {
  const some = samples(regex.source).slice(0, 8);
  const pumps = [...some, ...some.slice(0, 3).flatMap((one) => some.slice(0, 3).map((other) => one + other))];
  const once = new RegExp(regex.source, regex.flags.replace(/[gy]/g, ''));
  let slowest = 0;
  for (const pump of new Set(pumps)) {
    for (const length of lengths) {
      const text = `${pump.repeat(Math.ceil(length / pump.length))}\u0000`;
      let best = Number.POSITIVE_INFINITY;
      // Processor time, since other work may keep the clock busy; and the best of three tries, since collections count along.
      for (let tries = 0; tries < 3 && best > limitMs; tries += 1) {
        const begun = process.cpuUsage();
        once.test(text);
        const { user, system } = process.cpuUsage(begun);
        best = Math.min(best, (user + system) / 1000);
      }
      slowest = Math.max(slowest, best);
      if (slowest > limitMs) return slowest;
    }
  }
  return slowest;
}
