import type { BackTest } from '../../scores/backTestSchemas.ts';

type Grade = BackTest['moves'][number]['before'];

export interface MoveTable {
  readonly columns: readonly Grade[];
  readonly rows: readonly { readonly grade: Grade; readonly counts: readonly number[]; readonly total: number }[];
}

/** Grades in force by grades tried, best first, those without a grade last where there are any. */
export function moveTable({ moves, before, after }: Pick<BackTest, 'moves' | 'before' | 'after'>): MoveTable {
  const some = (of: readonly { grade: Exclude<Grade, null>; count: number }[], unrated: number): Grade[] => [
    ...of.map(({ grade }) => grade),
    ...(unrated > 0 ? [null] : []),
  ];
  const columns = some(after.grades, after.unrated);
  const rows = some(before.grades, before.unrated).map((grade) => {
    const counts = columns.map(
      (column) => moves.find((move) => move.before?.id === grade?.id && move.after?.id === column?.id)?.count ?? 0,
    );
    return { grade, counts, total: counts.reduce((sum, count) => sum + count, 0) };
  });
  return { columns, rows };
}

export interface PairedBin {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** The bins of both distributions side by side, from the first to the last with somebody in it. */
export function pairedBins({ before, after }: Pick<BackTest, 'before' | 'after'>): PairedBin[] {
  const bins = before.distribution.map(({ from, to, count }, place) => ({
    ...{ from, to, before: count },
    after: after.distribution[place]?.count ?? 0,
  }));
  const filled = bins.flatMap((bin, place) => (bin.before + bin.after > 0 ? [place] : []));
  const [first, last] = [filled[0], filled.at(-1)];
  return first === undefined || last === undefined ? [] : bins.slice(Math.max(0, first - 1), last + 2);
}
