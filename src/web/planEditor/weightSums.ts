import { compare, type Fraction, fraction, isFraction, subtract, sum, toFixed } from '../../scores/fraction.ts';
import { isList, isRecord, type Raw, type RawRecord, textOf } from '../yamlForm/yamlText.ts';

/** A running sum of weights; null where a weight cannot be read yet. */
export interface WeightSum {
  readonly sum: string;
  readonly of: string;
  /** What is missing (positive) or too much (negative); 0 when it fits. */
  readonly missing: string;
  readonly fits: boolean;
}

/** Items of a block against its weight; null where none of them names one, as they share it then. */
export function itemsSum(block: RawRecord): WeightSum | null {
  const items = records(block.items).filter((item) => textOf(item.bonus) !== 'true');
  const written = items.filter(({ weight }) => weight !== undefined);
  return written.length === 0
    ? null
    : sumOf(
        written.map(({ weight }) => weightText(weight)),
        textOf(block.weight),
      );
}

/** Blocks (or tracks) against 100. */
export function wholeSum(parts: readonly RawRecord[]): WeightSum | null {
  return sumOf(
    parts.map(({ weight }) => weightText(weight)),
    '100',
  );
}

export const records = (value: Raw | undefined): RawRecord[] => (isList(value) ? value.filter(isRecord) : []);

/** By tier: what holds for people whose tier is not known. */
const weightText = (weight: Raw | undefined): string =>
  isRecord(weight) && isRecord(weight.byTier) ? textOf(weight.byTier.unknown) : textOf(weight);

function sumOf(weights: readonly string[], of: string): WeightSum | null {
  if (![...weights, of].every(isFraction)) return null;
  const total: Fraction = sum(weights.map(fraction));
  const missing = subtract(fraction(of), total);
  return {
    sum: short(total),
    of: short(fraction(of)),
    missing: short(missing),
    fits: compare(missing, fraction('0')) === 0,
  };
}

/** As many decimals as needed, at most four. */
function short(value: Fraction): string {
  const text = toFixed(value, 4);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
