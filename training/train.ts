import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readCharacters } from '../src/quality/text/characters.ts';
import { characterTables } from './characterTables.ts';
import { chats, dataFolder, helpdesk, questions, shoppingReviews, split } from './corpora.ts';
import { ordinaryText } from './ordinaryText.ts';
import { trainAbuse, trainPolarity, trainSubjectivity } from './trainModels.ts';

const steps = ['characters', 'ordinary', 'subjectivity', 'polarity', 'abuse'] as const;

/**
 * `npm run train [-- STEP…]`: makes the files of `models/`. `characters` needs no data; the others read the public collections
 * in `../shared/data` or `HENG_TEXT_DATA`. The same data give the same bytes.
 */
export function run(args: readonly string[]): number {
  const unknown = args.filter((arg) => !(steps as readonly string[]).includes(arg));
  if (unknown.length > 0) {
    process.stderr.write(`${unknown.join(', ')}? ${steps.join(' | ')}\n`);
    return 2;
  }
  const folder = dataFolder();
  for (const step of args.length > 0 ? steps.filter((name) => args.includes(name)) : steps) {
    if (step !== 'characters' && folder === null) {
      process.stderr.write(
        `${step}: no data; set HENG_TEXT_DATA to the folder with sentiment/, abuse/, question_pairs/, jddc/\n`,
      );
      return 1;
    }
    store(step, make(step, folder ?? ''));
  }
  return 0;
}

function make(step: (typeof steps)[number], folder: string): Uint8Array {
  if (step === 'characters') return characterTables();
  const characters = readCharacters(gunzipSync(readFileSync(fileOf('characters'))));
  switch (step) {
    case 'ordinary':
      return ordinaryText(cleanText(folder), characters, 18);
    case 'subjectivity':
      return trainSubjectivity(folder, characters);
    case 'polarity':
      return trainPolarity(folder, characters);
    case 'abuse':
      return trainAbuse(folder, characters);
  }
}

/** The parts of the collections that no figure is measured on. */
function cleanText(folder: string): string[] {
  return [
    ...split(shoppingReviews(folder), ({ text }) => text).train.map(({ text }) => text),
    ...split(questions(folder), (text) => text).train,
    ...chats(folder, 'train').flatMap(({ user, agent }) => [user, agent]),
    ...helpdesk(folder),
  ];
}

function fileOf(step: string): string {
  return join(process.cwd(), 'models', `${step}.bin.gz`);
}

function store(step: string, bytes: Uint8Array): void {
  mkdirSync(join(process.cwd(), 'models'), { recursive: true });
  const file = gzipSync(bytes, { level: 9 });
  writeFileSync(fileOf(step), file);
  process.stdout.write(`models/${step}.bin.gz ${Math.ceil(file.length / 1024)} kB\n`);
}
