export type SortValue = number | string | null;
export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

/** A sorted copy. Rows without a value stand last in both directions: no data is neither the best nor the worst. */
export function sortRows<Row>(rows: readonly Row[], valueOfRow: (row: Row) => SortValue, down: boolean): Row[] {
  const direction = down ? -1 : 1;
  return rows
    .map((row, place) => ({ row, place, value: valueOfRow(row) }))
    .sort((one, other) => {
      if (one.value === null || other.value === null) {
        return Number(one.value === null) - Number(other.value === null) || one.place - other.place;
      }
      const order =
        typeof one.value === 'number' && typeof other.value === 'number'
          ? one.value - other.value
          : String(one.value).localeCompare(String(other.value), 'zh-CN', { numeric: true });
      return order * direction || one.place - other.place;
    })
    .map(({ row }) => row);
}
