import type { Occasion, ReviewPage } from '../../review/schemas.ts';

export interface DuePlan {
  readonly occasion: number;
  readonly title: string;
  readonly day: string;
  readonly plan: Occasion['plans'][number];
}

/** Plans that are due for review, the longest waiting first; of one plan where it is named. */
export function duePlans({ occasions }: Pick<ReviewPage, 'occasions'>, plan?: string): DuePlan[] {
  return occasions
    .flatMap(({ id, title, day, plans }) =>
      plans.flatMap((each): DuePlan[] =>
        each.due && (plan === undefined || each.plan === plan) ? [{ occasion: id, title, day, plan: each }] : [],
      ),
    )
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

export type OccasionState = 'dropped' | 'done' | 'due' | 'upcoming';

export function stateOf(
  { dropped, plans, day }: Pick<Occasion, 'dropped' | 'plans' | 'day'>,
  today: string,
): OccasionState {
  if (dropped) return 'dropped';
  if (plans.every(({ decided }) => decided !== null)) return 'done';
  return day <= today ? 'due' : 'upcoming';
}

/** By month, the latest first: 2026-12 before 2026-11. */
export function byMonth(occasions: readonly Occasion[]): { readonly month: string; readonly occasions: Occasion[] }[] {
  const months = [...new Set(occasions.map(({ day }) => day.slice(0, 7)))].sort().reverse();
  return months.map((month) => ({ month, occasions: occasions.filter(({ day }) => day.startsWith(month)) }));
}

/** What was there before a day cannot have come of it. */
export const since = <Version extends { readonly publishedOn: string }>(versions: readonly Version[], day: string) =>
  versions.filter(({ publishedOn }) => publishedOn >= day);
