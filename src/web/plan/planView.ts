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
  return item.weight === undefined
    ? plainAmount(`${blockNumber(block.weight)}/${block.items.length}`)
    : plainAmount(item.weight);
}

function blockNumber(amount: string): number {
  const [top = '', bottom] = amount.split('/');
  return bottom === undefined ? Number(top) : Number(top) / Number(bottom);
}
