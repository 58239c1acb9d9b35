/** The word that was probably meant: at most two letters off, or one that begins the same way; null when none is near. */
export function closestTo(word: string, words: readonly string[]): string | null {
  let best: { word: string; distance: number } | null = null;
  for (const candidate of words) {
    const distance = word.length > 1 && candidate.startsWith(word) ? 0 : lettersApart(word, candidate);
    if (distance <= 2 && distance < (best?.distance ?? 3)) best = { word: candidate, distance };
  }
  return best?.word ?? null;
}

/** Levenshtein's distance. */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const [above, left, corner] = [row[j], next[j - 1], row[j - 1]];
      if (above === undefined || left === undefined || corner === undefined) throw new RangeError('row too short');
      next.push(Math.min(above + 1, left + 1, corner + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? Math.max(a.length, b.length);
}
