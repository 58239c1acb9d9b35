import type { Sentences } from '../platform/sentences.ts';

export const demoSentences: Sentences = {
  'demo.outMissing': { zh: '请用 --out 指定输出目录。', en: 'Name the directory to write to with --out.' },
  'demo.numberOutOfRange': {
    zh: '{option} 需为 {low} 到 {high} 之间的整数。',
    en: '{option} must be a whole number from {low} to {high}.',
  },
  'demo.dateUnreadable': {
    zh: '{option} 需为存在的日期，如 2026-10-31。',
    en: '{option} must be a date such as 2026-10-31.',
  },
};
