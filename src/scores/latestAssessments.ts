import { figureOf } from '../metrics/metricValue.ts';
import { type Period, parsePeriod } from '../metrics/period.ts';
import type { ClickHouseTables } from '../platform/clickhouse.ts';
import { assessedPeriods } from './organisation.ts';
import { monthsIn } from './periodSpan.ts';
import type { ScoreValue } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';

/** How many assessed periods are looked through at most for somebody's latest assessment: three years of months. */
const lookBackMax = 36;

/**
 * For each person and metric the figure of the latest assessed period that ended by the end of this one; where there is none,
 * of one that contains it. Of two that end together the shorter one counts. All of it from the facts of the card's own period: what
 * was assessed late for an earlier one counts. Keyed by agent, then metric.
 */
export async function latestAssessments(
  deps: ScoreDeps,
  period: Period,
  { facts, metrics, agents }: { facts: ClickHouseTables; metrics: readonly string[]; agents: readonly string[] },
): Promise<ReadonlyMap<string, Readonly<Record<string, ScoreValue>>>> {
  const found = new Map<string, Record<string, ScoreValue>>();
  if (metrics.length === 0 || agents.length === 0) return found;
  let open = metrics.length * agents.length;
  const wanted = new Set(agents);
  for (const candidate of candidates(await assessedPeriods(facts), period, deps.timeZone)) {
    const rows = await deps.figures({ period: candidate, by: ['agent'], metrics, facts });
    const months = monthsIn(candidate);
    for (const row of rows) {
      const agent = row.key.agent;
      if (agent === undefined || row.status === 'noData' || !wanted.has(agent)) continue;
      const own = found.get(agent) ?? {};
      if (own[row.metric]) continue;
      own[row.metric] = {
        figure: figureOf(row),
        months,
        ...(candidate.text === period.text ? {} : { period: candidate.text }),
      };
      found.set(agent, own);
      open -= 1;
    }
    if (open === 0) break;
  }
  return found;
}

/** Latest first. What cannot be read as a period was rejected at import and is not among them. */
export function candidates(assessed: readonly string[], period: Period, timeZone: string): Period[] {
  const known = [...new Set([period.text, ...assessed])].map((text) => parsePeriod(text, timeZone));
  const ended = known.filter(({ toMs }) => toMs <= period.toMs).sort((a, b) => b.toMs - a.toMs || b.fromMs - a.fromMs);
  const around = known
    .filter(({ fromMs, toMs }) => fromMs <= period.fromMs && toMs > period.toMs)
    .sort((a, b) => a.toMs - a.fromMs - (b.toMs - b.fromMs));
  return [...ended, ...around].slice(0, lookBackMax);
}
