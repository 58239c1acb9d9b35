import { wilson } from '../../metrics/interval.ts';
import type { Judge } from './findings.ts';
import type { AppealStatistics, AppealStatisticsPage } from './schemas.ts';

/** One decided appeal, and what it was about. */
export interface DecidedAppeal {
  readonly upheld: boolean;
  /** What found it, and who judged it: of an item, of the hits that were named as what is wrong. */
  readonly rules: readonly string[];
  readonly judges: readonly Judge[];
  readonly items: readonly string[];
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
    judges: shares(decided, ({ judges }) => judges.map(({ userId }) => userId)).map((share) => ({
      ...share,
      name: names.get(share.id) ?? share.id,
    })),
    items: shares(decided, ({ items }) => items),
  };
}

function shares(
  decided: readonly DecidedAppeal[],
  keysOf: (appeal: DecidedAppeal) => readonly string[],
): AppealStatistics['items'] {
  const counts = new Map<string, { decided: number; upheld: number }>();
  for (const appeal of decided)
    for (const key of new Set(keysOf(appeal))) {
      const count = counts.get(key) ?? { decided: 0, upheld: 0 };
      counts.set(key, { decided: count.decided + 1, upheld: count.upheld + (appeal.upheld ? 1 : 0) });
    }
  return [...counts]
    .map(([id, { decided: n, upheld }]) => {
      const [low, high] = wilson(upheld, n);
      return { id, decided: n, upheld, low, high };
    })
    .sort((a, b) => b.low - a.low || (a.id < b.id ? -1 : 1));
}
