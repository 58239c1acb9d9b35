import { namedIn } from '../../metrics/metricOptions.ts';
import { type Dimension, dimensions } from '../../metrics/metricValue.ts';
import type { MetricDefinitionView, MetricsAnswer } from '../../metrics/schemas.ts';

type Options = Readonly<Record<string, string>>;
type Platform = MetricDefinitionView['platforms'][number];

/** How the figures of a metric's page are counted: as they count everywhere, as a platform does, or with options a reader chose. */
export type CountedAs =
  | { readonly kind: 'inForce' }
  | { readonly kind: 'platform'; readonly platform: Platform }
  | { readonly kind: 'own'; readonly options: Options };

/** What the figures of a metric can be split by. */
export const splitsOf = (metric: Pick<MetricDefinitionView, 'dimensions'>): Dimension[] =>
  dimensions.filter((dimension) => metric.dimensions.includes(dimension));

/** The split that an address asks for, `none` for none; unasked the teams, else the days. */
export function splitIn(metric: Pick<MetricDefinitionView, 'dimensions'>, asked: string | undefined): Dimension | null {
  const offered = splitsOf(metric);
  if (asked === 'none') return null;
  return (
    offered.find((dimension) => dimension === asked) ??
    (['team', 'day'] as const).find((dimension) => offered.includes(dimension)) ??
    null
  );
}

/** What an address asks for: a platform's id, or options as a request writes them (`stat=median:clock=business`). */
export function countedAs(
  { options, platforms }: Pick<MetricDefinitionView, 'options' | 'platforms'>,
  asked: string | undefined,
): CountedAs {
  const platform = platforms.find(({ preset }) => preset === asked);
  if (platform) return { kind: 'platform', platform };
  const named = namedIn(`:${asked ?? ''}`).options;
  const known = Object.fromEntries(options.flatMap(({ id }) => (named[id] ? [[id, named[id]]] : [])));
  return Object.keys(known).length > 0 ? { kind: 'own', options: known } : { kind: 'inForce' };
}

const standards = ({ options }: Pick<MetricDefinitionView, 'options'>): Record<string, string> =>
  Object.fromEntries(options.flatMap(({ id, standard }) => (standard === null ? [] : [[id, standard]])));

/** Every option with the value that counts, standard ones included; an option that is absent changes nothing. */
export function optionsThatCount(metric: MetricDefinitionView, as: CountedAs): Record<string, string> {
  switch (as.kind) {
    case 'inForce':
      return { ...standards(metric), ...metric.inForce.options };
    case 'platform':
      return { ...standards(metric), ...namedIn(as.platform.request).options };
    case 'own':
      return { ...standards(metric), ...as.options };
  }
}

/** What is asked of the server; null where that is the metric without options, which counts by the definition in force. */
export function requestAs(metric: Pick<MetricDefinitionView, 'id'>, as: CountedAs): string | null {
  switch (as.kind) {
    case 'inForce':
      return null;
    case 'platform':
      return as.platform.request === metric.id ? null : as.platform.request;
    case 'own':
      return [metric.id, ...Object.entries(as.options).map(([name, value]) => `${name}=${value}`)].join(':');
  }
}

/**
 * The address after one option was changed: undefined where that is the definition in force again. Standard values are left out, but
 * for one where the organisation counts otherwise than shipped: a request without options would mean its choice.
 */
export function addressAs(
  metric: MetricDefinitionView,
  as: CountedAs,
  option: string,
  value: string,
): string | undefined {
  const standard = standards(metric);
  const next = Object.entries({ ...optionsThatCount(metric, as), [option]: value }).filter(([, each]) => each !== '');
  const inForce = optionsThatCount(metric, { kind: 'inForce' });
  const isInForce = next.length === Object.keys(inForce).length && next.every(([name, each]) => inForce[name] === each);
  if (isInForce) return undefined;
  const differing = next.filter(([name, each]) => standard[name] !== each);
  const named = differing.length > 0 ? differing : next.slice(0, 1);
  return named.map(([name, each]) => `${name}=${each}`).join(':') || undefined;
}

export interface SplitRow {
  readonly key: string;
  readonly asked: MetricsAnswer['rows'][number];
  /** By the definition in force, where the page counts otherwise. */
  readonly inForce: MetricsAnswer['rows'][number] | null;
}

/** The rows of an answer side by side, in the order of the dimension; those that neither way of counting has a figure for are left out. */
export function splitRows(
  { rows }: MetricsAnswer,
  by: Dimension | null,
  metric: string,
  request: string | null,
): SplitRow[] {
  const keyOf = (row: MetricsAnswer['rows'][number]) => (by === null ? '' : (row.key[by] ?? ''));
  const inForce = new Map(rows.filter((row) => row.metric === metric).map((row) => [keyOf(row), row]));
  return rows
    .filter((row) => row.metric === (request ?? metric))
    .map((asked) => ({
      ...{ key: keyOf(asked), asked },
      inForce: request === null ? null : (inForce.get(keyOf(asked)) ?? null),
    }))
    .filter((row) => row.asked.status !== 'noData' || (row.inForce !== null && row.inForce.status !== 'noData'))
    .sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
}
