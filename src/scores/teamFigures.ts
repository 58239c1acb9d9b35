import { figureOf } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import { atMoment } from './memo.ts';
import type { ResolvedTeamCoefficient } from './resolvePlan.ts';
import type { FigureQuery, ScoreDeps } from './scoreDeps.ts';
import type { TeamFigures } from './teamCoefficient.ts';

/** The figure of each team over a period, as a ratio of sums; remembered, as every batch of people asks for the same. */
export async function teamFigures(
  deps: ScoreDeps,
  { metric }: ResolvedTeamCoefficient,
  period: Period,
): Promise<TeamFigures> {
  const query: FigureQuery = { period, by: ['team'], metrics: [metric.id] };
  const key = `${period.text} ${JSON.stringify([query.by, query.metrics])}`;
  const rows = await deps.teamFigures.get(key, () => deps.figures(query), atMoment(period, deps.now()));
  return new Map(rows.map((row) => [row.key.team ?? '', figureOf(row)]));
}
