import type { ScorecardItem, ScorecardPage } from '../../scores/schemas.ts';

export interface Charge {
  readonly item: ScorecardItem;
  readonly charge: ScorecardItem['deductions'][number];
}

const chargesShown = 24;

/** What was charged, by day, as far as the page has room for it; what another item charges for is no loss here. */
export function shownCharges({ items }: Pick<ScorecardPage, 'items'>): { shown: Charge[]; more: number } {
  const all = items
    .flatMap((item) => item.deductions.map((charge) => ({ item, charge })))
    .filter(({ charge }) => charge.chargedUnder === null && Number(charge.points) > 0)
    .sort((a, b) => (a.charge.day < b.charge.day ? -1 : a.charge.day > b.charge.day ? 1 : 0));
  return { shown: all.slice(0, chargesShown), more: Math.max(0, all.length - chargesShown) };
}

/** How large the type can be, so that everything keeps to one page. */
export function sheetSize(card: Pick<ScorecardPage, 'items' | 'blocks'>): 'roomy' | 'usual' | 'tight' | 'tightest' {
  // Three charges stand in a line; a long name takes two lines.
  const lines = card.items.length + card.blocks.length + Math.ceil(shownCharges(card).shown.length / 3);
  if (lines <= 16) return 'roomy';
  if (lines <= 28) return 'usual';
  return lines <= 40 ? 'tight' : 'tightest';
}
