import type { Characters } from '../src/quality/text/characters.ts';
import { moveBias, writeFingerprints } from '../src/quality/text/fingerprints.ts';
import { FoldedText } from '../src/quality/text/foldText.ts';
import { featuresOf, LinearModel } from '../src/quality/text/linearModel.ts';
import { abuse, chats, type Labelled, questions, shoppingReviews, split } from './corpora.ts';
import { type NbSvmOptions, trainNbSvm } from './nbSvm.ts';
import { choose, type Featured, featured } from './ngrams.ts';

/** 2^17 slots of three bytes: 384 kB; the features with the most to say. */
const bits = 17;
const kept = 88_000;
/** Share of plain questions that may pass the gate, on the texts set aside for choosing. */
const questionsThrough = 0.005;

const options: NbSvmOptions = { smoothing: 1, cost: 0.5, rounds: 12, seed: 20 };

/** One model file: trained, cut to the weightiest features, and stored. */
export function trainModel(
  kind: string,
  texts: readonly Labelled[],
  characters: Characters,
  tuned: Partial<NbSvmOptions> = {},
): Uint8Array {
  const labels = texts.map(({ label }) => label);
  const all = featured(
    texts.map(({ text }) => text),
    characters,
    2,
  );
  const learn = ({ rows, hashes }: Featured) => trainNbSvm(rows, labels, hashes.length, { ...options, ...tuned });
  const first = learn(all).weights;
  const counts = new Float64Array(all.hashes.length);
  for (const row of all.rows) for (const feature of row) counts[feature] = (counts[feature] as number) + 1;
  // A weight matters by its size and by how often it speaks. What stays is learnt again without the rest.
  const worth = (feature: number) => Math.abs(first[feature] as number) * Math.sqrt(counts[feature] as number);
  const chosen = choose(all, [...first.keys()].sort((a, b) => worth(b) - worth(a) || a - b).slice(0, kept));
  const { weights, bias } = learn(chosen);
  const sizes = [...weights].map(Math.abs).sort((a, b) => a - b);
  const scale = (sizes[Math.floor(sizes.length * 0.9995)] as number) / 127;
  const entries = [...chosen.hashes].map((hash, feature) => ({ hash, weight: weights[feature] as number }));
  return writeFingerprints(kind, entries, { bits, scale, bias });
}

/** Reviews speak their mind; questions and agents' replies do not. Short clauses of reviews stand for the turns of a chat. */
export function trainSubjectivity(folder: string, characters: Characters): Uint8Array {
  const reviews = split(shoppingReviews(folder), ({ text }) => text);
  const asked = split(questions(folder), (text) => text);
  const clauses = reviews.train.flatMap(({ text }) => clausesOf(text)).filter((_, i) => i % 4 === 0);
  const plain = [...asked.train, ...chats(folder, 'train').map(({ agent }) => agent)].filter(
    (text) => text.trim() !== '',
  );
  const texts: Labelled[] = [
    ...reviews.train.filter((_, i) => i % 2 === 0).map(({ text }): Labelled => ({ text, label: 1 })),
    ...clauses.map((text): Labelled => ({ text, label: 1 })),
    ...plain.map((text): Labelled => ({ text, label: 0 })),
  ];
  const bytes = trainModel('subjectivity', texts, characters);
  const margins = marginsOf(bytes, 'subjectivity', asked.dev, characters).sort((a, b) => b - a);
  return moveBias(bytes, 'subjectivity', -(margins[Math.floor(margins.length * questionsThrough)] as number));
}

export function trainPolarity(folder: string, characters: Characters, tuned: Partial<NbSvmOptions> = {}): Uint8Array {
  const { train } = split(shoppingReviews(folder), ({ text }) => text);
  return trainModel('polarity', train, characters, tuned);
}

export function trainAbuse(folder: string, characters: Characters, tuned: Partial<NbSvmOptions> = {}): Uint8Array {
  return trainModel('abuse', abuse(folder, 'train'), characters, tuned);
}

export function marginsOf(bytes: Uint8Array, kind: string, texts: readonly string[], characters: Characters): number[] {
  const model = new LinearModel(bytes, kind);
  const folded = new FoldedText(characters);
  return texts.map((text) => {
    folded.read(text);
    return model.margin(featuresOf(folded));
  });
}

function clausesOf(text: string): string[] {
  return text.split(/[，。！？；,.!?;\s~]+/).filter((clause) => clause.length >= 4 && clause.length <= 20);
}
