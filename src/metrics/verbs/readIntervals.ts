import type { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { requestFor } from '../askMetrics.ts';
import type { intervalsSchema } from '../comparisonSchemas.ts';
import { readDefinitions } from '../definitionStore.ts';
import { metricsIn } from '../definitionVersions.ts';
import { intervalLevel, intervalOf } from '../interval.ts';
import { parsePeriod } from '../period.ts';
import { querySpread } from '../querySpread.ts';
import { scopedFilter } from '../scopedFilter.ts';
import type { ReadMetrics } from './readMetrics.ts';

/** How sure each figure is, within the reader's scope. Throws BadInput for an unreadable period, an unknown metric, or one
 * whose definition changes within the period. */
export async function readIntervals(
  deps: Deps,
  actor: Actor,
  input: ReadMetrics,
): Promise<z.infer<typeof intervalsSchema>> {
  authorise(actor, 'metric.read');
  const period = parsePeriod(input.period, deps.timeZone);
  const question = {
    period,
    by: input.by,
    filter: scopedFilter(actor, input.filter),
    timeZone: deps.timeZone,
    now: deps.now(),
  };
  const definitions = await readDefinitions(deps.stores.postgres);
  const asked = input.metrics ?? metricsIn(definitions, period.lastDay.slice(0, 7)).map(({ id }) => id);
  const rows = await Promise.all(
    asked.map(async (text) => {
      const request = requestFor(definitions, text, period, deps.timeZone);
      const found = await querySpread(deps.stores.clickhouse, request, question);
      return found.map(({ key, spread }) => ({
        ...{ key, metric: text, n: spread.n },
        ...intervalOf(request.metric, spread),
      }));
    }),
  );
  return { period: input.period, level: intervalLevel * 100, rows: rows.flat() };
}
