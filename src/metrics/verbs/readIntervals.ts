import type { z } from 'zod';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { askIntervals } from '../askIntervals.ts';
import type { intervalsSchema } from '../comparisonSchemas.ts';
import { intervalLevel } from '../interval.ts';
import { begunPeriod } from '../period.ts';
import { scopedFilter } from '../scopedFilter.ts';
import type { ReadMetrics } from './readMetrics.ts';

/**
 * How sure each figure is, within the reader's scope. Throws BadInput for an unreadable period, an unknown metric, or one whose
 * definition changes within the period.
 */
export async function readIntervals(
  deps: Deps,
  actor: Actor,
  input: ReadMetrics,
): Promise<z.infer<typeof intervalsSchema>> {
  authorise(actor, 'metric.read');
  const rows = await askIntervals(deps.stores, {
    period: begunPeriod(input.period, deps),
    by: input.by,
    filter: scopedFilter(actor, input.filter),
    timeZone: deps.timeZone,
    now: deps.now(),
    ...(input.metrics ? { metrics: input.metrics } : {}),
  });
  return {
    period: input.period,
    level: intervalLevel * 100,
    rows: rows.map(({ interval, ...row }) => ({ ...row, ...interval })),
  };
}
