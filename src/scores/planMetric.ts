import type { MetricOption } from '../metrics/metricDefinition.ts';
import { chosenWords, optionChange } from '../metrics/metricOptions.ts';
import type { Bilingual } from '../platform/language.ts';

/** What a plan needs to know about a metric; the catalogue's definitions have more. */
export interface PlanMetric {
  /** As figures and evidence are asked for: with the options a plan names, `qa_defects:item=language`. */
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly unit: string;
  readonly better: 'higher' | 'lower' | 'band';
  readonly form: 'ratio' | 'count' | 'volatility';
  readonly minN: number;
  readonly dimensions: readonly string[];
  readonly options: Readonly<Record<string, MetricOption>>;
  /** The assessment item that it reads, where people's assessments are all it is made from. */
  readonly assessment?: string;
  /** The options named, in words; left out where none is. */
  readonly counted?: Bilingual;
  /** The month from which a metric of one's own is no longer offered. */
  readonly retiredFrom?: string;
}

/** Options by name, as an item of a plan chooses them. */
export type ChosenOptions = Readonly<Record<string, string>>;

/** The metric without its options: what calendars, exemptions and a plan's lists of metrics name. */
export const baseMetric = (id: string): string => id.split(':', 1)[0] ?? id;

/** Whether a list of metrics names this one, as it is or whatever its options. */
export const namesMetric = (listed: readonly string[], id: string): boolean =>
  listed.includes(id) || listed.includes(baseMetric(id));

/** A metric as it counts with these options; its own order of options, so that the same choice is always the same metric. */
export function withOptions(metric: PlanMetric, chosen: ChosenOptions = {}): PlanMetric {
  const named = Object.keys(metric.options).flatMap((name) => {
    const value = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  if (named.length === 0) return metric;
  const words = chosenWords(metric.options, Object.fromEntries(named));
  return {
    ...metric,
    id: [metric.id, ...named.map(([name, value]) => `${name}=${value}`)].join(':'),
    counted: words,
    name: { zh: `${metric.name.zh}（${words.zh}）`, en: `${metric.name.en} (${words.en})` },
    // Percentiles cannot be told from the sums of days: nothing can be taken out of them, or added up.
    dimensions: isPercentile(metric, chosen) ? metric.dimensions.filter((each) => each !== 'day') : metric.dimensions,
  };
}

/** Whether these options make the figure a percentile of single observations. */
export const isPercentile = (metric: PlanMetric, chosen: ChosenOptions = {}): boolean =>
  Object.entries(chosen).some(([name, value]) => {
    const option = Object.hasOwn(metric.options, name) ? metric.options[name] : undefined;
    return option !== undefined && optionChange(option, value)?.percentile !== undefined;
  });
