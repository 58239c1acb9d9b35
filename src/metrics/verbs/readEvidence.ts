import { Decimal } from 'decimal.js';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { BadInput } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { requestFor } from '../askMetrics.ts';
import type { MetricRequest } from '../catalogue.ts';
import { copyFor, readClosedPeriods, tablesOf } from '../closedStore.ts';
import { countedSql, denominatorOf, type Filter } from '../compileMetrics.ts';
import { readDefinitions } from '../definitionStore.ts';
import { monthsOf } from '../months.ts';
import { begunPeriod } from '../period.ts';
import { metricValue, questionParams } from '../queryMetrics.ts';
import { hasColumn } from '../relations.sql.ts';
import type { Evidence, EvidenceRow } from '../schemas.ts';
import { scopedFilter } from '../scopedFilter.ts';

export interface ReadEvidence {
  readonly metric: string;
  readonly period: string;
  readonly filter: Filter;
  readonly cursor: string;
}

const pageSize = 100;

interface Observation {
  readonly kind: EvidenceRow['kind'];
  readonly id: string;
  readonly at: string;
  readonly agent: string;
  readonly customer: string;
  readonly channel: string;
  readonly queue: string;
  readonly shop: string;
  readonly priority: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly rejoined: readonly string[];
  readonly total: string;
  readonly all_numerators: string;
  readonly all_denominators: string;
}

/**
 * The observations behind one figure, 100 at a time in order of time; the same FROM and WHERE as the figure, so they always add up.
 * Customers' names are masked. Throws BadInput `evidence.cursorUnreadable` for a cursor that no answer gave,
 * `definition.changesWithin` for a period in which the metric's definition changes, `evidence.byMonth` for several months of which one
 * is closed.
 */
export async function readEvidence(deps: Deps, actor: Actor, input: ReadEvidence): Promise<Evidence> {
  authorise(actor, 'evidence.read');
  const period = begunPeriod(input.period, deps);
  const definitions = await readDefinitions(deps.stores.postgres);
  const request = requestFor(definitions, input.metric, period, deps.timeZone);
  const filter = scopedFilter(actor, input.filter);
  const question = { period, timeZone: deps.timeZone, now: deps.now(), filter };
  const cursor = readCursor(input.cursor);
  const closed = await readClosedPeriods(deps.stores.postgres);
  const months = monthsOf(period);
  // Several copies of the facts have no one list that adds up to their sum.
  const byMonth = months.length > 1 ? months.find((month) => closed.has(month)) : undefined;
  if (byMonth !== undefined) throw new BadInput('evidence.byMonth', { month: byMonth });
  const facts = tablesOf(deps.stores, copyFor(closed, period));
  const rows = await facts.all.query<Observation>(evidenceSql(request, filter), {
    params: { ...questionParams(question), cursorAt: String(cursor.atMs), cursorId: cursor.id },
  });
  const [first] = rows;
  const figure = metricValue(
    request,
    first?.all_numerators ?? '0',
    first?.all_denominators ?? '0',
    Number(first?.total ?? 0),
  );
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    metric: input.metric,
    period: input.period,
    total: Number(first?.total ?? 0),
    numerator: figure.numerator,
    // A count is its numerator, also where nothing was counted.
    denominator: request.metric.form === 'count' ? '1' : figure.denominator,
    rows: page.map((row) => evidenceRow(row, request)),
    next: rows.length > pageSize && last ? `${Date.parse(`${last.at.replace(' ', 'T')}Z`)}|${last.id}` : null,
  };
}

/** One row per observed thing: an agent can be credited with both sides of it (a complaint and its repetition). */
function evidenceSql({ counting, metric }: MetricRequest, filter: Filter): string {
  // Whoever merely was looked at stands behind a count of nothing; listed is what was counted.
  const counted = metric.form === 'count' ? '\nHAVING numerator != 0' : '';
  const joins = hasColumn(counting.relation, 'rejoined');
  return `SELECT kind, id, observed_at AS at, credited AS agent, any(customer) AS customer, any(observed.channel) AS channel, any(observed.queue) AS queue,
  any(observed.shop) AS shop, any(observed.priority) AS priority,
  sum(toInt64(${counting.numerator})) AS numerator, sum(${denominatorOf(counting)}) AS denominator,
  ${joins ? 'any(rejoined)' : '[]'} AS rejoined,
  count() OVER () AS total, sum(numerator) OVER () AS all_numerators, sum(denominator) OVER () AS all_denominators
${countedSql(counting, { by: [], filter }, ['kind', 'id', 'customer', 'shop', 'channel', 'queue', 'priority', ...(joins ? ['rejoined'] : [])])}
GROUP BY kind, id, at, agent${counted}
QUALIFY (toUnixTimestamp64Milli(at), id) > ({cursorAt:Int64}, {cursorId:String})
ORDER BY at, id
LIMIT ${pageSize + 1}`;
}

function readCursor(text: string): { atMs: number; id: string } {
  if (text === '') return { atMs: -1, id: '' };
  const parts = /^(\d{1,15})\|(.{0,500})$/su.exec(text);
  if (!parts) throw new BadInput('evidence.cursorUnreadable');
  return { atMs: Number(parts[1]), id: parts[2] ?? '' };
}

function evidenceRow(row: Observation, { metric }: MetricRequest): EvidenceRow {
  const { kind } = row;
  return {
    kind,
    open: kind === 'session' || kind === 'ticket' || kind === 'order' ? { kind, id: row.id } : null,
    id: row.id,
    at: instant(row.at),
    agentId: row.agent,
    customer: orNull(maskPersonalData(row.customer)),
    channel: orNull(row.channel),
    queue: orNull(row.queue),
    shop: orNull(row.shop),
    priority: orNull(row.priority),
    numerator: new Decimal(row.numerator).times(metric.numeratorTimes).div(metric.numeratorScale).toFixed(),
    denominator: new Decimal(row.denominator).div(metric.denominatorScale).toFixed(),
    rejoined: [...row.rejoined],
  };
}

const orNull = (text: string) => (text === '' ? null : text);

/** ClickHouse writes `2026-10-12 02:00:00.000` for an instant of a column in UTC. */
export const instant = (text: string): string => `${text.replace(' ', 'T')}Z`;
