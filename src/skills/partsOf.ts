import type { Marks } from '../quality/rubrics/marksSchema.ts';
import { hundredths } from '../quality/rubrics/points.ts';
import type { Rubric } from '../quality/rubrics/rubricSchema.ts';

export interface Won {
  readonly won: number;
  readonly of: number;
}

/** By category and by item of a form: points won and points that could be won, in hundredths. What does not apply, or is unmarked, is in neither. */
export function partsOf(rubric: Rubric, marks: Marks): Map<string, Won> {
  const parts = new Map<string, Won>();
  const add = (part: string, { won, of }: Won) => {
    const before = parts.get(part);
    parts.set(part, before ? { won: before.won + won, of: before.of + of } : { won, of });
  };
  for (const category of rubric.categories)
    for (const item of category.items) {
      const chosen = Object.hasOwn(marks, item.id) ? marks[item.id]?.level : null;
      const [best] = item.levels;
      const level = item.levels.find(({ id }) => id === chosen);
      if (!level || !best) continue;
      const won = { won: Number(hundredths(level.points)), of: Number(hundredths(best.points)) };
      add(category.id, won);
      if (item.id !== category.id) add(item.id, won);
    }
  return parts;
}
