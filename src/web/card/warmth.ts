import type { ScorecardPage } from '../../scores/schemas.ts';

/** From which sentiment index on a badge is shown; our choice, and no score knows of it. */
const steps = [
  ['sunny', 90],
  ['warm', 80],
] as const;

/** The badge for warmth of service; null where the card has no such figure, or a colder one. */
export function warmthOf({ items }: Pick<ScorecardPage, 'items'>): (typeof steps)[number][0] | null {
  const found = items.find(({ metric, status }) => metric === 'sentiment_index' && status === 'scored');
  if (!found || found.value === null) return null;
  const value = Number(found.value);
  return steps.find(([, from]) => value >= from)?.[0] ?? null;
}
