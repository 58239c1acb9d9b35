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

/**
 * The scorecards as a table for files: who, what it came to, and each item's figure and points; of several plans, each one's own items.
 * Of each card its cells alone are kept.
 */
export async function cardTable(found: readonly CardStream[]): Promise<CardTable> {
  const mixed = found.length > 1;
  const parts = await Promise.all(found.map(rowsOf));
  const header = [
    ...['工号', '姓名', '团队', '店铺', ...(mixed ? ['方案'] : []), '总分', '等级', '系数', '上期总分'],
    ...parts.flatMap(({ plan, columns }) =>
      columns.flatMap(({ name, weight }) => {
        const item = mixed ? `${plan.name.zh}·${name.zh}` : name.zh;
        return [`${item}·指标值`, `${item}·得分（${shortWeight(toDecimal(weight))}）`];
      }),
    ),
  ];
  const rows = parts.flatMap((own) =>
    own.rows.map(({ who, outcome, items }) => [
      ...who,
      ...(mixed ? [text(own.plan.name.zh)] : []),
      ...outcome,
      ...parts.flatMap((part) =>
        part.columns.flatMap(({ id }): Pair => (part === own ? items.get(id) : undefined) ?? [null, null]),
      ),
    ]),
  );
  return { header, rows };
}

async function rowsOf({ plan, batches }: CardStream) {
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
        text(card?.total == null ? '不评级' : (gradeOf(plan, card.grade)?.zh ?? null)),
        number(card?.coefficient),
        number(previousTotals.get(agentId)),
      ];
      rows.push({ who: [text(agentId), text(name), text(team), text(shop)], outcome, items });
    }
  }
  return { plan, columns: columnsOf(plan, present), rows };
}

const shortWeight = (weight: string): string => (weight.length > 8 ? weight.slice(0, weight.indexOf('.') + 5) : weight);
