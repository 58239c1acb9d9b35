import { createHash } from 'node:crypto';
import { readCharacters } from './characters.ts';
import { ContactFinder } from './findContacts.ts';
import { FoldedText } from './foldText.ts';
import { judge, readJudges } from './judgeText.ts';
import { WordMatcher } from './matchWords.ts';
import { OrdinaryText } from './ordinary.ts';

/** A word that a list forbids or watches. `homophones` also finds it by its sound: 威信 and weixin for 微信. */
export interface ListedWord {
  readonly word: string;
  readonly list: string;
  readonly homophones: boolean;
}

/** Generated tables and model weights, as the bytes of the files in `models/` (read by `../loadText.ts`). */
export interface TextTables {
  /** Folding, readings, split characters: `characters.bin`, made by `npm run train -- tables`. */
  readonly characters: Uint8Array;
  /** Surfaces that occur in ordinary text and therefore disguise nothing. */
  readonly ordinary: Uint8Array;
  readonly subjectivity: Uint8Array;
  readonly polarity: Uint8Array;
  readonly abuse: Uint8Array;
}

/** `plain`: as listed, but for upper and lower case; `disguised`: written otherwise; `homophone`: only sounds like it. */
export type WordDisguise = 'plain' | 'disguised' | 'homophone';

export interface FoundWord {
  readonly list: string;
  readonly word: string;
  readonly from: number;
  readonly to: number;
  readonly how: WordDisguise;
}

export type ContactKind = 'phone' | 'wechat' | 'qq' | 'email' | 'link' | 'bankCard' | 'identityCard' | 'address';

export interface FoundContact {
  readonly kind: ContactKind;
  readonly from: number;
  readonly to: number;
}

/** What one message holds. `from` and `to` are UTF-16 offsets of the text as it was given. */
export interface TextFindings {
  /** In order of `from`; one listed word is found once in one place, however many readings lead there. */
  readonly words: readonly FoundWord[];
  /** In order of `from`, without overlap. */
  readonly contacts: readonly FoundContact[];
  /** `neutral` when the text expresses no opinion: a model of reviews calls most plain questions negative. */
  readonly polarity: 'positive' | 'negative' | 'neutral';
  /** −1..1, the model's margin squashed; 0 when neutral. */
  readonly polarityScore: number;
  /** 0..1, a signal to rank by, never a verdict: it also rises on texts that speak against abuse. */
  readonly abuseScore: number;
  /** Han characters plus runs of Latin letters plus numbers: a reading that needs no segmenter. */
  readonly tokens: number;
  /** Those of the tokens that lean to negative in the polarity model; 0 when neutral. */
  readonly negativeTokens: number;
}

export interface TextInspector {
  /** Names the tables, models and word lists: stored with every result. 16 hexadecimal digits. */
  readonly version: string;
  /** Linear in the length of the text; never throws, whatever the text holds. Not to be called from two threads. */
  inspect(text: string): TextFindings;
}

/** Changes whenever this code may find something else in the same text with the same tables. */
const engine = 'text-5';

/**
 * Compiles once (up to 2 s for 60,000 words), then serves any number of messages. A word without a character that can be
 * matched (only punctuation or emoji) is refused with a RangeError that names it; so are tables that do not belong to this code.
 */
export function compileInspector(words: readonly ListedWord[], tables: TextTables): TextInspector {
  const characters = readCharacters(tables.characters);
  const matcher = new WordMatcher(words, characters, new OrdinaryText(tables.ordinary));
  const finder = new ContactFinder(characters);
  const judges = readJudges(tables);
  const folded = new FoldedText(characters);
  return {
    version: versionOf(words, tables),
    inspect(text) {
      folded.read(text);
      const contacts = finder.find(text, folded);
      return {
        words: outsideLinks(matcher.match(text, folded), contacts),
        contacts,
        ...judge(folded, judges),
      };
    },
  };
}

/** A link is letters by nature: what only sounds like a word in it is no word, m.jr.jd.com no 毛假人. */
function outsideLinks(words: readonly FoundWord[], contacts: readonly FoundContact[]): readonly FoundWord[] {
  if (words.length === 0 || contacts.length === 0) return words;
  const links = contacts.filter(({ kind }) => kind === 'link' || kind === 'email');
  return words.filter(
    ({ how, from, to }) => how !== 'homophone' || !links.some((link) => from >= link.from && to <= link.to),
  );
}

function versionOf(words: readonly ListedWord[], tables: TextTables): string {
  const hash = createHash('sha256').update(engine);
  const { characters, ordinary, subjectivity, polarity, abuse } = tables;
  for (const bytes of [characters, ordinary, subjectivity, polarity, abuse]) hash.update(bytes);
  hash.update(JSON.stringify(words.map(({ word, list, homophones }) => [word, list, homophones])));
  return hash.digest('hex').slice(0, 16);
}
