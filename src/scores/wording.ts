import type { Bilingual, Language } from '../platform/language.ts';
import { fraction, isFraction, multiply, toDecimal, toFixed } from './fraction.ts';

/** A sentence in both languages; the parts are chosen per language by the writer. */
export const both = (write: (language: Language) => string): Bilingual => ({ zh: write('zh'), en: write('en') });

const unitNames: Readonly<Record<string, Bilingual>> = {
  percent: { zh: '%', en: '%' },
  seconds: { zh: ' 秒', en: ' s' },
  minutes: { zh: ' 分钟', en: ' min' },
  hours: { zh: ' 小时', en: ' h' },
  points: { zh: ' 分', en: ' points' },
  yuan: { zh: ' 元', en: ' yuan' },
};

/** A figure for readers: two decimals and its unit, counts as they are. */
export function figureText(value: string, unit: string, language: Language): string {
  const exact = fraction(value);
  return unit === 'count' ? shortAmount(value) : `${toFixed(exact, 2)}${unitNames[unit]?.[language] ?? ''}`;
}

/** A target or limit for readers: as short as it is exact, at most two decimals, with its unit. */
export function markText(value: string, unit: string, language: Language): string {
  return `${shortAmount(value)}${unitNames[unit]?.[language] ?? ''}`;
}

export function shortAmount(value: string): string {
  return toDecimal(fraction(toFixed(fraction(value), 2)));
}

/** An amount of the plan as it was written: 55/3 stays 55/3, with its decimal. */
export function amountText(amount: string): string {
  if (!isFraction(amount) || !amount.includes('/')) return amount;
  return `${amount}（${toFixed(fraction(amount), 4)}）`;
}

export const shareText = (attainment: string): string =>
  `${toFixed(multiply(fraction(attainment), fraction('100')), 2)}%`;
export const pointsText = (points: string): string => toFixed(fraction(points), 2);

/** In English: 1 day, 2 days. */
export const countOf = (count: number | string, one: string): string =>
  `${count} ${one}${Number(count) === 1 ? '' : 's'}`;

const partNames: Readonly<Record<string, Bilingual>> = {
  normal: { zh: '普通工单', en: 'normal tickets' },
  urgent: { zh: '紧急工单', en: 'urgent tickets' },
};
export const partName = (key: string): Bilingual => partNames[key] ?? { zh: key, en: key };

const tierNames: Readonly<Record<string, Bilingual>> = {
  junior: { zh: '初级', en: 'junior' },
  mid: { zh: '中级', en: 'mid' },
  senior: { zh: '高级', en: 'senior' },
};
export const tierName = (tier: string | null): Bilingual =>
  tier === null ? { zh: '未定级', en: 'no tier' } : (tierNames[tier] ?? { zh: tier, en: tier });

/** What the kinds of periods are called that a plan's rules name. */
export const periodKinds: Readonly<Record<'month' | 'quarter' | 'year', Bilingual>> = {
  month: { zh: '月度', en: 'month' },
  quarter: { zh: '季度', en: 'quarter' },
  year: { zh: '年度', en: 'year' },
};
