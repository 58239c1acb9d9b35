import { Decimal } from 'decimal.js';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import { BadInput } from '../platform/errors.ts';
import type { Stores } from '../platform/stores.ts';
import { byteOrder } from './byteOrder.ts';
import { catalogue, type MetricRequest } from './catalogue.ts';
import { type ClosedPeriods, copyFor, readClosedPeriods, tablesOf } from './closedStore.ts';
import { countedOnce } from './countedOnce.ts';
import { readDefinitions } from './definitionStore.ts';
import {
  type Definitions,
  type DefinitionVersion,
  inForceIn,
  isRetiredIn,
  ownIds,
  requestIn,
} from './definitionVersions.ts';
import { metricsInOrder } from './metricsInOrder.ts';
import type { MetricRow, MetricValue } from './metricValue.ts';
import { monthsOf, within } from './months.ts';
import type { Period } from './period.ts';
import { type MetricQuestion, metricValue, queryMetrics } from './queryMetrics.ts';
import type { RelationName } from './relations.sql.ts';

/** The metrics of a question by name; left out: the catalogue and the organisation's own. */
export interface InForceQuestion extends Omit<MetricQuestion, 'metrics'> {
  readonly metrics?: readonly string[];
  /** All of it from these facts, whatever is closed. */
  readonly facts?: ClickHouseTables;
}

const noneClosed: ClosedPeriods = new Map();

/**
 * The figures asked for, each month counted by the definition in force in it, and a closed month from the facts it was closed with:
 * what screens, exports, scores and the API all ask. A longer period over such a change is the sum of its stretches; where sums cannot
 * be added (snapshots, assessments, percentiles) the definition of its last month and the facts of its own closing hold for all of it.
 * Throws BadInput for a metric or option that does not exist.
 */
export async function askMetrics(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  question: InForceQuestion,
): Promise<MetricRow[]> {
  const [definitions, closed] = await Promise.all([
    readDefinitions(stores.postgres),
    question.facts ? noneClosed : readClosedPeriods(stores.postgres),
  ]);
  const texts = question.metrics ?? offeredIn(definitions, question.period);
  const asked = texts.map((text) => stretchesOf(definitions, text, question.period, question.timeZone, closed));
  const isWhole = ([first, ...more]: readonly Stretch[]) => more.length === 0 && first?.period === question.period;
  const ask = ({ period, copy }: Omit<Stretch, 'request'>, metrics: readonly MetricRequest[]) =>
    queryMetrics(question.facts ?? tablesOf(stores, copy), { ...question, period, metrics });
  const wholes = asked.filter(isWhole).flat();
  const broken = asked.filter((stretches) => !isWhole(stretches));
  const answers = await Promise.all([
    ...[...new Set(wholes.map(({ copy }) => copy))].map((copy) =>
      ask(
        { period: question.period, copy },
        wholes.filter((stretch) => stretch.copy === copy).map(({ request }) => request),
      ),
    ),
    ...broken.map((stretches) => addUp(stretches, ask)),
  ]);
  const [only, ...more] = answers;
  return only && more.length === 0 ? only : inOrder(answers.flat(), question, texts);
}

/**
 * The same by agent for everybody, with one pass over the facts, to be taken a batch of agents at a time in the order of their ids.
 * A metric whose definition changes within the period is asked for each batch.
 */
export async function askInOrder(
  stores: Pick<Stores, 'clickhouse' | 'postgres'>,
  question: InForceQuestion & { readonly metrics: readonly string[] },
): Promise<(agents: readonly string[]) => Promise<MetricRow[]>> {
  const { period, timeZone } = question;
  const [definitions, closed] = await Promise.all([
    readDefinitions(stores.postgres),
    question.facts ? noneClosed : readClosedPeriods(stores.postgres),
  ]);
  const copy = copyFor(closed, period);
  const asked = question.metrics.map((text) => ({
    text,
    stretches: stretchesOf(definitions, text, period, timeZone, closed),
  }));
  const isWhole = ({ stretches: [first, ...more] }: (typeof asked)[number]) =>
    more.length === 0 && first?.period === period && first.copy === copy;
  const wholes = asked.filter(isWhole).flatMap(({ stretches }) => stretches.map(({ request }) => request));
  const broken = asked.filter((each) => !isWhole(each)).map(({ text }) => text);
  const facts = question.facts ?? tablesOf(stores, copy);
  const take = await metricsInOrder(facts, { ...question, metrics: wholes });
  return async (agents) => {
    const last = [...agents].sort(byteOrder).at(-1);
    if (last === undefined) return [];
    const rest = { ...question, metrics: broken, filter: { agent: agents } };
    return [...take(last), ...(broken.length > 0 ? await askMetrics(stores, rest) : [])];
  };
}

interface Stretch {
  readonly period: Period;
  readonly request: MetricRequest;
  /** The copy of the facts it is counted from; none: today's. */
  readonly copy: string | undefined;
}

/** Every metric that is offered in some month of a period: the catalogue's, then the organisation's own. */
export function offeredIn(definitions: Definitions, period: Period): string[] {
  const months = monthsOf(period);
  const own = ownIds(definitions).filter(
    (id) => !months.every((month) => isRetiredIn(definitions.get(id) ?? [], month)),
  );
  return [...catalogue.map(({ id }) => id), ...own];
}

/**
 * A period cut where the definition of a metric or the facts it is counted from change in it; whole where they do not, or where its
 * parts cannot be added. Months from which on it is retired are left out. Throws BadInput `metric.retired` where none is left.
 */
export function stretchesOf(
  definitions: Definitions,
  text: string,
  period: Period,
  timeZone: string,
  closed: ClosedPeriods = noneClosed,
): Stretch[] {
  const versions = definitions.get(text.split(':')[0] ?? '') ?? [];
  const all = monthsOf(period);
  const offered = all.filter((month) => !isRetiredIn(versions, month));
  const months = offered.length > 0 ? offered : all.slice(-1);
  const spans: { first: string; last: string; version: number; copy: string | undefined }[] = [];
  for (const month of months) {
    const version = inForceIn(versions, month)?.version ?? 0;
    const copy = closed.get(month);
    const before = spans.at(-1);
    if (before?.version === version && before.copy === copy) before.last = month;
    else spans.push({ first: month, last: month, version, copy });
  }
  const requests = spans.map(({ last }) => requestOnce(definitions, versions, text, last));
  const latest = requests.at(-1) ?? requestIn(definitions, text, months.at(-1) ?? '');
  const [first, last] = [months[0] ?? '', months.at(-1) ?? ''];
  const counted = months.length === all.length ? period : within(period, { first, last }, timeZone);
  if (spans.length < 2 || !requests.every(isAdditive)) {
    const copy = isAdditive(latest) ? spans[0]?.copy : copyFor(closed, period);
    return [{ period: counted, request: latest, copy }];
  }
  return spans.map((span, i) => ({
    period: within(period, span, timeZone),
    request: requests[i] ?? latest,
    copy: span.copy,
  }));
}

/** As a metric counts in a month, without the records that an earlier definition has counted. */
function requestOnce(
  definitions: Definitions,
  versions: readonly DefinitionVersion[],
  text: string,
  month: string,
): MetricRequest {
  const request = requestIn(definitions, text, month);
  if (text.includes(':')) return request;
  const begun = [...new Set(versions.map(({ inForceFrom }) => inForceFrom ?? ''))]
    .sort()
    .filter((from) => from <= month);
  const earlier = ['', ...begun.filter((from) => from !== '')].filter((from) => !isRetiredIn(versions, from));
  const held = earlier.map((begins) => ({ begins, request: requestIn(definitions, text, begins) }));
  const [first, ...later] = held;
  return first ? countedOnce([first, ...later]) : request;
}

/** The definition that holds for a whole period. Throws BadInput `definition.changesWithin` where it changes in it. */
export function requestFor(definitions: Definitions, text: string, period: Period, timeZone: string): MetricRequest {
  const [first, second] = stretchesOf(definitions, text, period, timeZone);
  if (!first) throw new RangeError('a period without months');
  if (second)
    throw new BadInput('definition.changesWithin', {
      metric: text.slice(0, 60),
      month: second.period.firstDay.slice(0, 7),
    });
  return first.request;
}

const Exact = Decimal.clone({ precision: 40 });

/** Relations whose rows are things that happen once: each lies in one month, and months add up. */
const additive: ReadonlySet<RelationName> = new Set<RelationName>([
  ...([
    'sessions',
    'slices',
    'turns',
    'persons',
    'outcomes',
    'botSessions',
    'queued',
    'tickets',
    'complaints',
    'ratings',
  ] as const),
  ...(['agentDays', 'stateDays', 'attendance', 'acrossTeams', 'alerts', 'orders', 'inquirers', 'guided'] as const),
]);

/** Snapshots hold at one instant, an assessment of a quarter lies in none of its months, and percentiles have no sum. */
function isAdditive({ counting }: MetricRequest): boolean {
  return counting.span === 'within' && counting.percentile === undefined && additive.has(counting.relation);
}

async function addUp(
  stretches: readonly Stretch[],
  ask: (stretch: Stretch, metrics: readonly MetricRequest[]) => Promise<MetricRow[]>,
): Promise<MetricRow[]> {
  const answers = await Promise.all(stretches.map((stretch) => ask(stretch, [stretch.request])));
  const latest = stretches.at(-1)?.request;
  if (!latest || stretches.length === 1) return answers.flat();
  const byKey = new Map<string, { key: MetricRow['key']; values: MetricRow[] }>();
  for (const row of answers.flat()) {
    const id = JSON.stringify(row.key);
    const known = byKey.get(id) ?? { key: row.key, values: [] };
    byKey.set(id, { key: row.key, values: [...known.values, row] });
  }
  return [...byKey.values()].map(({ key, values }) => ({ key, metric: latest.text, ...sumOf(values, latest) }));
}

/** Sums in the metric's unit back to the integers they came from, so that one division makes the figure. */
function sumOf(values: readonly MetricValue[], request: MetricRequest): MetricValue {
  const { metric } = request;
  const counted = values.filter(({ status }) => status !== 'noData');
  const total = (side: 'numerator' | 'denominator') =>
    counted.reduce((sum, value) => sum.plus(value[side]), new Exact(0));
  const n = counted.reduce((sum, value) => sum + value.n, 0);
  const numerator = total('numerator').times(metric.numeratorScale).div(metric.numeratorTimes);
  const denominator = metric.form === 'count' ? new Exact(n) : total('denominator').times(metric.denominatorScale);
  return metricValue(request, numerator.toFixed(0), denominator.toFixed(0), n);
}

/** By key, and within a key in the order asked. */
function inOrder(rows: readonly MetricRow[], { by }: InForceQuestion, texts: readonly string[]): MetricRow[] {
  const keyOf = ({ key }: MetricRow) => JSON.stringify(by.map((dimension) => key[dimension] ?? ''));
  const byKey = new Map<string, Map<string, MetricRow>>();
  for (const row of rows) {
    const own = byKey.get(keyOf(row)) ?? new Map<string, MetricRow>();
    byKey.set(keyOf(row), own.set(row.metric, row));
  }
  return [...byKey.keys()].sort().flatMap((id) => {
    const own = byKey.get(id);
    const [some] = own?.values() ?? [];
    return texts.flatMap((metric): MetricRow[] => {
      const row = own?.get(metric);
      if (row) return [row];
      return some
        ? [{ key: some.key, metric, status: 'noData', value: null, numerator: '0', denominator: '0', n: 0 }]
        : [];
    });
  });
}
