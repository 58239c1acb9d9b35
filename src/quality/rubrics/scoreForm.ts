import type { Marks } from './marksSchema.ts';
import { hundredths, inPoints, itemsOf } from './points.ts';
import type { Rubric, RubricItem, RubricLevel } from './rubricSchema.ts';

/** The level that says an item does not apply here. */
export const notApplicable = 'na';

export interface Finding {
  readonly item: string;
  readonly incident: NonNullable<RubricItem['incident']>;
  readonly severity: 'minor' | 'major';
}

export type FormScore =
  | { readonly status: 'incomplete'; readonly missing: readonly string[] }
  /** Everything was marked as not applicable: nothing was judged. */
  | { readonly status: 'noData' }
  | {
      readonly status: 'scored';
      /** 0–100 with two decimals. */
      readonly score: string;
      readonly won: string;
      readonly of: string;
      /** Critical items at their lowest level. */
      readonly failed: readonly string[];
      readonly findings: readonly Finding[];
    };

/**
 * What a filled form is worth: points won ÷ points of the items that apply × 100, rounded half up to two decimals, exactly. An item that does not
 * apply leaves both sums. A critical item at its lowest level caps the total at `failsAt`.
 */
export function scoreForm(rubric: Rubric, marks: Marks): FormScore {
  const answered = itemsOf(rubric).map((item) => ({ item, level: answerOf(item, marks) }));
  const missing = answered.flatMap(({ item, level }) => (level === null ? [item.id] : []));
  if (missing.length > 0) return { status: 'incomplete', missing };
  const judged = answered.flatMap(({ item, level }) =>
    level === null || level === notApplicable ? [] : [{ item, level }],
  );
  const won = judged.reduce((sum, { level }) => sum + hundredths(level.points), 0n);
  const of = judged.reduce((sum, { item }) => sum + hundredths(item.levels[0]?.points ?? '0'), 0n);
  if (of === 0n) return { status: 'noData' };
  const failed = judged.flatMap(({ item, level }) => (item.critical && level === item.levels.at(-1) ? [item.id] : []));
  const share = (won * 20_000n + of) / (of * 2n);
  const cap = hundredths(rubric.failsAt ?? '0');
  return {
    status: 'scored',
    score: inPoints(failed.length > 0 && share > cap ? cap : share),
    won: inPoints(won),
    of: inPoints(of),
    failed,
    findings: judged.flatMap(({ item: { id, incident }, level: { severity } }) =>
      incident && severity ? [{ item: id, incident, severity }] : [],
    ),
  };
}

function answerOf(item: RubricItem, marks: Marks): RubricLevel | typeof notApplicable | null {
  const chosen = Object.hasOwn(marks, item.id) ? marks[item.id]?.level : null;
  if (chosen === notApplicable) return item.applies === 'sometimes' ? notApplicable : null;
  return item.levels.find(({ id }) => id === chosen) ?? null;
}

/** Marks that the rubric does not know: items it has not, levels its items have not. */
export function strangeMarks(rubric: Rubric, marks: Marks): { path: string; code: string }[] {
  const items = new Map(itemsOf(rubric).map((item) => [item.id, item]));
  return Object.entries(marks).flatMap(([id, { level }]) => {
    const item = items.get(id);
    if (!item) return [{ path: `marks.${id.slice(0, 60)}`, code: 'mark.itemUnknown' }];
    if (level === null) return [];
    if (level === notApplicable)
      return item.applies === 'sometimes' ? [] : [{ path: `marks.${id}.level`, code: 'mark.alwaysApplies' }];
    return item.levels.some((each) => each.id === level)
      ? []
      : [{ path: `marks.${id}.level`, code: 'mark.levelUnknown' }];
  });
}
