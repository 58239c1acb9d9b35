import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { MetricRequest } from '../catalogue.ts';
import { definitionDifferences } from '../definitionDifferences.ts';
import type { DefinitionChange, DualRunAnswer } from '../definitionSchemas.ts';
import { readDefinitions } from '../definitionStore.ts';
import { type DefinitionContent, type DefinitionVersion, inForceIn, requestIn } from '../definitionVersions.ts';
import { compareDefinitions } from '../dualRun.ts';
import { monthAt } from '../months.ts';
import { readOwnMetric } from '../ownMetricIssues.ts';
import { parsePeriod } from '../period.ts';
import { queryMetrics } from '../queryMetrics.ts';
import { scopedFilter } from '../scopedFilter.ts';
import { choiceIssues } from './saveDefinitions.ts';

export interface RunBoth {
  /** The past month (or any period) over which both are computed. */
  readonly period: string;
  /** From when the change would hold; decides what it would replace. Next month unless given. */
  readonly from?: string | undefined;
  readonly change: DefinitionChange | { readonly text: string };
}

/**
 * A dual run: the figures of one past period by the definition that a change would replace and by the changed one, within the reader's
 * scope; nothing is kept. Throws Invalid `definition.invalid` or `metric.invalid`, NotFound `definition.nothingToCompare` for a metric of
 * one's own that is new.
 */
export async function runBoth(deps: Deps, actor: Actor, input: RunBoth): Promise<DualRunAnswer> {
  authorise(actor, 'metric.try');
  const period = parsePeriod(input.period, deps.timeZone);
  const from = input.from ?? monthAt(deps.now(), deps.timeZone, 1);
  const { id, content } = contentOf(input.change);
  const definitions = await readDefinitions(deps.stores.postgres);
  const replaced = inForceIn(definitions.get(id) ?? [], from);
  if (content.kind === 'own' && replaced === null) throw new NotFound('definition.nothingToCompare', { metric: id });
  const before = requestIn(definitions, id, from);
  const after = requestIn(new Map([[id, [asVersion(id, content)]]]), id, from);
  const filter = scopedFilter(actor, {});
  const ask = (request: MetricRequest, by: 'agent' | 'team') =>
    request.metric.dimensions.includes(by)
      ? queryMetrics(deps.stores.clickhouse, {
          ...{ period, by: [by], filter, timeZone: deps.timeZone, now: deps.now(), metrics: [request] },
        })
      : [];
  const [agents, agentsAfter, teams, teamsAfter] = await Promise.all([
    ...[ask(before, 'agent'), ask(after, 'agent')],
    ...[ask(before, 'team'), ask(after, 'team')],
  ]);
  const { name, unit } = after.metric;
  return {
    ...{ metric: id, name, unit, period: input.period },
    minN: { before: before.metric.minN, after: after.metric.minN },
    differences: definitionDifferences(id, replaced?.content ?? null, content),
    agents: compareDefinitions(agents ?? [], agentsAfter ?? [], 'agent'),
    teams: compareDefinitions(teams ?? [], teamsAfter ?? [], 'team'),
  };
}

function contentOf(change: RunBoth['change']): { id: string; content: DefinitionContent } {
  if ('text' in change) {
    const { metric, issues } = readOwnMetric(change.text);
    if (!metric) throw new Invalid('metric.invalid', issues);
    return { id: metric.id, content: { kind: 'own', own: metric } };
  }
  const { metric, options, minN } = change;
  const issues = choiceIssues(change);
  if (issues.length > 0) throw new Invalid('definition.invalid', issues);
  return { id: metric, content: { kind: 'choice', choice: { options, minN } } };
}

/** A content as though it had been decided, for as long as it takes to look at it. */
const asVersion = (metricId: string, content: DefinitionContent): DefinitionVersion => ({
  ...{ metricId, content, version: 1, inForceFrom: null, reason: '', createdAt: '', createdBy: '' },
});
