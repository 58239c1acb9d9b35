import type { BackTest } from './backTestSchemas.ts';
import type { CardTable, Cell } from './cardTable.ts';

const text = (value: string | null): Cell => (value === null ? null : { text: value });
const number = (value: string | null): Cell => (value === null ? null : { number: value });

/** Person by person and month by month, what the plan in force gave and what the one tried would give. */
export function backTestTable({ rows, before, after }: BackTest): CardTable {
  const [old, tried] = before.id === after.id ? ['执行', '试算'] : [before.name.zh, after.name.zh];
  const result = (name: string) => [`${name}·总分`, `${name}·等级`, `${name}·系数`];
  return {
    header: [
      ...['工号', '姓名', '团队', '店铺', '周期'],
      ...result(old),
      ...result(tried),
      ...['总分变化', '红线', '变化最大的项', '失分最多的项'],
    ],
    rows: rows.map((row): Cell[] => [
      ...[row.agentId, row.name, row.team, row.shop, row.period].map(text),
      ...[row.before, row.after].flatMap(({ total, grade, coefficient }) => [
        number(total),
        text(grade?.zh ?? '不评级'),
        number(coefficient),
      ]),
      number(row.change),
      text(row.vetoes.map(({ zh }) => zh).join('、') || null),
      text(row.decides?.zh ?? null),
      text(row.losesMost?.zh ?? null),
    ]),
  };
}
