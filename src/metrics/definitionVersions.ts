import { z } from 'zod';
import { BadInput } from '../platform/errors.ts';
import { catalogue, type MetricRequest, readMetricRequest } from './catalogue.ts';
import { composeMetric } from './composeMetric.ts';
import type { MetricDefinition } from './metricDefinition.ts';
import { ownMetricSchema } from './ownMetricSchema.ts';

/** How the organisation counts a metric of the catalogue: options by name, and a minimum n of its own. */
export const choiceSchema = z.strictObject({
  options: z.record(z.string().regex(/^[a-zA-Z][\w-]{0,39}$/), z.string().regex(/^[\w.-]{1,40}$/)),
  minN: z.int().min(1).max(1_000_000).nullable(),
});
export type Choice = z.infer<typeof choiceSchema>;

/** What a version says: a choice among the catalogue's options, the whole of a metric of one's own, or that one is no longer offered. */
export const contentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choice: choiceSchema }),
  z.strictObject({ kind: z.literal('own'), own: ownMetricSchema }),
  z.strictObject({ kind: z.literal('retired') }),
]);
export type DefinitionContent = z.infer<typeof contentSchema>;

export interface DefinitionVersion {
  readonly metricId: string;
  readonly version: number;
  /** First month, as 2026-10; null: from the beginning. */
  readonly inForceFrom: string | null;
  readonly content: DefinitionContent;
  readonly reason: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** Everything the organisation decided about its metrics, by metric, oldest version first. */
export type Definitions = ReadonlyMap<string, readonly DefinitionVersion[]>;

/** The version that counts in a month: of those begun by then the one that begins last; of several that begin together the newest. */
export function inForceIn(versions: readonly DefinitionVersion[], month: string): DefinitionVersion | null {
  let found: DefinitionVersion | null = null;
  for (const version of versions) {
    const begins = version.inForceFrom ?? '';
    if (begins <= month && begins >= (found?.inForceFrom ?? '')) found = version;
  }
  return found;
}

/** Whether a metric of one's own is not offered in a month. */
export const isRetiredIn = (versions: readonly DefinitionVersion[], month: string): boolean =>
  inForceIn(versions, month)?.content.kind === 'retired';

/** The month from which a metric of one's own is no longer offered; null: it is, and nothing else was decided. */
export function retiredFrom(versions: readonly DefinitionVersion[]): string | null {
  const last = inForceIn(versions, '9999-12');
  return last?.content.kind === 'retired' ? last.inForceFrom : null;
}

/** The version that counts in a month, of a retired metric the last one before. */
export const lastCountingIn = (versions: readonly DefinitionVersion[], month: string): DefinitionVersion | null =>
  inForceIn(
    versions.filter(({ content }) => content.kind !== 'retired'),
    month,
  );

/**
 * What a metric asked for means in a month: with options named, those on the definition as shipped; without, the version in force.
 * Throws BadInput `metric.unknown`, `metric.optionUnknown`, or `metric.retired` for a month from which on it is no longer offered.
 */
export function requestIn(definitions: Definitions, text: string, month: string): MetricRequest {
  const [id = '', ...options] = text.split(':');
  const version = inForceIn(definitions.get(id) ?? [], month);
  if (version === null) return readMetricRequest(text);
  const { content } = version;
  if (content.kind === 'choice') {
    const request = readMetricRequest(options.length > 0 ? text : chosenText(id, content.choice));
    return { ...request, text, metric: { ...request.metric, minN: content.choice.minN ?? request.metric.minN } };
  }
  if (content.kind === 'retired')
    throw new BadInput('metric.retired', { metric: id.slice(0, 60), month: version.inForceFrom ?? month });
  if (options.length > 0)
    throw new BadInput('metric.optionUnknown', { metric: id.slice(0, 60), option: (options[0] ?? '').slice(0, 60) });
  return ownRequest(text, composeMetric(content.own));
}

/** The catalogue's own entry; null for a metric it does not have. */
export const requestAsShipped = (id: string): MetricDefinition | null =>
  catalogue.find((metric) => metric.id === id) ?? null;

export const ownRequest = (text: string, metric: MetricDefinition): MetricRequest => ({
  ...{ text, metric, counting: metric.counting },
});

/** A choice as it is asked for by name: `one_time_resolution_rate:window=48h`. */
export function chosenText(id: string, { options }: Choice): string {
  return [id, ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(':');
}

/** The ids of the organisation's own metrics. */
export function ownIds(definitions: Definitions): string[] {
  return [...definitions].flatMap(([id, versions]) => (versions[0]?.content.kind === 'own' ? [id] : []));
}

/** Every metric as it counts in a month: the catalogue's, then the organisation's own, retired ones as they counted last. */
export function metricsIn(definitions: Definitions, month: string): MetricDefinition[] {
  return [...catalogue.map(({ id }) => id), ...ownIds(definitions)].flatMap((id) => {
    const versions = definitions.get(id) ?? [];
    const counting = lastCountingIn(versions, month);
    const { metric } = requestIn(new Map(counting ? [[id, [counting]]] : []), id, month);
    const from = retiredFrom(versions);
    return from === null ? metric : { ...metric, retiredFrom: from };
  });
}
