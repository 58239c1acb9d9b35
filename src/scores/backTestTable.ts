import type { Language } from '../platform/language.ts';
import type { BackTest } from './backTestSchemas.ts';
import { type CardTable, type Cell, number, text } from './cardTable.ts';

/** What stands over the columns, in the reader's words. */
const headings = {
  zh: {
    who: ['工号', '姓名', '团队', '店铺', '周期'],
    sides: ['执行', '试算'],
    result: ['·总分', '·等级', '·系数'],
    rest: ['总分变化', '红线', '变化最大的项', '失分最多的项'],
    unrated: '不评级',
    comma: '、',
  },
  en: {
    who: ['Employee number', 'Name', 'Team', 'Shop', 'Period'],
    sides: ['In force', 'Tried'],
    result: [' · total', ' · grade', ' · coefficient'],
    rest: ['Change of total', 'Red lines', 'Item that changes most', 'Item that loses most'],
    unrated: 'not rated',
    comma: ', ',
  },
} as const;

/** Person by person and month by month, what the plan in force gave and what the one tried would give. */
export function backTestTable({ rows, before, after }: BackTest, language: Language): CardTable {
  const words = headings[language];
  const sides = before.id === after.id ? words.sides : [before.name[language], after.name[language]];
  const results = sides.flatMap((side) => words.result.map((what) => `${side}${what}`));
  return {
    header: [...words.who, ...results, ...words.rest],
    rows: rows.map((row): Cell[] => [
      ...[row.agentId, row.name, row.team, row.shop, row.period].map(text),
      ...[row.before, row.after].flatMap(({ total, grade, coefficient }) => [
        number(total),
        text(grade?.[language] ?? words.unrated),
        number(coefficient),
      ]),
      number(row.change),
      text(row.vetoes.map((veto) => veto[language]).join(words.comma) || null),
      text(row.decides?.[language] ?? null),
      text(row.losesMost?.[language] ?? null),
    ]),
  };
}
