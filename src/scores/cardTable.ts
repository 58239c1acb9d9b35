import { gradeOf } from './cardView.ts';
import { toDecimal } from './fraction.ts';
import { type Cards, columnsOf } from './verbs/scorecards.ts';

/** A number keeps its digits as text; the writer decides how a file shows it. */
export type Cell = { readonly text: string } | { readonly number: string } | null;

export interface CardTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const text = (value: string | null): Cell => (value === null ? null : { text: value });
const number = (value: string | null | undefined): Cell => (value == null ? null : { number: value });

/** The scorecards as a table for files: who, what it came to, and each item's figure and points. */
export function cardTable(found: Cards): CardTable {
  const { plan, people, cards, previousTotals } = found;
  const items = columnsOf(found);
  const header = [
    ...['工号', '姓名', '团队', '店铺', '总分', '等级', '系数', '上期总分'],
    ...items.flatMap(({ name, weight }) => [
      `${name.zh}·指标值`,
      `${name.zh}·得分（${shortWeight(toDecimal(weight))}）`,
    ]),
  ];
  const rows = people.map((person): Cell[] => {
    const card = cards.get(person.agentId);
    const scores = new Map((card?.items ?? []).map((item) => [item.id, item]));
    return [
      text(person.agentId),
      text(person.name),
      text(person.team),
      text(person.shop),
      number(card?.total),
      text(card?.total == null ? '不评级' : (gradeOf(plan, card.grade)?.zh ?? null)),
      number(card?.coefficient),
      number(previousTotals.get(person.agentId)),
      ...items.flatMap(({ id }) => [number(scores.get(id)?.value), number(scores.get(id)?.points)]),
    ];
  });
  return { header, rows };
}

const shortWeight = (weight: string): string => (weight.length > 8 ? weight.slice(0, weight.indexOf('.') + 5) : weight);
