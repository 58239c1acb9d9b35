type Ranged = { readonly value: number; readonly interval: readonly [number, number] | null } | null;

/** A value with its interval; a dash where it cannot be told. */
export function ranged(each: Ranged, digits: number): string {
  if (!each) return '—';
  const value = each.value.toFixed(digits);
  return each.interval ? `${value} [${each.interval.map((end) => end.toFixed(digits)).join(', ')}]` : value;
}
