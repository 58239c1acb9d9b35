import { type Column, numberColumn, textColumn } from '../appraisal/exports/sheet.ts';
import type { Bilingual, Language } from '../platform/language.ts';
import type { CardTable } from '../scores/cardTable.ts';
import { yuanOf } from '../scores/yuanOf.ts';
import { kindWords } from './kindWords.ts';
import type { PayLine, PayRow } from './paySchemas.ts';
import { lackWords, whyNoSum } from './payWords.ts';

/** A row of the file: one thing that is paid, or a person's sum. */
interface FileRow {
  readonly person: PayRow;
  readonly line: PayLine | null;
}

const yuanColumn = (key: string, title: Bilingual, fenOf: (row: FileRow) => string | null): Column<FileRow> =>
  numberColumn(key, title, (row) => {
    const fen = fenOf(row);
    return fen === null ? null : yuanOf(fen);
  });
const sum: Bilingual = { zh: '合计', en: 'In all' };

const columns: readonly Column<FileRow>[] = [
  textColumn('agentId', { zh: '工号', en: 'Id' }, ({ person }) => person.agentId),
  textColumn('name', { zh: '姓名', en: 'Name' }, ({ person }) => person.name),
  textColumn('team', { zh: '团队', en: 'Team' }, ({ person }) => person.team),
  textColumn('shop', { zh: '店铺', en: 'Shop' }, ({ person }) => person.shop),
  textColumn(
    'what',
    { zh: '项目', en: 'What' },
    ({ line }, language) => (line ? (line.name ?? kindWords[line.kind]) : sum)[language],
  ),
  numberColumn('factor', { zh: '系数或比例', en: 'Coefficient or rate' }, ({ line }) => line?.factor ?? null),
  yuanColumn('baseYuan', { zh: '基数（元）', en: 'Base (yuan)' }, ({ line }) => line?.baseFen ?? null),
  yuanColumn('approvedYuan', { zh: '已批准（元）', en: 'Approved (yuan)' }, ({ person, line }) =>
    line ? line.approvedFen : person.approvedFen,
  ),
  textColumn('state', { zh: '状态', en: 'State' }, ({ line }, language) => line && stateOf(line)[language]),
  yuanColumn('shareYuan', { zh: '预算后（元）', en: 'Within the budget (yuan)' }, ({ person, line }) =>
    line ? null : person.shareFen,
  ),
  yuanColumn('heldYuan', { zh: '暂缓（元）', en: 'Held (yuan)' }, ({ person, line }) =>
    line ? line.heldFen : person.heldFen,
  ),
  yuanColumn('payableYuan', { zh: '应发（元）', en: 'To pay (yuan)' }, ({ person, line }) =>
    line ? null : person.payableFen,
  ),
  textColumn(
    'why',
    { zh: '空格的原因', en: 'Why cells are empty' },
    ({ person, line }, language) => (line ? lackOf(line) : whyNoSum(person))?.[language] ?? null,
  ),
];

/** Payouts as a table, one row for each thing that is paid and one for each person's sum; an empty sum says why. */
export function payoutTable(rows: readonly PayRow[], language: Language): CardTable {
  const all = rows.flatMap((person): FileRow[] => [
    ...person.lines.map((line) => ({ person, line })),
    { person, line: null },
  ]);
  return {
    header: columns.map(({ title }) => title[language]),
    rows: all.map((row) => columns.map(({ cell }) => cell(row, language))),
  };
}

function stateOf({ approvedFen, waiting }: PayLine): Bilingual {
  const approved = approvedFen !== null;
  if (waiting && approved) return { zh: '已批准，新的待决定', en: 'approved, a later one to be decided' };
  if (waiting) return { zh: '待决定', en: 'to be decided' };
  return approved ? { zh: '已批准', en: 'approved' } : { zh: '已驳回', en: 'declined' };
}

const lackOf = ({ waiting }: PayLine): Bilingual | null =>
  waiting?.status === 'lacking' ? lackWords[waiting.lack] : null;
