import { askMetrics, requestFor } from '../../../metrics/askMetrics.ts';
import { factsFor } from '../../../metrics/closedStore.ts';
import { readDefinitions } from '../../../metrics/definitionStore.ts';
import type { MetricValue } from '../../../metrics/metricValue.ts';
import { parsePeriod } from '../../../metrics/period.ts';
import { type RecordName, type RecordShare, recordShares } from '../../../metrics/recordShares.ts';
import type { Deps } from '../../../platform/http.ts';
import { itemOf } from '../correctInput.ts';
import type { Correction } from '../correction.ts';
import type { Compared } from '../schemas.ts';
import type { OpenedCard } from './openCard.ts';

export interface Taken {
  readonly shares: readonly RecordShare[];
  readonly untouched: Compared['untouched'];
}

/**
 * What the records named in corrections counted in each figure of the card. A figure is left as it is where nothing exact can be taken
 * from it: a percentile, a team's figure, or one that the facts no longer add up to.
 */
export async function sharesOf(
  deps: Deps,
  { card, plan, period }: OpenedCard,
  corrections: readonly Correction[],
): Promise<Taken> {
  const records = corrections.flatMap((correction): RecordName[] => {
    if (correction.kind === 'record') return [correction.record];
    return correction.kind === 'incident' ? [{ kind: 'incident', id: correction.incidentId }] : [];
  });
  if (records.length === 0) return { shares: [], untouched: [] };
  const { stores, timeZone } = deps;
  const { agentId, input } = card;
  const ofTeam = new Set(
    card.card.items.flatMap(({ id }) => {
      const item = input && itemOf(plan, input, id);
      return item?.ofTeam || plan.plan.appraises === 'team' ? [item?.metric.id ?? ''] : [];
    }),
  );
  const definitions = await readDefinitions(stores.postgres);
  const why = new Map<string, Compared['untouched'][number]['why']>();
  const found = await Promise.all(
    Object.entries(input?.values ?? {}).map(async ([metric, { figure, period: of }]) => {
      const at = of === undefined ? period : parsePeriod(of, timeZone);
      const request = requestFor(definitions, metric, at, timeZone);
      const question = { period: at, agentId, timeZone, now: deps.now() };
      const shares = await recordShares(await factsFor(stores, at), request, records, question);
      if (shares.length === 0) return [];
      const [row] = await askMetrics(stores, {
        ...{ period: at, by: [], metrics: [metric], filter: { agent: [agentId] } },
        ...{ timeZone, now: deps.now() },
      });
      const isSum = request.counting.percentile === undefined && request.metric.form !== 'volatility';
      if (ofTeam.has(metric)) why.set(metric, 'team');
      else if (!isSum) why.set(metric, 'percentile');
      else if (!row || !agrees(row, figure)) why.set(metric, 'moved');
      return why.has(metric) ? [] : shares;
    }),
  );
  const untouched = card.card.items.flatMap(({ id, metric }) => {
    const item = input && itemOf(plan, input, id);
    const reason = why.get(item?.metric.id ?? metric);
    return item && reason ? [{ item: id, name: item.name, why: reason }] : [];
  });
  return { shares: found.flat(), untouched };
}

const agrees = (now: MetricValue, frozen: MetricValue): boolean =>
  now.numerator === frozen.numerator && now.denominator === frozen.denominator && now.n === frozen.n;
