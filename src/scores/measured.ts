import { catalogue } from '../metrics/catalogue.ts';
import { queryMetrics } from '../metrics/queryMetrics.ts';
import type { Deps } from '../platform/http.ts';
import type { ScoreDeps } from './scoreDeps.ts';

/** Scores on the real catalogue and the real figures. */
export function measured(deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>): ScoreDeps {
  const { stores, now, timeZone } = deps;
  return {
    stores,
    now,
    timeZone,
    catalogue,
    figures: (question) => queryMetrics(stores.clickhouse, { ...question, timeZone, now: now() }),
  };
}
