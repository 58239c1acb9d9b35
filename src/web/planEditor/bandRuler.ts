import { add, compare, divide, fraction, isFraction, toDecimal } from '../../scores/fraction.ts';
import {
  addTo,
  isRecord,
  moveIn,
  type Path,
  type RawRecord,
  setAt,
  textOf,
  type WrittenRecord,
} from '../yamlForm/yamlText.ts';

/** A stretch of the ruler from 0 to 100. `band` is its place in the plan's list; null: no band covers it. */
export interface Stretch {
  readonly band: number | null;
  readonly from: number;
  readonly to: number;
}

/** From the worst to the best; totals past 100 belong to the best. Bands whose edges cannot be read are left out. */
export function stretches(bands: readonly RawRecord[]): Stretch[] {
  const read = bands.flatMap(({ from, to }, band) => {
    const [low, high] = [numberOf(textOf(from)), to === undefined ? 100 : numberOf(textOf(to))];
    return low === null || high === null || low >= high
      ? []
      : [{ band, from: Math.max(0, low), to: Math.min(100, high) }];
  });
  const found: Stretch[] = [];
  let reached = 0;
  for (const each of read.sort((a, b) => a.from - b.from)) {
    if (each.from > reached) found.push({ band: null, from: reached, to: each.from });
    found.push(each);
    reached = Math.max(reached, each.to);
  }
  return reached < 100 ? [...found, { band: null, from: reached, to: 100 }] : found;
}

function numberOf(amount: string): number | null {
  return isFraction(amount) ? Number(toDecimal(fraction(amount))) : null;
}

const at = (band: number, edge: 'from' | 'to'): Path => ['bands', band, edge];

/** Moves the edge between a band and the next worse one: one ends where the other begins, so no gap can open. */
export function moveEdge(text: string, bands: readonly RawRecord[], band: number, from: string): string {
  const moved = setAt(text, at(band, 'from'), from);
  return band + 1 < bands.length && !isVetoOnly(bands[band + 1]) ? setAt(moved, at(band + 1, 'to'), from) : moved;
}

/** Takes a band away; the next better one reaches down to where it began, or, at the top, the next worse one is open above. */
export function removeBand(text: string, bands: readonly RawRecord[], band: number): string {
  const removed = setAt(text, ['bands', band], null);
  if (band === 0) return setAt(removed, at(0, 'to'), null);
  return isVetoOnly(bands[band]) ? removed : setAt(removed, at(band - 1, 'from'), textOf(bands[band]?.from));
}

/** A new band in the upper half of the best one. */
export function addBand(text: string, bands: readonly RawRecord[], band: WrittenRecord): string {
  const best = textOf(bands[0]?.from);
  const middle =
    isFraction(best) && compare(fraction(best), fraction('100')) < 0
      ? toDecimal(divide(add(fraction(best), fraction('100')), fraction('2')))
      : '100';
  if (bands.length === 0) return addTo(text, ['bands'], { ...band, from: '0' });
  const closed = setAt(text, at(0, 'to'), middle);
  return moveIn(addTo(closed, ['bands'], { ...band, from: middle }), ['bands'], bands.length, 0);
}

/** A set of coefficients that the plan holds ready, and whether the grades have them already. */
export interface Preset {
  readonly name: RawRecord;
  readonly coefficients: RawRecord;
  readonly inUse: boolean;
}

/** The sets of coefficients that a plan names beside its own; what cannot be read is left out. */
export function presetsOf(presets: readonly RawRecord[], bands: readonly RawRecord[]): Preset[] {
  return presets.flatMap(({ name, coefficients }) => {
    if (!isRecord(name) || !isRecord(coefficients)) return [];
    const own = bands.filter(({ id }) => textOf(coefficients[textOf(id)]) !== '');
    const inUse = own.every(({ id, coefficient }) => isSame(textOf(coefficients[textOf(id)]), textOf(coefficient)));
    return own.length === 0 ? [] : [{ name, coefficients, inUse }];
  });
}

const isSame = (one: string, other: string): boolean =>
  isFraction(one) && isFraction(other) && compare(fraction(one), fraction(other)) === 0;

/** Gives the grades the coefficients of a set, also one that waits for an input; grades that it does not name keep theirs. */
export function takeCoefficients(text: string, bands: readonly RawRecord[], coefficients: RawRecord): string {
  return bands.reduce((now, { id }, band) => {
    const amount = textOf(coefficients[textOf(id)]);
    return amount === '' ? now : setAt(now, ['bands', band, 'coefficient'], amount);
  }, text);
}

const isVetoOnly = (band: RawRecord | undefined): boolean => textOf(band?.vetoOnly) === 'true';
