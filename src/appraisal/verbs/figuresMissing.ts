import { z } from 'zod';
import { byteOrder } from '../../metrics/byteOrder.ts';
import type { MetricRow } from '../../metrics/metricValue.ts';
import type { Period } from '../../metrics/period.ts';
import type { ClickHouseTables } from '../../platform/clickhouse.ts';
import type { Bilingual } from '../../platform/language.ts';
import { itemsById } from '../../scores/itemsById.ts';
import { periodBefore } from '../../scores/periodSpan.ts';
import type { PlanMetric } from '../../scores/planMetric.ts';
import type { ScoreDeps } from '../../scores/scoreDeps.ts';
import { asItIs, type Missing, missing } from '../missing.ts';
import { type PlanInPeriod, plansIn } from './plansIn.ts';

/** What the figures of a month say against closing it: nothing there, false zeros, sources that stopped, too few observations. */
export async function figuresMissing(deps: ScoreDeps, period: Period): Promise<Missing[]> {
  const facts = await deps.facts(period);
  const [work] = await facts.all.query(workSql, { params: spanOf(period), rows: z.object({ rows: z.number() }) });
  if (work?.rows === 0) return [missing('nothingThere', 'blocks', [asItIs(period.text)])].flatMap((each) => each ?? []);
  const plans = await plansIn(deps, period);
  const found = [
    missing('noFigures', 'confirm', await withoutFigures(deps, period, metricsOf(plans))),
    missing('stale', 'confirm', await staleSources(facts, period)),
    missing('lowSamples', 'confirm', await lowSamples(deps, period, plans)),
  ];
  return found.flatMap((each) => each ?? []);
}

const workSql = `SELECT toUInt32(least(count(), 1)) AS rows FROM (
  SELECT started_at AS at FROM session_facts FINAL UNION ALL SELECT created_at AS at FROM ticket_facts FINAL
) WHERE at >= fromUnixTimestamp64Milli({from:Int64}) AND at < fromUnixTimestamp64Milli({to:Int64})`;

const spanOf = ({ fromMs, toMs }: Period) => ({ from: String(fromMs), to: String(toMs) });

/** What items and couplings of the plans are told by in the period itself. */
function metricsOf(plans: readonly PlanInPeriod[]): ReadonlyMap<string, PlanMetric> {
  const metrics = plans.flatMap(({ plan }) => [
    ...[...itemsById(plan).values()].filter(({ values }) => values === 'period').map(({ metric }) => metric),
    ...plan.couplings.flatMap(({ of, by }) =>
      [of, ...by].flatMap((term) => ('metric' in term ? (plan.metrics.get(term.metric) ?? []) : [])),
    ),
  ]);
  return new Map(metrics.map((metric) => [metric.id, metric]));
}

const isZero = ({ numerator }: MetricRow) => Number(numerator) === 0;

/**
 * Metrics for which nobody has any figure, or everybody zero: a source that was not connected looks like this. Then, of the others,
 * those of a shop that had figures the month before and has none now: its import may have died while the others' go on.
 */
async function withoutFigures(
  deps: ScoreDeps,
  period: Period,
  metrics: ReadonlyMap<string, PlanMetric>,
): Promise<Bilingual[]> {
  const rows = await deps.figures({ period, by: [], metrics: [...metrics.keys()] });
  const without = new Set(rows.filter((row) => row.status === 'noData' || isZero(row)).map(({ metric }) => metric));
  const told = [...metrics.values()].filter(({ id, dimensions }) => !without.has(id) && dimensions.includes('shop'));
  const asked = { by: ['shop'] as const, metrics: told.map(({ id }) => id) };
  const [now, before] =
    told.length === 0
      ? [[], []]
      : await Promise.all([
          deps.figures({ ...asked, period }),
          deps.figures({ ...asked, period: periodBefore(period, deps.timeZone) }),
        ]);
  const keyOf = ({ key, metric }: MetricRow) => `${metric} ${key.shop}`;
  const still = new Set(now.filter((row) => row.status !== 'noData' && !isZero(row)).map(keyOf));
  // A zero out of few is no sign of anything.
  const few = new Set(now.filter(({ status }) => status === 'lowSample').map(keyOf));
  const gone = before.filter(
    (row) => row.key.shop && row.status === 'ok' && !isZero(row) && !still.has(keyOf(row)) && !few.has(keyOf(row)),
  );
  return [
    ...[...without].flatMap((id) => metrics.get(id)?.name ?? []),
    ...gone.flatMap(({ key: { shop = '' }, metric }) => {
      const name = metrics.get(metric)?.name;
      return name ? [ofShop(name, shop)] : [];
    }),
  ];
}

const ofShop = ({ zh, en }: Bilingual, shop: string): Bilingual => ({ zh: `${zh}（${shop}）`, en: `${en} (${shop})` });

const twoDays = 2 * 86_400_000;

/** Sources that had rows in the weeks before, and none on the period's last two days; also those of one shop that is at work most days. */
async function staleSources(facts: ClickHouseTables, period: Period): Promise<Bilingual[]> {
  const last = (await lastRows(facts, period)).filter(({ atMs }) => atMs < period.toMs - twoDays);
  const all = new Set(last.filter(({ shop }) => shop === '').map(({ kind }) => kind));
  return last.flatMap(({ kind, shop, days }): Bilingual[] => {
    const name = sources[kind];
    if (shop === '') return [name];
    return all.has(kind) || days < busyDays ? [] : [ofShop(name, shop)];
  });
}

/** Of the weeks looked at: a shop of fewer days may well rest for two. */
const busyDays = 15;

const kinds = ['sessions', 'tickets', 'ratings', 'orders', 'attendance'] as const;

const sources: Readonly<Record<(typeof kinds)[number], Bilingual>> = {
  sessions: { zh: '会话', en: 'sessions' },
  tickets: { zh: '工单', en: 'tickets' },
  ratings: { zh: '评价', en: 'ratings' },
  orders: { zh: '订单', en: 'orders' },
  attendance: { zh: '考勤', en: 'attendance' },
};

/** Where rows are, when, and whether they name their shop. */
const rowsOf = {
  sessions: ['session_facts FINAL', 'started_at', true],
  tickets: ['ticket_facts FINAL', 'created_at', true],
  ratings: ['ratings', 'at', false],
  orders: ['orders', 'created_at', false],
  attendance: ['attendance', 'scheduled_start', false],
} as const;

/** `shop` is '' for all of them together. */
const lastRow = z.object({ kind: z.enum(kinds), shop: z.string(), atMs: z.coerce.number(), days: z.number() });

function lastRows(facts: ClickHouseTables, period: Period) {
  const weeks = 45 * 86_400_000;
  const parts = kinds.flatMap((kind) => {
    const [table, at, byShop] = rowsOf[kind];
    const within = `${at} >= fromUnixTimestamp64Milli({from:Int64}) AND ${at} < fromUnixTimestamp64Milli({to:Int64})`;
    const told = 'toString(max(toUnixTimestamp64Milli(at))) AS atMs, toUInt32(uniqExact(toDate(at))) AS days';
    const whole = `SELECT '${kind}' AS kind, '' AS shop, ${told} FROM (SELECT ${at} AS at FROM ${table} WHERE ${within}) HAVING count() > 0`;
    // What names no shop is of the shop that its owner is in, as in figures by shop.
    const each = `SELECT '${kind}' AS kind, of_shop AS shop, ${told}
FROM (
  SELECT if(done.shop = '', home.shop, done.shop) AS of_shop, done.at AS at
  FROM (SELECT toString(shop) AS shop, toString(owner_agent_id) AS owner, ${at} AS at FROM ${table} WHERE ${within}) AS done
  GLOBAL LEFT JOIN (
    SELECT toString(agent_id) AS agent, argMax(toString(shop), valid_from) AS shop FROM agent_history GROUP BY agent
  ) AS home ON home.agent = done.owner
)
WHERE of_shop != '' GROUP BY of_shop`;
    return byShop ? [whole, each] : [whole];
  });
  return facts.all.query(parts.join('\nUNION ALL\n'), {
    params: { from: String(period.fromMs - weeks), to: String(period.toMs) },
    rows: lastRow,
  });
}

/** Items for which somebody has figures of fewer observations than the plan counts, each with how many people these are. */
async function lowSamples(deps: ScoreDeps, period: Period, plans: readonly PlanInPeriod[]): Promise<Bilingual[]> {
  const found: Bilingual[] = [];
  for (const { plan, people } of plans) {
    // What is told by the team is no person's sample.
    if (plan.plan.appraises === 'team') continue;
    const items = [...itemsById(plan).values()].filter(
      ({ values, ofTeam, curve }) =>
        values === 'period' && !ofTeam && (curve.curve !== 'deductions' || curve.perDay !== undefined),
    );
    const metrics = [...new Set(items.map(({ metric }) => metric.id))];
    if (metrics.length === 0) continue;
    const take = await deps.figuresInOrder({ period, by: ['agent'], metrics });
    const few = new Map<string, number>();
    const agents = people.map(({ agentId }) => agentId).sort(byteOrder);
    for (let first = 0; first < agents.length; first += deps.batch) {
      const batch = agents.slice(first, first + deps.batch);
      const own = new Set(batch);
      for (const { key, metric, n } of await take(batch)) {
        if (n === 0 || key.agent === undefined || !own.has(key.agent)) continue;
        for (const { id, metric: of, minimumN } of items)
          if (of.id === metric && n < minimumN) few.set(id, (few.get(id) ?? 0) + 1);
      }
    }
    for (const { id, name } of items) {
      const count = few.get(id);
      if (count !== undefined) found.push({ zh: `${name.zh} (${count})`, en: `${name.en} (${count})` });
    }
  }
  return found;
}
