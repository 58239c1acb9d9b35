import type { Plan, PlanItem } from '../../scores/planSchema.ts';
import { roundHalfUp } from '../format.ts';

/** An amount of a plan as its reader would write it: 20, 18.33, and 18.33 for "55/3" too. */
export function plainAmount(amount: string): string {
  const [top = '', bottom] = amount.split('/');
  const decimal = bottom === undefined ? top : String(Number(top) / Number(bottom));
  const rounded = roundHalfUp(decimal, 2);
  return rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded;
}

/** The weight of each item of a block; items that name none share what the block weighs. */
export function itemWeight(item: PlanItem, block: Plan['blocks'][number]): string {
  const { weight } = item;
  if (typeof weight === 'string') return plainAmount(weight);
  // The beam shows those without a tier; the sentence beside it names every tier's.
  if (weight !== undefined) return plainAmount(weight.byTier.unknown);
  const sharing = block.items.filter(({ bonus }) => bonus !== true).length;
  return plainAmount(`${amountNumber(block.weight)}/${sharing}`);
}

function amountNumber(amount: string): number {
  const [top = '', bottom] = amount.split('/');
  return bottom === undefined ? Number(top) : Number(top) / Number(bottom);
}

/** Whether what somebody typed is a plain decimal within the limits of the input. */
export function inRange(text: string, { min, max }: Pick<Plan['inputs'][number], 'min' | 'max'>): boolean {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) >= amountNumber(min) && Number(text) <= amountNumber(max);
}

/** The month to offer: a shipped version may be replaced for the period one looks at, an own one from next month on. */
export function firstMonthFor(origin: 'template' | 'own', period: string | null): string {
  return origin === 'template' && period !== null && /^\d{4}-\d{2}$/.test(period) ? period : '';
}
