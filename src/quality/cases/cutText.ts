/** At most so many UTF-16 units of a text, never half a character and no NUL: a store refuses both. */
export function cutText(text: string, most: number): string {
  return text
    .replaceAll('\0', '')
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '');
}
