import type { Bilingual } from '../platform/language.ts';
import type { ProposalKind } from './proposal.ts';

/** What files call each kind of result; pages have the same words. */
export const kindWords: Readonly<Record<ProposalKind, Bilingual>> = {
  coefficient: { zh: '绩效系数', en: 'Coefficient' },
  bonusMonths: { zh: '年终奖', en: 'Year-end bonus' },
  mentorShare: { zh: '带教奖励', en: 'Mentor’s share' },
  incentive: { zh: '销售激励', en: 'Sales incentive' },
  raise: { zh: '加薪', en: 'Raise' },
  promotion: { zh: '晋升', en: 'Promotion' },
  star: { zh: '星级', en: 'Star' },
  honour: { zh: '荣誉', en: 'Honour' },
  training: { zh: '培训', en: 'Training' },
  improvementPlan: { zh: '绩效改进计划', en: 'Improvement plan' },
  transfer: { zh: '转岗', en: 'Transfer' },
  redLine: { zh: '红线后果', en: 'Red line' },
  rotation: { zh: '轮岗', en: 'Rotation' },
};
