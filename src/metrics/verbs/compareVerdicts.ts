import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import type { MetricRow } from '../metricValue.ts';
import type { VerdictSwitch } from '../orderSchemas.ts';
import { begunPeriod } from '../period.ts';
import { queryMetrics } from '../queryMetrics.ts';
import { scopedFilter } from '../scopedFilter.ts';
import { agentsAt } from '../sessionStore.ts';

export interface CompareVerdicts {
  readonly period: string;
  /** Options as metrics take them: `verdict=order:credit=lastChat:window=2`. */
  readonly before: string;
  readonly after: string;
}

/**
 * Whose figures change, and by how much, when sales are credited by `after` instead of `before`: the metrics themselves, asked twice. Within the reader's scope.
 * Throws BadInput `metric.optionUnknown` for an option that there is not.
 */
export async function compareVerdicts(deps: Deps, actor: Actor, input: CompareVerdicts): Promise<VerdictSwitch> {
  authorise(actor, 'metric.read');
  const ids = ['refund_rate', 'avg_order_value', 'inquiry_conversion_rate'] as const;
  const rows = await queryMetrics(deps.stores.clickhouse, {
    period: begunPeriod(input.period, deps),
    by: ['agent'],
    filter: scopedFilter(actor, {}),
    metrics: [input.before, input.after].flatMap((options) => ids.map((id) => `${id}:${options}`)),
    timeZone: deps.timeZone,
    now: deps.now(),
  });
  const byAgent = new Map<string, MetricRow[]>();
  for (const row of rows) {
    const agent = row.key.agent ?? '';
    byAgent.set(agent, [...(byAgent.get(agent) ?? []), row]);
  }
  const people = await agentsAt(deps.stores.clickhouse, [...byAgent.keys()], new Date(deps.now()).toISOString());
  const names = new Map(people.map((person) => [person.agent_id, person.name]));
  const compared = [...byAgent].flatMap(([agentId, own]) => {
    const known = { before: figuresOf(own, input.before), after: figuresOf(own, input.after) };
    if (known.before === null && known.after === null) return [];
    const { before, after } = { before: known.before ?? nothing, after: known.after ?? nothing };
    const changed = (['orders', 'revenue', 'conversion'] as const).some((name) => before[name] !== after[name]);
    return [{ agentId, name: names.get(agentId) ?? agentId, before, after, changed }];
  });
  const moved = ({ before, after }: VerdictSwitch['rows'][number]) =>
    Math.abs(Number(after.revenue) - Number(before.revenue));
  return { ...input, rows: compared.sort((a, b) => moved(b) - moved(a) || (a.agentId < b.agentId ? -1 : 1)) };
}

/** Nobody's order credited: a count and a sum of none, which are zero, and no rate. */
const nothing = { orders: '0', revenue: '0', conversion: null };

function figuresOf(rows: readonly MetricRow[], options: string): VerdictSwitch['rows'][number]['before'] | null {
  const find = (id: string) => rows.find((row) => row.metric === `${id}:${options}`);
  const [orders, value, conversion] = [find('refund_rate'), find('avg_order_value'), find('inquiry_conversion_rate')];
  if (![orders, value, conversion].some((row) => row && row.status !== 'noData')) return null;
  return {
    orders: orders?.denominator ?? nothing.orders,
    revenue: value?.numerator ?? nothing.revenue,
    conversion: conversion?.value ?? null,
  };
}
