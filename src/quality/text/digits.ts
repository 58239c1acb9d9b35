import { type Characters, readingsOf } from './characters.ts';

/** How surely a character is a digit. The order counts: less is surer. */
export const surety = { arabic: 1, numeral: 2, spoken: 3, none: 0 } as const;

const numerals = '零0〇0一1幺1二2两2三3四4五5六6七7八8九9壹1贰2叁3肆4伍5陆6柒7捌8玖9弌1弍2弎3';
/** Syllables that are said for a digit: 一 also as 幺, 零 as 洞, 七 as 拐, 九 as 勾, and no tone counts. */
const spoken = {
  ling: 0,
  dong: 0,
  yi: 1,
  yao: 1,
  er: 2,
  san: 3,
  si: 4,
  wu: 5,
  liu: 6,
  qi: 7,
  guai: 7,
  ba: 8,
  jiu: 9,
  gou: 9,
};
const lookAlike = 'o0l1i1';

/** For each code unit `surety << 4 | digit`, 0 for none. */
export function digitTable(characters: Characters): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const syllable = characters.syllables[(readingsOf(characters, code) & 1023) - 1];
    const digit = syllable === undefined ? undefined : (spoken as Readonly<Record<string, number>>)[syllable];
    if (digit !== undefined) table[code] = (surety.spoken << 4) | digit;
  }
  for (let digit = 0; digit < 10; digit++) table[48 + digit] = (surety.arabic << 4) | digit;
  put(table, numerals, surety.numeral);
  put(table, lookAlike, surety.spoken);
  return table;
}

function put(table: Uint8Array, pairs: string, sure: number): void {
  for (let i = 0; i < pairs.length; i += 2) table[pairs.charCodeAt(i)] = (sure << 4) | Number(pairs[i + 1]);
}
