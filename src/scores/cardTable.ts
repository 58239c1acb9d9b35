import { gradeOf } from './cardView.ts';
import { toDecimal } from './fraction.ts';
import { type CardStream, columnsOf } from './verbs/scorecards.ts';

/** A number keeps its digits as text; the writer decides how a file shows it. */
export type Cell = { readonly text: string } | { readonly number: string } | null;

export interface CardTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const text = (value: string | null): Cell => (value === null ? null : { text: value });
const number = (value: string | null | undefined): Cell => (value == null ? null : { number: value });

/** What a file has of an item: its figure and its points. */
type Pair = readonly [figure: Cell, points: Cell];

/** The scorecards as a table for files: who, what it came to, and each item's figure and points. Of each card its cells alone are kept. */
export async function cardTable({ plan, batches }: Pick<CardStream, 'plan' | 'batches'>): Promise<CardTable> {
  const found: { readonly whole: readonly Cell[]; readonly items: ReadonlyMap<string, Pair> }[] = [];
  const present = new Set<string>();
  for await (const { people, cards, previousTotals } of batches()) {
    for (const person of people) {
      const card = cards.get(person.agentId);
      const items = new Map<string, Pair>();
      for (const { id, value, points } of card?.items ?? []) {
        present.add(id);
        items.set(id, [number(value), number(points)]);
      }
      const whole = [
        text(person.agentId),
        text(person.name),
        text(person.team),
        text(person.shop),
        number(card?.total),
        text(card?.total == null ? '不评级' : (gradeOf(plan, card.grade)?.zh ?? null)),
        number(card?.coefficient),
        number(previousTotals.get(person.agentId)),
      ];
      found.push({ whole, items });
    }
  }
  const columns = columnsOf(plan, present);
  return {
    header: [
      ...['工号', '姓名', '团队', '店铺', '总分', '等级', '系数', '上期总分'],
      ...columns.flatMap(({ name, weight }) => [
        `${name.zh}·指标值`,
        `${name.zh}·得分（${shortWeight(toDecimal(weight))}）`,
      ]),
    ],
    rows: found.map(({ whole, items }) => [...whole, ...columns.flatMap(({ id }) => items.get(id) ?? [null, null])]),
  };
}

const shortWeight = (weight: string): string => (weight.length > 8 ? weight.slice(0, weight.indexOf('.') + 5) : weight);
