import { BadInput } from '../platform/errors.ts';
import { alertMetrics } from './catalogue/alerts.ts';
import { handlingMetrics } from './catalogue/handling.ts';
import { inspectedMetrics } from './catalogue/inspected.ts';
import { qualityMetrics } from './catalogue/quality.ts';
import { queueMetrics } from './catalogue/queue.ts';
import { resolutionMetrics } from './catalogue/resolution.ts';
import { responseMetrics } from './catalogue/response.ts';
import { salesMetrics } from './catalogue/sales.ts';
import { satisfactionMetrics } from './catalogue/satisfaction.ts';
import { workMetrics } from './catalogue/work.ts';
import { workforceMetrics } from './catalogue/workforce.ts';
import type { Counting, MetricDefinition } from './metricDefinition.ts';
import { optionChange } from './metricOptions.ts';

export type { MetricDefinition } from './metricDefinition.ts';

/** Every metric, in the order in which lists show them. */
export const catalogue: readonly MetricDefinition[] = [
  ...responseMetrics,
  ...resolutionMetrics,
  ...satisfactionMetrics,
  ...alertMetrics,
  ...queueMetrics,
  ...handlingMetrics,
  ...workforceMetrics,
  ...qualityMetrics,
  ...inspectedMetrics,
  ...workMetrics,
  ...salesMetrics,
];

const byId = new Map(catalogue.map((metric) => [metric.id, metric]));

/** A metric as asked for: its definition, and how it counts with the options named. */
export interface MetricRequest {
  /** As written by the asker; answers carry it. */
  readonly text: string;
  readonly metric: MetricDefinition;
  readonly counting: Counting;
}

/**
 * Reads `id` or `id:option=value[:option=value]`, such as `first_reply_30s_rate:unreplied=miss`.
 * Throws BadInput `metric.unknown` or `metric.optionUnknown`, naming what there is.
 */
export function readMetricRequest(text: string): MetricRequest {
  const [id, ...options] = text.split(':');
  const metric = byId.get(id ?? '');
  if (!metric) throw new BadInput('metric.unknown', { metric: (id ?? '').slice(0, 60) });
  const chosen = new Map<string, string>();
  const changes = new Map<string, Partial<Counting>>();
  for (const option of options) {
    const [name = ''] = option.split('=');
    const value = option.slice(name.length + 1);
    const known = Object.hasOwn(metric.options, name) && !chosen.has(name) ? metric.options[name] : undefined;
    const change = known && optionChange(known, value);
    if (!change) throw new BadInput('metric.optionUnknown', { metric: metric.id, option: option.slice(0, 60) });
    chosen.set(name, value);
    changes.set(name, change);
  }
  // In the definition's order, whatever the asker's: the same options always mean the same.
  const inOrder = Object.keys(metric.options).map((name) => changes.get(name));
  const counting: Counting = Object.assign({}, metric.counting, ...inOrder);
  return { text, metric, counting: filledIn(counting, metric, chosen) };
}

/** Puts the chosen values, else the standard ones, where the counting's SQL names their options. */
function filledIn(counting: Counting, { options }: MetricDefinition, chosen: ReadonlyMap<string, string>): Counting {
  const fill = (sql: string): string =>
    Object.entries(options).reduce((text, [name, { standard }]) => {
      const value = chosen.get(name) ?? standard;
      return value === undefined ? text : text.replaceAll(`$${name}`, value);
    }, sql);
  return {
    ...counting,
    agent: counting.agent && fill(counting.agent),
    ...(counting.teamOf ? { teamOf: fill(counting.teamOf) } : {}),
    at: fill(counting.at),
    where: fill(counting.where),
    numerator: fill(counting.numerator),
    denominator: fill(counting.denominator),
    ...(counting.once ? { once: fill(counting.once) } : {}),
  };
}
