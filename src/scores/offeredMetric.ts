import { type Issue, issue } from './planIssues.ts';
import type { PlanMetric } from './planMetric.ts';

/** Whether a plan may name a metric: it exists and is not retired. */
export function offeredMetric(id: string, path: string, metrics: ReadonlyMap<string, PlanMetric>): Issue[] {
  const metric = metrics.get(id);
  if (!metric) return [issue(path, 'metric.unknown', { metric: id })];
  return metric.retiredFrom === undefined
    ? []
    : [issue(path, 'metric.retired', { metric: id, month: metric.retiredFrom })];
}
