const han = /[\p{Script=Han}，。；：、！？（）【】“”「」]/u;
const isHan = (letter: string | undefined): boolean => letter !== undefined && han.test(letter);

/**
 * Chinese keeps a space to Latin letters and digits and none to Chinese. A sentence written around a part that may be
 * either keeps its spaces, and this takes out those that turn out to stand between Chinese. Spaces inside the parts stay.
 */
export function closeUp(sentence: string, parts: readonly unknown[]): string {
  let text = sentence;
  for (const part of parts) {
    if (typeof part !== 'string' || part === '') continue;
    if (isHan(part.at(-1)))
      text = text.replaceAll(`${part} `, (found, at: number, all: string) =>
        isHan(all[at + found.length]) ? part : found,
      );
    if (isHan(part.at(0)))
      text = text.replaceAll(` ${part}`, (found, at: number, all: string) => (isHan(all[at - 1]) ? part : found));
  }
  return text;
}
