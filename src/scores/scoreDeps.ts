import type { Dimension, MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import type { Deps } from '../platform/http.ts';
import type { PlanMetric } from './validatePlan.ts';

export interface FigureQuery {
  readonly period: Period;
  readonly by: readonly Dimension[];
  readonly metrics: readonly string[];
  readonly filter?: {
    readonly agent?: readonly string[];
    readonly team?: readonly string[];
    readonly shop?: readonly string[];
  };
}

/** What scores need besides the stores: the metric catalogue and a way to ask for figures. */
export interface ScoreDeps extends Pick<Deps, 'stores' | 'now' | 'timeZone'> {
  readonly catalogue: readonly PlanMetric[];
  readonly figures: (query: FigureQuery) => Promise<readonly MetricRow[]>;
}
