import { wilson } from '../../metrics/interval.ts';
import { grouped } from '../../scores/grouped.ts';
import type { Judge } from './findings.ts';
import type { AppealStatistics, AppealStatisticsPage } from './schemas.ts';

/** One decided appeal, and what it was about. */
export interface DecidedAppeal {
  readonly upheld: boolean;
  /** What found it, and who judged it; of an item, of every hit charged under it. Each was found wrong, or stood. */
  readonly rules: readonly ({ readonly id: string } & Found)[];
  readonly judges: readonly (Judge & Found)[];
  readonly items: readonly string[];
}

interface Found {
  readonly upheld: boolean;
}

/**
 * How many of the decided appeals were upheld, by rule, by who judged, and by item, with a 95% interval of the share: what is upheld
 * often is a rule, an inspector or an item to look into. The least sure are not hidden, they have wide intervals.
 */
export function upheldBy(
  decided: readonly DecidedAppeal[],
): Record<'rules' | 'items', AppealStatistics['items']> & Pick<AppealStatisticsPage, 'judges'> {
  // By their ids: two people of one name are two.
  const names = new Map(decided.flatMap(({ judges }) => judges.map(({ userId, name }) => [userId, name] as const)));
  return {
    rules: shares(decided, ({ rules }) => rules),
    judges: shares(decided, ({ judges }) => judges.map(({ userId, upheld }) => ({ id: userId, upheld }))).map(
      (share) => ({
        ...share,
        name: names.get(share.id) ?? share.id,
      }),
    ),
    items: shares(decided, ({ items, upheld }) => items.map((id) => ({ id, upheld }))),
  };
}

function shares(
  decided: readonly DecidedAppeal[],
  foundIn: (appeal: DecidedAppeal) => DecidedAppeal['rules'],
): AppealStatistics['items'] {
  const counts = new Map<string, { decided: number; upheld: number }>();
  for (const appeal of decided)
    for (const [key, found] of grouped(foundIn(appeal), ({ id }) => id)) {
      const count = counts.get(key) ?? { decided: 0, upheld: 0 };
      const upheld = found.some((each) => each.upheld);
      counts.set(key, { decided: count.decided + 1, upheld: count.upheld + (upheld ? 1 : 0) });
    }
  return [...counts]
    .map(([id, { decided: n, upheld }]) => {
      const [low, high] = wilson(upheld, n);
      return { id, decided: n, upheld, low, high };
    })
    .sort((a, b) => b.low - a.low || (a.id < b.id ? -1 : 1));
}
