import { togetherOf } from '../agreement/together.ts';

/**
 * The score of each record that others are measured by: the expert's, else the median of two or more that are together. Where they are
 * too far apart nothing is agreed: the record is rated anew.
 */
export function agreedScores(
  rated: readonly { readonly place: number; readonly member: string; readonly score: string }[],
  expert: string | null,
): ReadonlyMap<number, string> {
  const agreed = new Map<number, string>();
  for (const place of new Set(rated.map((each) => each.place))) {
    const own = rated.filter((each) => each.place === place);
    const baseline = own.find(({ member }) => member === expert);
    const together = togetherOf(own.map(({ score }) => score));
    if (baseline) agreed.set(place, baseline.score);
    else if (together && !together.tooWide) agreed.set(place, together.median);
  }
  return agreed;
}

/** The records on which the raters are too far apart. */
export const apartOf = (rated: readonly { readonly place: number; readonly score: string }[]): number[] =>
  [...new Set(rated.map(({ place }) => place))].filter(
    (place) => togetherOf(rated.filter((each) => each.place === place).map(({ score }) => score))?.tooWide === true,
  );
