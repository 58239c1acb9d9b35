import type { Language } from '../platform/language.ts';
import { gradeOf } from './cardView.ts';
import { toDecimal } from './fraction.ts';
import { type CardStream, columnsOf } from './verbs/scorecards.ts';

/** A number keeps its digits as text; the writer decides how a file shows it. */
export type Cell =
  | { readonly text: string }
  /** `whole`: a count, shown without decimals. */
  | { readonly number: string; readonly whole?: true }
  | null;

export interface CardTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export const text = (value: string | null): Cell => (value === null ? null : { text: value });
export const number = (value: string | null | undefined): Cell => (value == null ? null : { number: value });
export const whole = (value: number | null): Cell => (value === null ? null : { number: String(value), whole: true });

/** What a file has of an item: its figure and its points. */
type Pair = readonly [figure: Cell, points: Cell];

interface FileRow {
  readonly who: readonly Cell[];
  readonly outcome: readonly Cell[];
  readonly items: ReadonlyMap<string, Pair>;
}

/** What stands over the columns, in the reader's words. */
const headings = {
  zh: {
    who: ['工号', '姓名', '团队', '店铺'],
    plan: '方案',
    outcome: ['总分', '等级', '系数', '上期总分'],
    value: '·指标值',
    points: (weight: string) => `·得分（${weight}）`,
    unrated: '不评级',
  },
  en: {
    who: ['Employee number', 'Name', 'Team', 'Shop'],
    plan: 'Plan',
    outcome: ['Total', 'Grade', 'Coefficient', 'Previous total'],
    value: ' · value',
    points: (weight: string) => ` · points (${weight})`,
    unrated: 'not rated',
  },
} as const;

/**
 * The scorecards as a table for files: who, what it came to, and each item's figure and points; of several plans, each one's own items.
 * Of each card its cells alone are kept.
 */
export async function cardTable(found: readonly CardStream[], language: Language): Promise<CardTable> {
  const mixed = found.length > 1;
  const parts = await Promise.all(found.map((each) => rowsOf(each, language)));
  const words = headings[language];
  const header = [
    ...[...words.who, ...(mixed ? [words.plan] : []), ...words.outcome],
    ...parts.flatMap(({ plan, columns }) =>
      columns.flatMap(({ name, weight }) => {
        const item = mixed ? `${plan.name[language]}·${name[language]}` : name[language];
        return [`${item}${words.value}`, `${item}${words.points(shortWeight(toDecimal(weight)))}`];
      }),
    ),
  ];
  const rows = parts.flatMap((own) =>
    own.rows.map(({ who, outcome, items }) => [
      ...who,
      ...(mixed ? [text(own.plan.name[language])] : []),
      ...outcome,
      ...parts.flatMap((part) =>
        part.columns.flatMap(({ id }): Pair => (part === own ? items.get(id) : undefined) ?? [null, null]),
      ),
    ]),
  );
  return { header, rows };
}

async function rowsOf({ plan, batches }: CardStream, language: Language) {
  const rows: FileRow[] = [];
  const present = new Set<string>();
  for await (const { people, cards, previousTotals } of batches()) {
    for (const { agentId, name, team, shop } of people) {
      const card = cards.get(agentId);
      const items = new Map<string, Pair>();
      for (const { id, value, points } of card?.items ?? []) {
        present.add(id);
        items.set(id, [number(value), number(points)]);
      }
      const outcome = [
        number(card?.total),
        text(card?.total == null ? headings[language].unrated : (gradeOf(plan, card.grade)?.[language] ?? null)),
        number(card?.coefficient),
        number(previousTotals.get(agentId)),
      ];
      rows.push({ who: [text(agentId), text(name), text(team), text(shop)], outcome, items });
    }
  }
  return { plan, columns: columnsOf(plan, present), rows };
}

const shortWeight = (weight: string): string => (weight.length > 8 ? weight.slice(0, weight.indexOf('.') + 5) : weight);
