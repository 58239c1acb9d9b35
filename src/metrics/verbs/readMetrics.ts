import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { askMetrics } from '../askMetrics.ts';
import type { Filter } from '../compileMetrics.ts';
import type { Dimension, MetricRow } from '../metricValue.ts';
import { begunPeriod } from '../period.ts';
import { requestsUnder } from '../presets.ts';
import { scopedFilter } from '../scopedFilter.ts';

export interface ReadMetrics {
  readonly period: string;
  readonly by: readonly Dimension[];
  readonly metrics?: readonly string[];
  /** A platform's id: metrics named without options are counted its way. */
  readonly preset?: string;
  readonly filter: Filter;
}

/** Figures within the reader's scope, by the definitions in force. Throws BadInput for an unreadable period or an unknown metric. */
export async function readMetrics(
  deps: Deps,
  actor: Actor,
  input: ReadMetrics,
): Promise<{ period: string; rows: MetricRow[] }> {
  authorise(actor, 'metric.read');
  const period = begunPeriod(input.period, deps);
  const metrics = input.preset ? requestsUnder(input.preset, input.metrics ?? null) : input.metrics;
  const rows = await askMetrics(deps.stores, {
    period,
    by: input.by,
    filter: scopedFilter(actor, input.filter),
    timeZone: deps.timeZone,
    now: deps.now(),
    ...(metrics ? { metrics } : {}),
  });
  return { period: input.period, rows };
}
