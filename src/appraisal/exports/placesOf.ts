import type { Standing } from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';

interface Place {
  /** null for the unrated. */
  readonly place: number | null;
  readonly placed: number;
}

/** By agent the place by total among everybody of the plan; equal totals share the better one. */
export function placesOf(
  standings: readonly Pick<Standing, 'agentId' | 'planId' | 'total'>[],
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const pool of grouped(standings, ({ planId }) => planId).values()) {
    // Totals have two decimals, so that they compare as numbers.
    const rated = pool.flatMap(({ agentId, total }) => (total === null ? [] : [{ agentId, total: Number(total) }]));
    rated.sort((a, b) => b.total - a.total);
    for (const { agentId } of pool) places.set(agentId, { place: null, placed: rated.length });
    let place = 0;
    rated.forEach(({ agentId, total }, index) => {
      if (rated[index - 1]?.total !== total) place = index + 1;
      places.set(agentId, { place, placed: rated.length });
    });
  }
  return places;
}
