import type { Issue } from './editing.ts';

/** The issues of exactly this place. */
export const issuesAt = (issues: readonly Issue[], place: string): Issue[] =>
  issues.filter(({ path }) => path === place);

/** Those of a place and of everything within it. */
export const issuesWithin = (issues: readonly Issue[], place: string): Issue[] =>
  issues.filter(({ path }) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));

/** Gravest first, in the order of the plan. */
export function byGravity(issues: readonly Issue[]): Issue[] {
  const rank = { error: 0, needed: 1, note: 2 } as const;
  return [...issues].sort((one, other) => rank[one.level] - rank[other.level]);
}

/** Of the places that are on the page the nearest to where an issue is: itself, or what it lies in. */
export function nearestPlace(path: string, places: readonly string[]): string | null {
  for (let at = path; at !== ''; at = at.replace(/(\.[^.[]+|\[\d+\])$|^[^.[]+$/, ''))
    if (places.includes(at)) return at;
  return null;
}
