import type { Bilingual } from '../platform/language.ts';
import type { PayRow } from './paySchemas.ts';
import type { Lack } from './schemas.ts';

/** What files call what is missing for an amount. */
export const lackWords: Readonly<Record<Lack, Bilingual>> = {
  salary: { zh: '工资未填', en: 'no salary on record' },
  performancePay: { zh: '绩效工资不是金额，或高于工资', en: 'performance pay is no amount, or above the salary' },
  coefficient: { zh: '系数未填', en: 'no coefficient given' },
  rate: { zh: '比例未填', en: 'no rate given' },
  factor: { zh: '没有联动系数', en: 'no factor of the coupling' },
  base: { zh: '没有基数', en: 'nothing to multiply with' },
};

const undecided: Bilingual = { zh: '尚未批准', en: 'not approved yet' };
const unrated: Bilingual = { zh: '不评级', en: 'unrated' };
const overBudget: Bilingual = {
  zh: '按保底比例，预算不够：调整预算之前算不出应发',
  en: 'the floors are more than the budget: nothing can be paid before it is changed',
};

/** Why a person's sums are not all there; null where they are. */
export function whyNoSum({ approvedFen, payableFen, unrated: isUnrated }: PayRow): Bilingual | null {
  if (approvedFen === null) return isUnrated ? unrated : undecided;
  return payableFen === null ? overBudget : null;
}
