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

/** The scorecards as a table for files: who, what it came to, and each item's figure and points; of several plans, each one's own items. */
export function cardTable(found: readonly Cards[]): CardTable {
  const mixed = found.length > 1;
  const plans = found.map((cards) => ({ cards, items: columnsOf(cards) }));
  const header = [
    ...['工号', '姓名', '团队', '店铺', ...(mixed ? ['方案'] : []), '总分', '等级', '系数', '上期总分'],
    ...plans.flatMap(({ cards: { plan }, items }) =>
      items.flatMap(({ name, weight }) => {
        const item = mixed ? `${plan.name.zh}·${name.zh}` : name.zh;
        return [`${item}·指标值`, `${item}·得分（${shortWeight(toDecimal(weight))}）`];
      }),
    ),
  ];
  const rows = plans.flatMap(({ cards: own }) =>
    own.people.map((person): Cell[] => {
      const { plan, cards, previousTotals } = own;
      const card = cards.get(person.agentId);
      const scores = new Map((card?.items ?? []).map((item) => [item.id, item]));
      const figures = plans.flatMap(({ cards: other, items }) =>
        items.flatMap(({ id }) => {
          const score = other === own ? scores.get(id) : undefined;
          return [number(score?.value), number(score?.points)];
        }),
      );
      return [
        ...[text(person.agentId), text(person.name), text(person.team), text(person.shop)],
        ...(mixed ? [text(plan.name.zh)] : []),
        number(card?.total),
        text(card?.total == null ? '不评级' : (gradeOf(plan, card.grade)?.zh ?? null)),
        number(card?.coefficient),
        number(previousTotals.get(person.agentId)),
        ...figures,
      ];
    }),
  );
  return { header, rows };
}

const shortWeight = (weight: string): string => (weight.length > 8 ? weight.slice(0, weight.indexOf('.') + 5) : weight);
