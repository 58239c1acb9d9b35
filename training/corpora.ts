import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A text with the answer that its collection gives. */
export interface Labelled {
  readonly text: string;
  readonly label: 0 | 1;
}

export interface Parts<T> {
  readonly train: readonly T[];
  readonly dev: readonly T[];
  readonly test: readonly T[];
}

/** The public collections that the project is measured on; they are no part of it. `HENG_TEXT_DATA` names their folder. */
export function dataFolder(): string | null {
  const folder = process.env.HENG_TEXT_DATA ?? join(process.cwd(), '../shared/data');
  return existsSync(join(folder, 'sentiment')) ? folder : null;
}

function read(folder: string, name: string): string {
  const bytes = readFileSync(join(folder, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\ufeff/, '');
}

/** Where a text goes is decided by its own hash: 80/10/10, the same in training and evaluation, repeats on one side. */
export function split<T>(items: readonly T[], textOf: (item: T) => string): Parts<T> {
  const parts = { train: [] as T[], dev: [] as T[], test: [] as T[] };
  for (const item of items) {
    const place = hashOfText(textOf(item)) % 10;
    parts[place < 8 ? 'train' : place === 8 ? 'dev' : 'test'].push(item);
  }
  return parts;
}

function hashOfText(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') field += text[++i];
      else if (c === '"') quoted = false;
      else field += c;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      row.push(field.replace(/\r$/, ''));
      field = '';
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else field += c;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}

/** online_shopping_10_cats without exact repeats: 1 is positive. */
export function shoppingReviews(folder: string): Labelled[] {
  const seen = new Set<string>();
  return csvRows(read(folder, 'sentiment/online_shopping_10_cats.csv.gz'))
    .slice(1)
    .filter((row) => row.length >= 3 && !seen.has(row[2] as string) && seen.add(row[2] as string))
    .map((row) => ({ text: row[2] as string, label: row[1] === '1' ? 1 : 0 }));
}

/** COLD: 1 is offensive. `dev` is for the last figure only. */
export function abuse(folder: string, part: 'train' | 'dev'): Labelled[] {
  return csvRows(read(folder, `abuse/cold_${part}.csv.gz`))
    .slice(1)
    .filter((row) => row.length >= 5)
    .map((row) => ({ text: row[4] as string, label: row[3] === '1' ? 1 : 0 }));
}

/** LCQMC and OPPO: plain questions and requests. */
export function questions(folder: string): string[] {
  const lines = ['lcqmc', 'oppo'].flatMap((name) => read(folder, `question_pairs/${name}/dev.tsv`).split('\n'));
  return [...new Set(lines.flatMap((line) => line.split('\t').slice(0, 2)).filter((text) => text.trim() !== ''))];
}

export interface ChatTurn {
  readonly user: string;
  readonly agent: string;
}

/** JDDC sessions: even ones are for training, odd ones for measuring. */
export function chats(folder: string, part: 'train' | 'test'): ChatTurn[] {
  const sessions = JSON.parse(read(folder, 'jddc/valid_sessions.json')) as ChatTurn[][];
  return sessions.filter((_, i) => (i % 2 === 0) === (part === 'train')).flat();
}

/** The agents' replies, one by one: empty turns are none. */
export function replies(folder: string, part: 'train' | 'test'): string[] {
  return chats(folder, part)
    .map(({ agent }) => agent)
    .filter((text) => text.trim() !== '');
}

/** What customers and companies wrote to each other in the open: 3,700 conversations of Weibo. */
export function helpdesk(folder: string): string[] {
  const talks = JSON.parse(read(folder, 'weibo_helpdesk/train_cn.json.gz')) as {
    readonly turns: readonly { readonly utterances: readonly string[] }[];
  }[];
  return talks.flatMap(({ turns }) => turns.flatMap(({ utterances }) => utterances));
}

export function publicWords(folder: string): string[] {
  const lines = read(folder, 'banned_words/houbb_dict.txt.gz').split('\n');
  return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))];
}
