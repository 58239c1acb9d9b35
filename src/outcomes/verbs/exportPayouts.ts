import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import type { Deps } from '../../platform/http.ts';
import { type CardFile, tableFile } from '../../scores/cardFiles.ts';
import type { CardTable, Cell } from '../../scores/cardTable.ts';
import { yuanOf } from '../../scores/yuanOf.ts';
import { kindWords } from '../kindWords.ts';
import type { PayLine, PayRow } from '../paySchemas.ts';
import { showPayouts } from './showPayouts.ts';

/** A period's payouts as a file, one row for each thing that is paid and one for each person's sum; that it was taken out is audited. */
export async function exportPayouts(
  deps: Deps,
  actor: Actor,
  { period, format }: { readonly period: string; readonly format: 'csv' | 'xlsx' | 'json' },
): Promise<CardFile> {
  const table = await showPayouts(deps, actor, period);
  await audit(deps, actor, 'payout.exported', `${period} ${format} ${table.rows.length}`);
  const name = `payouts-${period}`;
  if (format !== 'json') return tableFile(tableOf(table.rows), format, name, `应发 ${period}`);
  const { mayDecide: _, ...content } = table;
  const body = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
  return { name: `${name}.json`, type: 'application/json; charset=utf-8', body };
}

const header = [
  ...[
    '工号',
    '姓名',
    '团队',
    '店铺',
    '项目',
    '系数或比例',
    '基数（元）',
    '已批准（元）',
    '状态',
    '预算后（元）',
    '暂缓（元）',
    '应发（元）',
  ],
];
const lacks = {
  ...{ salary: '工资未填', coefficient: '系数未填', rate: '比例未填', factor: '没有联动系数', base: '没有基数' },
} as const;

const text = (value: string): Cell => ({ text: value });
const number = (value: string | null): Cell => (value === null ? null : { number: value });
const yuan = (fen: string | null): Cell => number(fen === null ? null : yuanOf(fen));

function tableOf(rows: readonly PayRow[]): CardTable {
  return {
    header,
    rows: rows.flatMap((row) => {
      const who = [text(row.agentId), text(row.name), text(row.team), text(row.shop)];
      const sums = [yuan(row.shareFen), yuan(row.heldFen), yuan(row.payableFen)];
      const state = row.unrated && row.lines.length === 0 ? text('不评级') : null;
      return [
        ...row.lines.map((line) => [
          ...who,
          ...[
            text(line.name?.zh ?? kindWords[line.kind].zh),
            number(line.factor),
            yuan(line.baseFen),
            yuan(line.approvedFen),
          ],
          ...[text(stateOf(line)), null, yuan(line.heldFen), null],
        ]),
        [...who, text('合计'), null, null, yuan(row.approvedFen), state, ...sums],
      ];
    }),
  };
}

function stateOf({ approvedFen, waiting }: PayLine): string {
  if (waiting?.status === 'lacking') return lacks[waiting.lack];
  if (waiting) return approvedFen === null ? '待决定' : '已批准，新的待决定';
  return approvedFen === null ? '已驳回' : '已批准';
}
