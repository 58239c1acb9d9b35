import type { ScorecardItem, ScorecardPage } from '../../scores/schemas.ts';
import { type BeamItem, drawn } from '../beam/placeBeams.ts';
import type { Unit } from '../format.ts';

/** What the scored items weigh together. A card made of other cards has none of its own: its months are out of 100. */
export function fullMark(card: Pick<ScorecardPage, 'blocks'>): string {
  if (card.blocks.length === 0) return '100';
  // Weights have at most four drawn places: enough for a caption, the exact sum is the plan's.
  const sum = card.blocks.reduce((total, block) => total + Math.round(Number(block.weight) * 10_000), 0);
  return String(sum / 10_000);
}

/** What a block's items can give together, after the weight of what has no data went where it went. */
export function blockFull(card: Pick<ScorecardPage, 'items'>, block: ScorecardPage['blocks'][number]): string {
  const counted = card.items.filter((item) => item.block === block.id && !item.bonus && item.effectiveWeight !== null);
  if (counted.length === 0) return block.weight;
  const sum = counted.reduce((total, item) => total + Math.round(Number(item.effectiveWeight) * 10_000), 0);
  return String(sum / 10_000);
}

export function beamItem(item: ScorecardItem): BeamItem {
  return {
    id: item.id,
    weight: drawn(item.effectiveWeight),
    points: drawn(item.points),
    teamMedian: drawn(item.teamMedian),
  };
}

const units: readonly Unit[] = ['percent', 'seconds', 'hours', 'minutes', 'count', 'points', 'nps', 'yuan'];

/** The unit as the formats know it; a plan's own unit is shown as plain points. */
export function unitOf(text: string): Unit {
  return units.find((unit) => unit === text) ?? 'points';
}

export interface TrendPoint {
  readonly period: string;
  readonly plan: string;
  readonly total: number | null;
  /** 0..1 across and upwards. */
  readonly x: number;
  readonly y: number | null;
}

/** Places totals on a drawing; the scale runs over tens around what there is, so that small moves can be seen. */
export function placeTrend(trend: ScorecardPage['trend']): { points: TrendPoint[]; low: number; high: number } {
  const totals = trend.flatMap(({ total }) => (total === null ? [] : [Number(total)]));
  const low = totals.length === 0 ? 0 : Math.max(0, Math.floor((Math.min(...totals) - 2) / 10) * 10);
  const top = Math.max(...totals);
  // Nobody should read room above the full mark as points still to be had.
  const limit = top > 100 ? Number.POSITIVE_INFINITY : 100;
  const high = totals.length === 0 ? 100 : Math.min(limit, Math.max(low + 10, Math.ceil((top + 2) / 10) * 10));
  const points = trend.map(({ period, total, plan }, place) => ({
    period,
    plan,
    total: drawn(total),
    x: trend.length < 2 ? 0.5 : place / (trend.length - 1),
    y: total === null ? null : (Number(total) - low) / (high - low),
  }));
  return { points, low, high };
}

/** Whether a point's figure stands below it: where the line turns upwards, it would run through a figure above. */
export function figureBelow(points: readonly TrendPoint[], place: number): boolean {
  const here = points[place]?.y;
  if (here === undefined || here === null) return false;
  const bends = [points[place - 1]?.y, points[place + 1]?.y].flatMap((y) => (typeof y === 'number' ? [y - here] : []));
  return bends.reduce((sum, bend) => sum + bend, 0) > 0;
}

/** Runs of neighbouring points: a missing month is a gap in the line, not a bridge, and so is a change of plan. */
export function trendRuns(points: readonly TrendPoint[]): TrendPoint[][] {
  const runs: TrendPoint[][] = [];
  let run: TrendPoint[] = [];
  for (const point of points) {
    if (run.length > 0 && (point.y === null || run.at(-1)?.plan !== point.plan)) {
      runs.push(run);
      run = [];
    }
    if (point.y !== null) run.push(point);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
