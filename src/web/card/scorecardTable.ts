import type { ScorecardList } from '../../scores/schemas.ts';
import { type BeamItem, drawn } from '../beam/placeBeams.ts';

export type CardRow = ScorecardList['rows'][number];

/** Items as segments: at the plan's weight, so that every row of the table has them at the same place. */
export function tableItems(row: CardRow): BeamItem[] {
  // The card of a quarter is the mean of its months: one beam, as long as a full mark.
  if (row.items.length === 0 && row.total !== null) {
    return [{ id: 'total', weight: 100, points: Number(row.total), teamMedian: null }];
  }
  return row.items.map((item) => {
    const weight = Number(item.weight);
    const points = drawn(item.points);
    const effective = drawn(item.effectiveWeight);
    // Weight that came from items without data would shift the columns: the share won is drawn on the plan's weight.
    const won = points === null || effective === null || effective === 0 ? null : (points / effective) * weight;
    return { id: item.id, weight, points: won, teamMedian: null };
  });
}

/** Middle of the rated totals, for a tick on a drawing; null below three, where it would point at a person. */
export function medianTotal(rows: readonly CardRow[]): number | null {
  const totals = rows.flatMap((row) => (row.total === null ? [] : [Number(row.total)])).sort((a, b) => a - b);
  const upper = totals[Math.floor(totals.length / 2)];
  const lower = totals[Math.ceil(totals.length / 2) - 1];
  return totals.length < 3 || upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** Difference to the period before, of two totals rounded to cents; null where either is missing. */
export function changeOf(row: Pick<CardRow, 'total' | 'previousTotal'>): string | null {
  if (row.total === null || row.previousTotal === null) return null;
  return ((Math.round(Number(row.total) * 100) - Math.round(Number(row.previousTotal) * 100)) / 100).toFixed(2);
}
