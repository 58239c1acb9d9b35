import { catalogue } from '../metrics/catalogue.ts';
import { queryMetrics } from '../metrics/queryMetrics.ts';
import type { Deps } from '../platform/http.ts';
import { Memo } from './memo.ts';
import { dataStamp } from './organisation.ts';
import type { ScoreDeps } from './scoreDeps.ts';

/** A year of months for a few plans; a thousand people take some 3 MB a month. */
const remembered = 40;
/** The figures of some fifty people on whom somebody is trying a plan. */
const tried = 200;

/** Scores on the real catalogue and the real figures. Make it once and keep it: it remembers. */
export function measured(deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>): ScoreDeps {
  const { stores, now, timeZone } = deps;
  const stamp = () => dataStamp(stores.clickhouse);
  return {
    stores,
    now,
    timeZone,
    catalogue: async () => catalogue,
    figures: (question) => queryMetrics(stores.clickhouse, { ...question, timeZone, now: now() }),
    people: new Memo(stamp, remembered),
    teamFigures: new Memo(stamp, remembered),
    inputs: new Memo(stamp, remembered),
    personFigures: new Memo(stamp, tried),
  };
}
