import { maskPersonalData } from '../../people/mask.ts';
import type { Bilingual, Language } from '../../platform/language.ts';
import { yuanOf } from '../../scores/yuanOf.ts';
import { type Column, numberColumn, type Sheet, sheetOf, textColumn } from './sheet.ts';

/** What somebody decided that follows from a card, or what a person is paid in all. Money is fen; null where the reader may not see it. */
export interface DecidedOutcome {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
  readonly shop: string;
  readonly what: Bilingual;
  readonly state: Bilingual;
  readonly detail: Bilingual | null;
  readonly baseFen: string | null;
  readonly amountFen: string | null;
  /** After the budget, what an appeal holds, and what is paid out now: of a person's sum alone. */
  readonly shareFen: string | null;
  readonly heldFen: string | null;
  readonly payableFen: string | null;
  /** Why an amount is not there. */
  readonly why: Bilingual | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

const yuanColumn = (key: string, title: Bilingual, fenOf: (row: DecidedOutcome) => string | null) =>
  numberColumn<DecidedOutcome>(key, title, (row) => {
    const fen = fenOf(row);
    return fen === null ? null : yuanOf(fen);
  });

const columns: readonly Column<DecidedOutcome>[] = [
  textColumn('agentId', { zh: '工号', en: 'Id' }, ({ agentId }) => agentId),
  textColumn('name', { zh: '姓名', en: 'Name' }, ({ name }) => name),
  textColumn('team', { zh: '团队', en: 'Team' }, ({ team }) => team),
  textColumn('shop', { zh: '店铺', en: 'Shop' }, ({ shop }) => shop),
  textColumn('what', { zh: '结果', en: 'Result' }, ({ what }, language) => what[language], 20),
  textColumn('state', { zh: '状态', en: 'State' }, ({ state }, language) => state[language]),
  textColumn(
    'detail',
    { zh: '内容', en: 'What was decided' },
    ({ detail }, language) => detail?.[language] ?? null,
    30,
  ),
  yuanColumn('baseYuan', { zh: '基数（元）', en: 'Base (yuan)' }, ({ baseFen }) => baseFen),
  yuanColumn('amountYuan', { zh: '金额（元）', en: 'Amount (yuan)' }, ({ amountFen }) => amountFen),
  yuanColumn('shareYuan', { zh: '预算后（元）', en: 'Within the budget (yuan)' }, ({ shareFen }) => shareFen),
  yuanColumn('heldYuan', { zh: '暂缓（元）', en: 'Held (yuan)' }, ({ heldFen }) => heldFen),
  yuanColumn('payableYuan', { zh: '应发（元）', en: 'To pay (yuan)' }, ({ payableFen }) => payableFen),
  textColumn(
    'why',
    { zh: '空格的原因', en: 'Why cells are empty' },
    ({ why }, language) => why?.[language] ?? null,
    24,
  ),
  textColumn('decidedAt', { zh: '决定时间', en: 'Decided at' }, ({ decidedAt }) => decidedAt, 22),
  textColumn('decidedBy', { zh: '决定人', en: 'Decided by' }, ({ decidedBy }) => decidedBy),
  textColumn(
    'reason',
    { zh: '理由', en: 'Reason' },
    ({ reason }) => (reason === null ? null : maskPersonalData(reason)),
    40,
  ),
];

/** What was decided for a published period, and what is paid. */
export const outcomesSheet = (language: Language, rows: readonly DecidedOutcome[]): Sheet =>
  sheetOf('outcomes', columns, language, () => rows);
