import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { composeMetric } from '../composeMetric.ts';
import type { Preview } from '../definitionSchemas.ts';
import { ownRequest } from '../definitionVersions.ts';
import { figureOf, type MetricRow } from '../metricValue.ts';
import { monthAt } from '../months.ts';
import { readOwnMetric } from '../ownMetricIssues.ts';
import { parsePeriod } from '../period.ts';
import { queryMetrics } from '../queryMetrics.ts';
import { scopedFilter } from '../scopedFilter.ts';

/**
 * What a metric of one's own would show, before it is kept: its words, and its figures by team within the reader's scope, over the
 * last whole month unless a period is named. With issues there are no figures. Throws BadInput `period.unreadable`.
 */
export async function previewMetric(
  deps: Deps,
  actor: Actor,
  input: { readonly text: string; readonly period?: string | undefined },
): Promise<Preview> {
  authorise(actor, 'metric.try');
  const text = input.period ?? monthAt(deps.now(), deps.timeZone, -1);
  const period = parsePeriod(text, deps.timeZone);
  const { metric: own, issues } = readOwnMetric(input.text);
  if (!own)
    return {
      issues: [...issues],
      metric: null,
      text: null,
      period: text,
      whole: null,
      teams: [],
      agents: { withData: 0, belowMinimum: 0 },
    };
  const metric = composeMetric(own);
  const filter = scopedFilter(actor, {});
  const ask = (by: 'team' | 'agent' | null): Promise<MetricRow[]> =>
    queryMetrics(deps.stores.clickhouse, {
      ...{ period, filter, timeZone: deps.timeZone, now: deps.now() },
      by: by === null ? [] : [by],
      metrics: [ownRequest(own.id, metric)],
    });
  const [whole, teams, agents] = await Promise.all([
    ask(null),
    ask('team'),
    metric.dimensions.includes('agent') ? ask('agent') : [],
  ]);
  const { id, name, unit, texts, minN } = metric;
  const { definition, attribution, exclusion } = texts;
  return {
    issues: [],
    metric: { ...{ id, name, unit, definition, attribution, exclusion, minN }, periodRule: texts.period },
    text: JSON.stringify(own),
    period: text,
    whole: whole[0] ? figureOf(whole[0]) : null,
    teams: teams.map((row) => ({ team: row.key.team ?? '', figure: figureOf(row) })),
    agents: {
      withData: agents.filter(({ status }) => status !== 'noData').length,
      belowMinimum: agents.filter(({ status }) => status === 'lowSample').length,
    },
  };
}
