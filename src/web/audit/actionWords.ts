/** `person.created` in its two halves; what comes after the first stop is one. */
export function actionParts(action: string): { readonly area: string; readonly verb: string } {
  const stop = action.indexOf('.');
  return stop === -1 ? { area: action, verb: '' } : { area: action.slice(0, stop), verb: action.slice(stop + 1) };
}

/** An action in the reader's words; as it is kept where there are none for it. */
export function actionWords(
  action: string,
  {
    areas,
    verbs,
  }: { readonly areas: Readonly<Record<string, string>>; readonly verbs: Readonly<Record<string, string>> },
): string {
  const { area, verb } = actionParts(action);
  const [place, done] = [ownOf(areas, area), ownOf(verbs, verb)];
  return place === undefined || done === undefined ? action : `${place} · ${done}`;
}

const ownOf = (words: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;
