const isHan = (letter = ''): boolean => /[\p{Script=Han}，。；：、！？（）【】“”「」]/u.test(letter);

/**
 * Chinese keeps a space to Latin letters and digits and none to Chinese. A sentence written around a part that may be
 * either keeps its spaces, and this takes out those that turn out to stand between Chinese. Spaces inside the parts stay.
 */
export function closeUp(sentence: string, parts: readonly unknown[]): string {
  let text = sentence;
  for (const part of parts) {
    if (typeof part !== 'string' || part === '') continue;
    const closed = (found: string, beside: string | undefined) => (isHan(beside) ? part : found);
    if (isHan(part.at(-1)))
      text = text.replaceAll(`${part} `, (found, at: number, all: string) => closed(found, all[at + found.length]));
    if (isHan(part[0]))
      text = text.replaceAll(` ${part}`, (found, at: number, all: string) => closed(found, all[at - 1]));
  }
  return text;
}
