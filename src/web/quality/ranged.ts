type Ranged = { readonly value: number; readonly interval: readonly [number, number] | null } | null;

/** A value with its interval; a dash where it cannot be told. */
export function ranged(each: Ranged, digits: number): string {
  if (!each) return '—';
  const value = fixed(each.value, digits);
  return each.interval ? `${value} [${each.interval.map((end) => fixed(end, digits)).join(', ')}]` : value;
}

/** With a real minus sign; nothing is not less than nothing: what arithmetic leaves below zero is no sign. */
export const fixed = (value: number, digits: number): string =>
  value
    .toFixed(digits)
    .replace(/^-(?=0\.?0*$)/, '')
    .replace('-', '−');
