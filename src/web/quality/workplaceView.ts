import type { Marks } from '../../quality/rubrics/marksSchema.ts';
import type { RubricItem } from '../../quality/rubrics/rubricSchema.ts';

/** What a key asks for at the workplace; null: nothing of ours. */
export type KeyAct =
  | { readonly act: 'move'; readonly by: 1 | -1 }
  | { readonly act: 'level'; readonly level: string }
  | { readonly act: 'comment' | 'submit' | 'next' };

/** Digits choose a level by its place, n says that the item does not apply (where it may). */
export function keyAct(key: string, item: Pick<RubricItem, 'levels' | 'applies'> | undefined): KeyAct | null {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return { act: 'move', by: 1 };
    case 'k':
    case 'ArrowUp':
      return { act: 'move', by: -1 };
    case 'n':
      return item?.applies === 'sometimes' ? { act: 'level', level: 'na' } : null;
    case 'c':
      return { act: 'comment' };
    case 's':
      return { act: 'submit' };
    case ']':
      return { act: 'next' };
    default: {
      const level = /^[1-9]$/.test(key) ? item?.levels[Number(key) - 1] : undefined;
      return level ? { act: 'level', level: level.id } : null;
    }
  }
}

/** The marks with one item's level or comment changed. */
export function marked(marks: Marks, item: string, change: Partial<Marks[string]>): Marks {
  const before = marks[item] ?? { level: null, comment: '' };
  return { ...marks, [item]: { ...before, ...change } };
}

/** Where the next item without a level is, after this one and then from the start; null when all have one. */
export function nextOpen(items: readonly RubricItem[], marks: Marks, from: number): number | null {
  const order = [...items.keys()].map((i) => (from + 1 + i) % items.length);
  return order.find((i) => (marks[items[i]?.id ?? '']?.level ?? null) === null) ?? null;
}
