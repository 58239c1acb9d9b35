import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from '../src/commands.ts';
import { dispatch } from '../src/dispatch.ts';
import { kindNames, kinds } from '../src/ingest/kinds.ts';
import { reasons } from '../src/ingest/reasons.ts';
import { catalogue } from '../src/metrics/catalogue.ts';
import { packageRoot } from '../src/platform/root.ts';

const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8');
const readmes = ['README.zh-CN.md', 'README.md'] as const;
const documents = [
  ...readmes,
  'ARCHITECTURE.md',
  'GLOSSARY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/how-it-works.md',
  'docs/open-format.md',
  'docs/demo.md',
  'docs/signals.md',
] as const;

/** Every text under src/, db/ and tools/, where names that documents mention must occur. */
const code = ['src', 'db', 'tools']
  .flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.(tsx?|mjs|sql)$/.test(file) && !/\.test\./.test(file))
  .map(read)
  .join('\n');

/** What is read from the environment by the code, and by the tests that take a setting. */
const variablesRead = new Set(
  [
    code,
    ...readdirSync(join(packageRoot, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(join('test', file))),
  ].flatMap((text) => [...text.matchAll(/\benv(?:\.|\[['"`])([A-Z_]+)\b/g)].map(([, name]) => name)),
);

const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '');
const blocksOf = (text: string) => [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => match[2] ?? '');
const quoted = (text: string) => [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');

/** Cells of every table row of a document, without heads and rules. */
function rowsOf(text: string): string[][] {
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    const isHead = /^\|[ :|-]+\|$/.test(lines[i + 1] ?? '');
    return line.startsWith('| ') && !isHead && !/^\|[ :|-]+\|$/.test(line) ? [cells(line)] : [];
  });
}

describe.each(documents)('%s', (document) => {
  const text = read(document);

  it('names only files and folders that exist', () => {
    const folder = dirname(document);
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const looksLikeAPath =
      /^(?:(?:src|db|test|plans|docs|tools|bench|\.ci)\/[\w./-]*|[A-Z]+(?:\.zh-CN)?\.md|[\w.-]+\.(?:json|config\.ts))$/;
    const named = quoted(text).filter((word) => looksLikeAPath.test(word));
    const missing = [...linked.map((path) => join(folder, path)), ...named].filter(
      (path) => !existsSync(join(packageRoot, path)),
    );
    expect(missing).toEqual([]);
  });

  it('calls only commands and options that heng has', () => {
    const lines = [...blocksOf(text).flatMap((block) => block.split('\n')), ...quoted(text)];
    const wrong = lines.flatMap((line) => {
      const called = /(?:^|\s)(?:\.\/)?heng ([a-z]+)\b(.*)/.exec(line);
      if (!called) return [];
      const command = commands.find(({ name }) => name === called[1]);
      if (!command) return [line];
      const options = [...(called[2] ?? '').replace(/#.*$/, '').matchAll(/\s--([a-z-]+)/g)].map(
        (match) => match[1] ?? '',
      );
      return options.some((option) => !(option in command.options) && !['data', 'json', 'help'].includes(option))
        ? [line]
        : [];
    });
    expect(wrong).toEqual([]);
  });

  it('runs only scripts that package.json has', () => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const lines = [...blocksOf(text).flatMap((block) => block.split('\n')), ...quoted(text)];
    const run = lines.flatMap((line) => /^npm (?:run )?([\w-]+)/.exec(line)?.[1] ?? []);
    expect(run.filter((script) => !scripts.includes(script) && !['ci', 'install'].includes(script))).toEqual([]);
  });

  it('names only routes and environment variables that the code has', () => {
    const routes = [...text.matchAll(/\/api\/[\w/{}.-]*[\w}]/g)].map(([route]) =>
      route.replace(/\/(?:sessions|messages)$/, '/{kind}'),
    );
    expect(
      routes.filter((route) => !new RegExp(`path: '${route.replace(/[{}]/g, '\\$&')}'|get\\('${route}'`).test(code)),
    ).toEqual([]);
    const variables = [...text.matchAll(/\b(?:HENG|CLICKHOUSE|DATABASE|CHROMIUM)_[A-Z_]+\b/g)].map(([name]) => name);
    expect(variables.filter((name) => !variablesRead.has(name))).toEqual([]);
  });
});

describe('both READMEs', () => {
  it('list the commands of src/commands.ts, in that order', () => {
    for (const readme of readmes) {
      const listed = rowsOf(read(readme)).flatMap(([first]) => /^`heng (\w+)`$/.exec(first ?? '')?.[1] ?? []);
      expect([readme, ...listed]).toEqual([readme, ...commands.map(({ name }) => name)]);
    }
  });

  it('list the columns of every kind of the open format, the required ones first', () => {
    for (const readme of readmes) {
      const rows = rowsOf(read(readme)).filter(([first]) => kindNames.some((name) => first === `\`${name}\``));
      const listed = Object.fromEntries(
        rows.map(([first, , columns]) => [first?.replaceAll('`', ''), columns?.split(/ · |, /).sort()]),
      );
      const expected = Object.fromEntries(
        kindNames.map((name) => [name, kinds[name].columns.map((column) => column.name).sort()]),
      );
      expect([readme, listed]).toEqual([readme, expected]);
    }
  });

  it('say the same: as many sections, examples, rows and pictures', () => {
    const outline = (text: string) => ({
      sections: [...text.matchAll(/^#+ /gm)].map(([mark]) => mark),
      blocks: blocksOf(text).length,
      rows: rowsOf(text).length,
      pictures: [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1]),
    });
    expect(outline(read('README.md'))).toEqual(outline(read('README.zh-CN.md')));
  });
});

describe('every command', () => {
  it.each(commands)('$name explains each of its options, in both languages', ({ options, details }) => {
    const unexplained = (['zh', 'en'] as const).flatMap((language) => {
      const told = details?.[language].join('\n') ?? '';
      return Object.keys(options).flatMap((option) =>
        new RegExp(`--${option}(?![\\w-])`).test(told) ? [] : [`${language} --${option}`],
      );
    });
    expect(unexplained).toEqual([]);
  });

  /** Of each command, and of some actions, one word more than it can use; the engines could not start in this directory. */
  it.each([
    ...['start x', 'score A002', 'signals 2026-10', 'doctor x', 'demo x', 'backup x', 'retain x', 'restore a b'],
    ...['move a b c --to servers', 'erase a b --reason x', 'people import a b', 'plan list x', 'plan show a b'],
    ...['plan diff a 1 2 3', 'cycle list 2026-10', 'cycle close 2026-10 2026-11', 'metrics define a b'],
    ...['metrics history a b', 'ledger show x', 'ledger verify a b', 'ledger rotate-key x'],
  ])('%s has a word too many: wrong use, told before anything is opened', async (line) => {
    const err: string[] = [];
    const terminal = {
      ...{ env: { HENG_DATA: join(packageRoot, 'package.json') }, out: () => {} },
      err: (text: string) => void err.push(text),
    };
    const exit = await dispatch([...line.split(' '), '--json'], terminal, commands);
    expect([exit, JSON.parse(err.join('\n')).error.code]).toEqual([2, 'command.tooManyWords']);
  });
});

describe('the command line of the READMEs', () => {
  const sessions = (document: string) =>
    [...read(document).matchAll(/^```console\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'heng-readme-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same in both', () => {
    expect(sessions('README.md')).toEqual(sessions('README.zh-CN.md'));
  });

  /** The READMEs with the answers of their commands as they are now; `npx vitest run test/docs.test.ts -u` writes them so. */
  it('prints what is shown, out of the data that its seed gives', async () => {
    let [chinese, english] = readmes.map(read) as [string, string];
    const shown = sessions('README.zh-CN.md').find((text) => text.includes('heng demo')) ?? '';
    const asked = [...shown.matchAll(/^\$ \.\/heng (.*)\n((?:(?!\$ ).*\n)*)/gm)];
    expect(asked.length).toBeGreaterThan(3);
    for (const [whole, line = '', answer = ''] of asked) {
      const printed: string[] = [];
      const terminal = {
        ...{ env: { LANG: 'zh_CN.UTF-8', HOME: folder }, err: () => {} },
        out: (text: string) => void printed.push(text),
      };
      const exit = await dispatch(line.replaceAll('/tmp', folder).split(' '), terminal, commands);
      expect([line, exit]).toEqual([line, 0]);
      if (answer === '') continue;
      const now = `$ ./heng ${line}\n${shortened(printed.join('\n').split('\n'), answer)}`;
      chinese = chinese.replace(whole, () => now);
      english = english.replace(whole, () => now);
    }
    await expect(chinese).toMatchFileSnapshot(join(packageRoot, 'README.zh-CN.md'));
    await expect(english).toMatchFileSnapshot(join(packageRoot, 'README.md'));
  });

  /** As many lines as the document shows: between the dots the beginning, the end, and what begins with the same line. */
  function shortened(lines: readonly string[], answer: string): string {
    const dots = /^\s*…$/;
    const kept: string[] = [];
    let part: string[] = [];
    const parts: string[][] = [part];
    for (const line of answer.trimEnd().split('\n')) {
      if (!dots.test(line)) {
        part.push(line);
        continue;
      }
      part = [];
      parts.push([line], part);
    }
    parts.forEach((each, i) => {
      const from = i === 0 ? 0 : i === parts.length - 1 ? lines.length - each.length : lines.indexOf(each[0] ?? '');
      kept.push(...(dots.test(each[0] ?? '') ? each : lines.slice(Math.max(0, from), Math.max(0, from) + each.length)));
    });
    return `${kept.join('\n')}\n`;
  }
});

describe('docs/open-format.md', () => {
  const rows = rowsOf(read('docs/open-format.md'));
  const bare = (cell: string | undefined) => (cell ?? '').replaceAll('`', '');

  it('lists every column with a closed set of values, and what it means when absent', () => {
    const listed = rows.filter((row) => row.length === 4 && row[0]?.startsWith('`')).map((row) => row.map(bare));
    const expected = kindNames.flatMap((kind) =>
      kinds[kind].columns.flatMap(({ name, type, absent }) =>
        type.is === 'oneOf' ? [[kind, name, type.values.join(', '), absent ?? '']] : [],
      ),
    );
    expect(listed).toEqual(expected);
  });

  it('says of every kind what identifies a row', () => {
    const listed = rows.filter((row) => row.length === 2).map((row) => row.map(bare));
    expect(listed).toEqual(
      kindNames.map((kind) => [kind, kinds[kind].keys.map((key) => key.join(', ')).join('; else ')]),
    );
  });

  it('lists every reject reason in both languages', () => {
    const listed = rows.filter((row) => row.length === 3 && row[0]?.startsWith('`'));
    expect(listed).toEqual(Object.entries(reasons).map(([name, { zh, en }]) => [`\`${name}\``, zh, en]));
  });
});

describe('GLOSSARY.md', () => {
  const rows = rowsOf(read('GLOSSARY.md'));
  const words = rows.filter((row) => row.length === 4);

  it('names only types and identifiers that the code has', () => {
    const named = words.flatMap((row) => quoted(row[2] ?? '').filter((name) => !name.includes('/')));
    const isThere = (name: string) =>
      /^[A-Z]/.test(name)
        ? new RegExp(`export (?:interface|type|class) ${name}\\b`).test(code)
        : new RegExp(`(?<!\\w)${name.replaceAll('.', '\\.')}(?!\\w)`).test(code);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });

  it('has each word once in each language', () => {
    for (const column of [0, 1]) {
      const seen = words.map((row) => row[column]);
      expect(seen.filter((word, i) => seen.indexOf(word) !== i)).toEqual([]);
    }
  });

  it('lists the metrics of the catalogue under their names', () => {
    const listed = rows.filter((row) => row.length === 3);
    expect(listed).toEqual(catalogue.map(({ id, name }) => [`\`${id}\``, name.zh, name.en]));
  });
});

describe('the catalogue', () => {
  it('defines every metric in both languages', () => {
    const wrong = catalogue.flatMap(({ id, name, texts, options }) => {
      const all = {
        name,
        ...texts,
        ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.description])),
      };
      return Object.entries(all).flatMap(([what, { zh, en }]) =>
        /\p{Script=Han}/u.test(zh) && /[a-z]/i.test(en) && !/\p{Script=Han}/u.test(en) ? [] : [`${id}: ${what}`],
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  it('begins with the version of package.json', () => {
    const { version } = JSON.parse(read('package.json'));
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });
});
