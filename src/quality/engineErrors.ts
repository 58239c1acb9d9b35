import type { Bilingual } from '../platform/language.ts';

/** What the models get wrong by their own evaluation (docs/models.md), to be shown wherever their results are. */
export const engineErrors: readonly { readonly what: Bilingual; readonly text: Bilingual }[] = [
  {
    what: { zh: '情感', en: 'feeling' },
    text: {
      zh: '留出的评论判对 94.15%；普通提问误判为负面 0.6%。从评论学来，看多条的趋势，不据一条下结论',
      en: '94.15% of held-out reviews right; 0.6% of plain questions called negative. Learnt from reviews: read the tendency of many messages, not one',
    },
  },
  {
    what: { zh: '辱骂倾向', en: 'abuse' },
    text: {
      zh: '公开的中文辱骂语料（COLD）上判对 91.1%，其标注为半自动；只用来排序，不是结论',
      en: '91.1% of COLD’s development part right (labels half automatic); to rank by, never a verdict',
    },
  },
];
