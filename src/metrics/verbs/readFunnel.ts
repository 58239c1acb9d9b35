import { Decimal } from 'decimal.js';
import type { Actor } from '../../people/actor.ts';
import { authorise, scopeFilter } from '../../people/authorise.ts';
import { BadInput } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { requestFor } from '../askMetrics.ts';
import type { MetricRequest } from '../catalogue.ts';
import { factsFor } from '../closedStore.ts';
import type { Funnel } from '../comparisonSchemas.ts';
import { readDefinitions } from '../definitionStore.ts';
import { type FunnelCentre, limitsAt, placeOf } from '../funnel.ts';
import { natureOf, type Spread, scaleOf, standardError, unitFactor } from '../interval.ts';
import { begunPeriod } from '../period.ts';
import { queryCaseMix, querySpread, type SpreadRow } from '../querySpread.ts';
import { scopedFilter } from '../scopedFilter.ts';

const curvePoints = 48;

/**
 * People of unequal volume on one metric, with limits within which chance alone would leave them, and each figure under everybody's
 * case mix beside it. Limits and mix are the whole company's; only people in the reader's scope are shown.
 * Throws BadInput `funnel.unsuited` for a metric without a denominator or not counted by person.
 */
export async function readFunnel(deps: Deps, actor: Actor, input: { metric: string; period: string }): Promise<Funnel> {
  authorise(actor, 'overview.read');
  const period = begunPeriod(input.period, deps);
  const request = requestFor(await readDefinitions(deps.stores.postgres), input.metric, period, deps.timeZone);
  if (request.metric.form !== 'ratio' || !request.metric.dimensions.includes('agent'))
    throw new BadInput('funnel.unsuited', { metric: request.metric.id });
  const facts = await factsFor(deps.stores, period);
  const question = { period, timeZone: deps.timeZone, now: deps.now() };
  const { agents, teams, shops } = scopeFilter(actor);
  const everybody = agents === null && teams === null && shops === null;
  const [all, mine, mix] = await Promise.all([
    querySpread(facts, request, { ...question, by: ['agent'] }),
    everybody ? null : querySpread(facts, request, { ...question, by: ['agent'], filter: scopedFilter(actor, {}) }),
    queryCaseMix(facts, request, question),
  ]);
  const centre = centreOf(request, all);
  const shown = (mine ?? all).filter(({ spread }) => spread.y > 0n);
  const factor = unitFactor(request.metric);
  const scale = request.metric.denominatorScale;
  const points = shown.map(({ key, spread }) => {
    const agentId = key.agent ?? '';
    const value = (Number(spread.x) / Number(spread.y)) * factor;
    const ratio = mix?.agents.get(agentId)?.ratio ?? null;
    const limits = inUnit(limitsAt(centre, Number(spread.y) / scale), centre, factor);
    return {
      agentId,
      value,
      volume: Number(spread.y) / scale,
      n: spread.n,
      place: placeOf(value, limits),
      standardised: ratio === null ? null : new Decimal(ratio).times(factor).toNumber(),
    };
  });
  return {
    metric: input.metric,
    period: input.period,
    kind: centre.kind,
    centre: centre.kind === 'mean' ? centre.mean : centre.rate * factor,
    points,
    limits: curve(
      points.map(({ volume }) => volume),
      centre.kind === 'share',
    ).map((volume) => ({
      volume,
      ...inUnit(limitsAt(centre, volume), centre, factor),
    })),
    caseMix: mix && { strata: mix.strata },
  };
}

/** Everybody together: the rate of all, or the mean of all with the deviation of a single unit of volume. */
function centreOf({ metric }: MetricRequest, rows: readonly SpreadRow[]): FunnelCentre {
  const pooled = rows.reduce((sum, { spread }) => plus(sum, spread), nothing);
  const nature = natureOf(metric, pooled);
  const rate = pooled.y === 0n ? 0 : Number(pooled.x) / Number(pooled.y);
  if ((nature === 'share' || nature === 'events') && rate > 0 && (rate < 1 || nature === 'events'))
    return { kind: nature, rate };
  const factor = unitFactor(metric);
  const error = pooled.n > 1 && pooled.y > 0n ? standardError(pooled) : 0;
  const deviation = error * factor * Math.sqrt(Number(pooled.y) / metric.denominatorScale);
  return { kind: 'mean', mean: rate * factor, deviation, least: scaleOf(metric)[0] };
}

const nothing: Spread = { n: 0, x: 0n, y: 0n, xx: 0n, xy: 0n, yy: 0n };
const plus = (a: Spread, b: Spread): Spread => ({
  n: a.n + b.n,
  x: a.x + b.x,
  y: a.y + b.y,
  xx: a.xx + b.xx,
  xy: a.xy + b.xy,
  yy: a.yy + b.yy,
});

/** Limits of shares and events come as fractions; those of means already carry the unit. */
function inUnit(limits: ReturnType<typeof limitsAt>, centre: FunnelCentre, factor: number) {
  if (centre.kind === 'mean') return limits;
  const { low95, high95, low998, high998 } = limits;
  return { low95: low95 * factor, high95: high95 * factor, low998: low998 * factor, high998: high998 * factor };
}

/** Volumes at which the limits are drawn, closer together where they bend most; whole where trials are counted. */
function curve(volumes: readonly number[], whole: boolean): number[] {
  if (volumes.length === 0) return [];
  const [first, last] = [Math.max(1, Math.min(...volumes) * 0.8), Math.max(...volumes) * 1.05];
  return Array.from({ length: curvePoints }, (_, i) => {
    const share = i / (curvePoints - 1);
    return (Math.sqrt(first) + share * (Math.sqrt(last) - Math.sqrt(first))) ** 2;
  }).map((volume) => (whole ? Math.round(volume) : volume));
}
